import { formatCount, plural } from '../../../../../shared/format';
import type { LoadCounts } from '../../../../../shared/load/view';
import type { RoutePromise } from '../../../../../shared/routes/route-catalog';

/** What came of a promise. `allowed`: some were lost, which it doesn't rule out. */
export type Kept = 'running' | 'nothing' | 'kept' | 'allowed' | 'broken';

export const KEPT_WORDS: Record<Exclude<Kept, 'running'>, string> = {
  nothing: 'Nothing to keep',
  kept: 'Kept',
  allowed: 'Lost some, as it may',
  broken: 'Broken',
};

export function keptOf({ delivery }: RoutePromise, { accepted, duplicated, lost }: LoadCounts): Kept {
  if (lost === null) return 'running';
  if (delivery === 'at least once') return lost > 0 ? 'broken' : accepted === 0 ? 'nothing' : 'kept';
  if (duplicated > 0) return 'broken';
  return lost > 0 ? 'allowed' : accepted === 0 ? 'nothing' : 'kept';
}

/** `Promises at least once, also when its server dies.` */
export function promiseWords({ delivery, durable }: RoutePromise): string {
  return `Promises ${delivery}${durable ? ', also when its server dies' : ''}.`;
}

/** What became of what was accepted, in sentences; empty while it runs. */
export function keptWords({ delivery }: RoutePromise, counts: LoadCounts): string {
  const { sent, accepted, duplicated, refused, failed, lost } = counts;
  if (lost === null) return '';
  const sentences: string[] = [];
  if (accepted === 0) sentences.push(`It accepted none of the ${formatCount(sent)} messages.`);
  else if (lost === 0)
    sentences.push(
      `${accepted === 1 ? 'The one accepted message' : `All ${formatCount(accepted)} accepted messages`} arrived.`,
    );
  else {
    const may = delivery === 'at least once' ? 'which breaks the promise' : 'which the promise allows';
    sentences.push(
      `Of ${formatCount(accepted)} accepted messages ${formatCount(lost)} ${plural(lost, { one: 'was', other: 'were' })} lost, ${may}.`,
    );
  }
  if (duplicated > 0) {
    const may = delivery === 'at least once' ? 'which the promise allows' : 'which breaks the promise';
    sentences.push(`${formatCount(duplicated)} arrived more than once, ${may}.`);
  }
  if (refused + failed > 0) sentences.push(`${untaken(refused, failed)}, and the sender was told.`);
  return sentences.join(' ');
}

function untaken(refused: number, failed: number): string {
  const parts = [
    ...(refused > 0 ? [`${formatCount(refused)} ${plural(refused, { one: 'was', other: 'were' })} refused`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
  ];
  return parts.join(' and ');
}
