import { type Message, say } from '../messages/message';
import { fromIntendedNs, type Sample } from './sample-columns';
import { type Stage, type StageId, type StagePoint, stagesOf, stageTitle } from './stages';

/** Where the time of typical round trips goes, and that of slow ones: stages, averaged over the pings around a percentile. */

export const ANATOMY_PERCENTILES = ['p50', 'p90', 'p99'] as const;
export type AnatomyPercentile = (typeof ANATOMY_PERCENTILES)[number];

export interface AnatomyStage {
  id: StageId;
  from: StagePoint;
  to: StagePoint;
  /** Mean, nanoseconds. The stages of one anatomy add up to its `rttNs`. */
  ns: number;
  /** 0 to 1. */
  share: number;
}

export interface Anatomy {
  /** How many pings it is the mean of. */
  pings: number;
  /** Their mean round trip from the intended send, nanoseconds. */
  rttNs: number;
  /** In order. Only what was seen of nearly all of them is told apart. */
  stages: AnatomyStage[];
}

export type Anatomies = Partial<Record<AnatomyPercentile, Anatomy>>;

type Staged = Pick<Sample, 'intendedNs' | 'sentNs' | 'rttNs'> & Partial<Sample>;

/** Pings on each side of the percentile, as a share of those beyond it: p50 is of the middle fifth, p99 of 0.4 %. */
const BAND = 1 / 5;
/** With few pings at least so many on each side, where there are some. */
const NEIGHBOURS = 2;
/** What was seen of so many of the pings is told apart; the others are left out of the mean. */
const NEARLY_ALL = 0.9;

/**
 * Of the answered pings among `samples` that have stamps; empty when none has. `samples` is gone through twice: an array,
 * or `{ [Symbol.iterator]: () => log.range(…) }`.
 */
export function anatomiesOf(samples: Iterable<Staged>): Anatomies {
  const times: number[] = [];
  for (const sample of samples) if (isStaged(sample)) times.push(fromIntendedNs(sample));
  if (times.length === 0) return {};
  const sorted = Float64Array.from(times).sort();
  const bands = ANATOMY_PERCENTILES.map((percentile) => ({ ...bandOf(percentile, sorted), pings: [] as Stage[][] }));
  for (const sample of samples) {
    if (!isStaged(sample)) continue;
    const rttNs = fromIntendedNs(sample);
    for (const band of bands) if (takes(band, rttNs)) band.pings.push(stagesOf(sample));
  }
  return Object.fromEntries(bands.map(({ percentile, pings }) => [percentile, meanOf(pings)]));
}

/** Of one ping; null of one that wasn't answered, or has no stamps. */
export function anatomyOfPing(sample: Staged): Anatomy | null {
  return isStaged(sample) ? meanOf([stagesOf(sample)]) : null;
}

/** `p99: 81 % waiting for the plugin’s thread to be scheduled`; the second stage as well when the first isn't half of it. */
export function headlineOf(percentile: AnatomyPercentile, { stages }: Anatomy, peer: string): Message {
  const [first, second] = stages.toSorted((a, b) => b.share - a.share);
  if (first === undefined) return say('anatomy.nothing', { percentile });
  const most = { percentile, share: first.share, stage: stageTitle(first, peer) };
  return first.share >= 0.5 || second === undefined
    ? say('anatomy.most', most)
    : say('anatomy.two', { ...most, second: second.share, other: stageTitle(second, peer) });
}

/** What makes the slow ones slow: the stage that has grown most from `typical` to `slow`. Null when nothing has. */
export function tailOf(typical: Anatomy, slow: Anatomy, peer: string): Message | null {
  const moreNs = slow.rttNs - typical.rttNs;
  const points = pointsOf(slow.stages).filter((point) => pointsOf(typical.stages).includes(point));
  const before = new Map(mergedTo(points, typical.stages).map(({ id, ns }) => [id, ns]));
  const grown = mergedTo(points, slow.stages)
    .map((stage) => ({ ...stage, moreNs: stage.ns - (before.get(stage.id) ?? 0) }))
    .toSorted((a, b) => b.moreNs - a.moreNs)[0];
  if (moreNs <= 0 || grown === undefined || grown.moreNs <= 0) return null;
  return say('anatomy.tail', { moreNs, share: Math.min(1, grown.moreNs / moreNs), stage: stageTitle(grown, peer) });
}

