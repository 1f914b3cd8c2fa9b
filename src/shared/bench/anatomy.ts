import { type Anatomy, ANATOMY_PERCENTILES, anatomiesOf, headlineOf, isStaged, tailOf } from '../measure/anatomy';
import { formatCount } from '../format';
import { hasStamps, readRoundSample, type RoundSample } from '../measure/sample-columns';
import { stageTitle } from '../measure/stages';
import { render } from '../messages/message';
import { ROUTES } from './routes';
import type { SampleColumns } from './round-samples';
import type { BenchRun } from './schema';

export type BenchAnatomy = NonNullable<NonNullable<BenchRun['detail']>['anatomy']>;

/** Where the time of a run's pings goes; null when it wasn't asked for, or nothing was answered. */
export function anatomyOf(rounds: readonly SampleColumns[], route: string): BenchAnatomy | null {
  const stamped = rounds.filter(hasStamps);
  const anatomies = anatomiesOf({ [Symbol.iterator]: () => samplesOf(stamped) });
  const { p50, p90, p99 } = anatomies;
  if (p50 === undefined || p90 === undefined || p99 === undefined) return null;
  const peer = peerOf(route);
  const tail = tailOf(p50, p99, peer);
  const sentences = [
    ...ANATOMY_PERCENTILES.map((percentile) => headlineOf(percentile, { p50, p90, p99 }[percentile], peer)),
    ...(tail === null ? [] : [tail]),
  ];
  const told = ({ pings, rttNs, stages }: Anatomy) => ({
    pings,
    rtt_ns: rttNs,
    stages: stages.map((stage) => ({ ...stage, title: render(stageTitle(stage, peer)) })),
  });
  let taken = 0;
  for (const sample of samplesOf(stamped)) if (isStaged(sample)) taken += 1;
  return { taken_apart: taken, p50: told(p50), p90: told(p90), p99: told(p99), sentences: sentences.map(render) };
}

/** `437 of 10,000 pings`: which the anatomy is of; null where that isn't known. */
export function takenApart({ detail }: Pick<BenchRun, 'detail'>): string | null {
  const pings = detail?.anatomy?.taken_apart ?? null;
  return detail === null || pings === null ? null : `${formatCount(pings)} of ${formatCount(detail.samples)} pings`;
}

/** What answers on a route, in one word. */
export function peerOf(route: string): string {
  const answerer = (ROUTES as Record<string, { answerer: string } | undefined>)[route]?.answerer ?? 'peer';
  return answerer === 'renderer' ? 'page' : answerer;
}

function* samplesOf(rounds: readonly SampleColumns[]): Generator<RoundSample> {
  for (const columns of rounds)
    for (let at = 0; at < columns.outcome.length; at += 1) yield readRoundSample(columns, at);
}
