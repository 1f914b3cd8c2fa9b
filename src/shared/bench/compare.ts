import { formatBytes } from '../format';
import { ENVIRONMENT_FACTS, type EnvironmentFact } from './compare-environments';
import type { BenchResult, BenchRun } from './schema';
import { figureNs, isFigureLowerBound } from './certainty';
import { words } from '../messages/message';

export type ComparisonVerdict = 'slower' | 'faster' | 'within the spread' | 'not comparable';

export interface Difference {
  beforeNs: number;
  afterNs: number;
  /** After − before. */
  ns: number;
  /** Of before; null when that is 0. */
  share: number | null;
}

export interface ComparedRuns {
  before: BenchRun;
  after: BenchRun;
  p50: Difference | null;
  /** Without a verdict: rounds are too short to have a p99 each. */
  p99: Difference | null;
  /** Of the kernel floor's p50. When it moved as well, the machine may have changed and not what was measured. */
  floor: Difference | null;
  /** The larger range of the rounds' medians on either side, and at least the clock's step; null when one has fewer than two rounds. */
  spreadNs: number | null;
  verdict: ComparisonVerdict;
  /** A sentence. */
  reason: string;
  /** What else to bear in mind, a sentence each. */
  notes: string[];
}

/** A run that has no counterpart. */
export interface OneSidedRun {
  side: 'before' | 'after';
  run: BenchRun;
  reason: string;
}

export interface Comparison {
  environment: EnvironmentFact[];
  /** Why nothing of the two can be compared, or null: the reason of every pair that has no nearer one. */
  obstacle: string | null;
  pairs: ComparedRuns[];
  oneSided: OneSidedRun[];
}

/**
 * When nothing changed, the medians of two times two rounds exceed their spread in 22 of 100 cases; of two times three
 * rounds in 5, of two times five in 0.2 (simulated, normal noise).
 */
export const LEAST_ROUNDS = 3;

/**
 * Pairs the runs of two results by method, route, size, placement, mode and rate.
 *
 * A difference of p50 counts when three things hold: it is larger than the range of the rounds' medians on either side
 * (and than the clock's step, on whose grid all medians lie);
 * every round of one side lies beyond every round of the other; and the 95 % intervals of the two p50 don't touch. The
 * intervals alone wouldn't do: they take samples to be independent, and shrink to nothing with enough of them.
 */
export function compareResults(before: BenchResult, after: BenchResult): Comparison {
  const environment = ENVIRONMENT_FACTS.map((fact) => fact(before.environment, after.environment));
  const setting: Setting = {
    obstacle: obstacleOf(environment),
    clockStepNs: Math.max(...[before, after].map((result) => result.environment.clock?.resolution_ns ?? 0)),
  };
  const left = [...after.runs];
  const pairs: ComparedRuns[] = [];
  const oneSided: OneSidedRun[] = [];
  for (const run of before.runs) {
    const at = left.findIndex((other) => isSame(run, other));
    const counterpart = left[at];
    if (counterpart === undefined) {
      oneSided.push({ side: 'before', run, reason: whyAlone(run, after.runs, 'after') });
    } else {
      left.splice(at, 1);
      pairs.push(comparePair(run, counterpart, setting));
    }
  }
  for (const run of left) oneSided.push({ side: 'after', run, reason: whyAlone(run, before.runs, 'before') });
  return { environment, obstacle: setting.obstacle, pairs, oneSided };
}

interface Setting {
  obstacle: string | null;
  clockStepNs: number;
}

function isSame(one: BenchRun, other: BenchRun): boolean {
  const keys = [one, other].map(({ method, route, size, placement, mode }) =>
    JSON.stringify([method, route, size, placement, mode]),
  );
  const rates = [one, other].map(({ detail }) => detail?.rate_per_second ?? null);
  // One that could not be measured doesn't say its rate.
  return keys[0] === keys[1] && (rates[0] === rates[1] || one.detail === null || other.detail === null);
}

function obstacleOf(environment: readonly EnvironmentFact[]): string | null {
  const names = environment.filter(({ differs, bearing }) => differs && bearing === 'decides').map(({ name }) => name);
  return names.length === 0 ? null : words('compare.environments', { facts: names });
}

type Rounds = [before: number[], after: number[]];

type Side = OneSidedRun['side'];

function sides<T>(before: T, after: T): Array<[Side, T]> {
  return [
    ['before', before],
    ['after', after],
  ];
}

/** Of two runs that are otherwise alike: which of them is faster, and whether that is more than noise. */
export function comparePair(before: BenchRun, after: BenchRun, { obstacle, clockStepNs }: Setting): ComparedRuns {
  const p50 = differenceOf(exact(before, 'p50'), exact(after, 'p50'));
  const floor = differenceOf(before.floor_ns?.p50, after.floor_ns?.p50);
  const rounds = [before, after].map(({ detail }) => detail?.round_p50_ns ?? []) as Rounds;
  const ranges = rounds.map(rangeOf);
  const spreadNs = ranges.some((range) => range === null) ? null : Math.max(...(ranges as number[]), clockStepNs);
  const why = whatIsMissing(before, after) ?? obstacle ?? tooFewRounds(rounds);
  return {
    before,
    after,
    p50,
    p99: differenceOf(exact(before, 'p99'), exact(after, 'p99')),
    floor,
    spreadNs,
    ...(why !== null || p50 === null || spreadNs === null
      ? { verdict: 'not comparable' as const, reason: why ?? words('compare.no-median') }
      : judge(p50, spreadNs, rounds, before, after)),
    notes: notesOn(before, after, p50, floor),
  };
}