/** Answered, and asked for its stages. */
export function isStaged(sample: Staged): boolean {
  return !Number.isNaN(sample.wroteNs ?? Number.NaN) && !Number.isNaN(sample.rttNs);
}

interface Band {
  percentile: AnatomyPercentile;
  leastNs: number;
  mostNs: number;
  /** How many of those that are as long as the shortest, or the longest, of the band are in it. */
  leastLeft: number;
  mostLeft: number;
}

function bandOf(percentile: AnatomyPercentile, sorted: Float64Array): Band {
  const percent = Number(percentile.slice(1));
  const last = sorted.length - 1;
  const rank = Math.ceil((percent / 100) * sorted.length) - 1;
  const reach = Math.max(NEIGHBOURS, Math.round(((100 - percent) / 100) * BAND * sorted.length));
  const band = sorted.subarray(Math.max(0, rank - reach), Math.min(last, rank + reach) + 1);
  const [leastNs, mostNs] = [band[0] as number, band.at(-1) as number];
  const count = (ns: number) => band.lastIndexOf(ns) - band.indexOf(ns) + 1;
  return { percentile, leastNs, mostNs, leastLeft: count(leastNs), mostLeft: count(mostNs) };
}

/** Whether a ping is one of the band's, of which there are so many and no more. */
function takes(band: Band, rttNs: number): boolean {
  if (rttNs === band.leastNs) return band.leastLeft-- > 0;
  if (rttNs === band.mostNs) return band.mostLeft-- > 0;
  return rttNs > band.leastNs && rttNs < band.mostNs;
}

function meanOf(all: readonly Stage[][]): Anatomy {
  const apart = all.filter((stages) => stages.some(isThereAndBack));
  // The answer of a peer whose clock is too far off lies somewhere between: that mixes with no other cut.
  if (apart.length >= NEARLY_ALL * all.length) return meanOfAlike(apart);
  const pings = all.map(joined);
  const seen = pings.map(pointsOf);
  const points = [...new Set(seen.flat())].filter(
    (point) => seen.filter((its) => its.includes(point)).length >= NEARLY_ALL * all.length,
  );
  const whole = pings.filter((_, at) => points.every((point) => seen[at]?.includes(point)));
  return meanOfAlike(whole.map((stages) => mergedTo(points, stages)));
}

/** Pings that have the same stages. */
function meanOfAlike(pings: readonly Stage[][]): Anatomy {
  const mean = (of: (stages: Stage[]) => number) => pings.reduce((sum, each) => sum + of(each), 0) / pings.length;
  const rttNs = mean((stages) => stages.reduce((sum, { ns }) => sum + ns, 0));
  const stages = (pings[0] ?? []).map(({ id, from, to }, at) => {
    const ns = mean((each) => each[at]?.ns ?? 0);
    return { id, from, to, ns, share: rttNs === 0 ? 0 : ns / rttNs };
  });
  return { pings: pings.length, rttNs, stages };
}

function isThereAndBack({ id }: Stage): boolean {
  return id === 'there-and-back';
}

/** With the answer put back into what is around it. */
function joined(stages: Stage[]): Stage[] {
  const at = stages.findIndex(isThereAndBack);
  const [around, answer] = [stages[at], stages[at + 1]];
  if (around === undefined || answer === undefined) return stages;
  return stages.toSpliced(at, 2, { ...around, id: `${around.from}-${around.to}`, ns: around.ns + answer.ns });
}

function pointsOf(stages: ReadonlyArray<Pick<Stage, 'from' | 'to'>>): StagePoint[] {
  return [...new Set(stages.flatMap(({ from, to }) => [from, to]))];
}

/** Stages that begin and end at `points` alone, in their order. */
function mergedTo<S extends Pick<Stage, 'id' | 'from' | 'to' | 'ns'>>(
  points: readonly StagePoint[],
  stages: readonly S[],
): S[] {
  const merged: S[] = [];
  let open: S | null = null;
  for (const stage of stages) {
    const joint: S =
      open === null ? stage : { ...open, id: `${open.from}-${stage.to}`, to: stage.to, ns: open.ns + stage.ns };
    open = points.includes(stage.to) ? null : joint;
    if (open === null) merged.push(joint);
  }
  return merged;
}
