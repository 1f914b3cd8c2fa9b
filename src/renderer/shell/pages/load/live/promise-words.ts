import type { LoadResultRoute } from '../../../../../shared/load/result';
import { brokeItsWord } from '../../../../../shared/load/verdict';
import type { RoutePromise } from '../../../../../shared/routes/route-catalog';

/** What came of a promise. `allowed`: some were lost, which it doesn't rule out; `open`: ended before it was known. */
export type Kept = 'away' | 'nothing' | 'open' | 'kept' | 'allowed' | 'broken';

export const KEPT_WORDS: Record<Kept, string> = {
  away: 'Took no part',
  nothing: 'Nothing to keep',
  open: 'Not known',
  kept: 'Kept',
  allowed: 'Lost some, as it may',
  broken: 'Broken',
};

export function keptOf(row: LoadResultRoute): Kept {
  if (row.unavailable !== null) return 'away';
  if (row.accepted === 0) return 'nothing';
  if (row.kept === null) return 'open';
  if (brokeItsWord(row)) return 'broken';
  return row.lost > 0 ? 'allowed' : 'kept';
}

/** `Promises at least once, also when its server dies.` */
export function promiseWords({ delivery, durable }: RoutePromise): string {
  return `Promises ${delivery}${durable ? ', also when its server dies' : ''}.`;
}