function differenceOf(beforeNs: number | undefined, afterNs: number | undefined): Difference | null {
  if (beforeNs === undefined || afterNs === undefined) return null;
  const ns = afterNs - beforeNs;
  return { beforeNs, afterNs, ns, share: beforeNs === 0 ? null : ns / beforeNs };
}

/** Two lower bounds have no difference, and neither have percentiles of too few samples. */
function exact(run: BenchRun, metric: 'p50' | 'p99'): number | undefined {
  return isFigureLowerBound(run, metric) ? undefined : (figureNs(run, metric) ?? undefined);
}

function rangeOf(values: readonly number[]): number | null {
  return values.length < 2 ? null : Math.max(...values) - Math.min(...values);
}

function whatIsMissing(before: BenchRun, after: BenchRun): string | null {
  for (const [side, run] of sides(before, after)) {
    if (run.unavailable !== null) return words('compare.unavailable', { side, cause: run.unavailable });
    if (run.rtt_ns === null) return words('compare.unanswered', { side });
    if (isFigureLowerBound(run, 'p50')) return words('compare.overloaded', { side });
    if (run.detail?.clock_too_coarse === true) return words('compare.coarse-clock', { side });
  }
  return null;
}

function tooFewRounds([before, after]: Rounds): string | null {
  for (const [side, { length }] of sides(before, after)) {
    if (length < LEAST_ROUNDS) return words('compare.few-rounds', { side, rounds: length, least: LEAST_ROUNDS });
  }
  return null;
}

function judge(
  { ns }: Difference,
  spreadNs: number,
  [before, after]: Rounds,
  { detail: one }: BenchRun,
  { detail: other }: BenchRun,
): Pick<ComparedRuns, 'verdict' | 'reason'> {
  const within = (reason: string) => ({ verdict: 'within the spread' as const, reason });
  if (Math.abs(ns) <= spreadNs) return within(words('compare.within-spread'));
  const [low, high] = ns > 0 ? [before, after] : [after, before];
  if (Math.max(...low) >= Math.min(...high)) return within(words('compare.rounds-overlap'));
  const [lower, upper] = ns > 0 ? [one, other] : [other, one];
  const highest = lower?.p50_ci95_ns?.high ?? Number.POSITIVE_INFINITY;
  const lowest = upper?.p50_ci95_ns?.low ?? Number.NEGATIVE_INFINITY;
  if (highest >= lowest) return within(words('compare.intervals-overlap'));
  return {
    verdict: ns > 0 ? 'slower' : 'faster',
    reason: words('compare.more'),
  };
}

/** A change of the floor that is worth a word. */
const FLOOR_CHANGE = 0.1;

function notesOn(before: BenchRun, after: BenchRun, p50: Difference | null, floor: Difference | null): string[] {
  const notes: string[] = [];
  const change = floor?.share ?? 0;
  if (Math.abs(change) > FLOOR_CHANGE) {
    const alike = Math.sign(change) === Math.sign(p50?.ns ?? 0);
    notes.push(words('compare.floor-moved', { share: change, alike }));
  }
  for (const [side, run] of sides(before, after)) {
    if (run.saturated) notes.push(words('compare.not-sent', { side }));
    if (run.detail?.rounds_disagree === true) notes.push(words('compare.rounds-disagree', { side }));
  }
  if (before.lost !== after.lost) notes.push(words('compare.lost', { before: before.lost, after: after.lost }));
  if (before.skipped !== after.skipped)
    notes.push(words('compare.skipped', { before: before.skipped, after: after.skipped }));
  if (before.warmup !== after.warmup)
    notes.push(words('compare.warm-up', { before: before.warmup, after: after.warmup }));
  const cpus = [before, after].map(({ detail }) => JSON.stringify(detail?.cpus ?? null));
  if (cpus[0] !== cpus[1]) notes.push(words('compare.other-cpus'));
  const threads = [before.detail?.thread ?? 'main', after.detail?.thread ?? 'main'] as const;
  if (threads[0] !== threads[1]) notes.push(words('compare.thread', { before: threads[0], after: threads[1] }));
  const [was, is] = [before.detail?.io ?? null, after.detail?.io ?? null];
  if (was !== is && was !== null && is !== null) notes.push(words('compare.io', { before: was, after: is }));
  return notes;
}

/** Why a run has no counterpart among `others`, the runs of the other side. */
function whyAlone(run: BenchRun, others: readonly BenchRun[], side: Side): string {
  const sameMethod = others.filter(({ method }) => method === run.method);
  if (sameMethod.length === 0) return words('compare.alone', { side });
  const unlike = (of: (run: BenchRun) => string) => !sameMethod.some((other) => of(other) === of(run));
  const list = (of: (run: BenchRun) => string) => [...new Set(sameMethod.map(of))];
  if (unlike(routeOf)) return words('compare.other-route', { side, routes: list(routeOf) });
  if (unlike(sizeOf)) return words('compare.other-payload', { side, sizes: list(sizeOf) });
  if (unlike(({ placement }) => placement))
    return words('compare.other-placement', { side, placements: list(({ placement }) => placement) });
  if (unlike(paceOf)) return words('compare.other-pace', { side, paces: list(paceOf) });
  return words('compare.other-combination', { side });
}

const routeOf = ({ route }: BenchRun) => route;
const sizeOf = ({ size }: BenchRun) => formatBytes(size);
const paceOf = ({ mode, detail }: BenchRun) =>
  mode === 'closed' ? 'closed loop' : `open loop, ${detail?.rate_per_second ?? '?'} per second`;
