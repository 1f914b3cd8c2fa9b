import { isFigureLowerBound, moreRounds, ratioOf } from './certainty';
import { comparePair, LEAST_ROUNDS } from './compare';
import type { Interval } from './round-interval';
import type { BenchResult, BenchRun } from './schema';

/** What a result says to a question, or why it doesn't. */
export type Finding =
  | {
      kind: 'found';
      best: BenchRun;
      /** Those that the measurement doesn't tell from it, the nearest first. */
      within: BenchRun[];
      /** The first that it does tell from it; null when there is none. */
      next: BenchRun | null;
    }
  /** Rounds disagree, of these runs: another run of the benchmark may say something else. */
  | { kind: 'rounds-disagree'; runs: BenchRun[]; rounds: number; placed: boolean }
  /** Fewer than `LEAST_ROUNDS`. */
  | { kind: 'too-few-rounds'; rounds: number; atLeast: number }
  /** Fewer than `LEAST_SAMPLES` in one of these runs: too few have that percentile behind them. */
  | { kind: 'too-few-samples'; runs: BenchRun[]; atLeast: number }
  | { kind: 'nothing-to-compare'; only: BenchRun | null };

/** Runs that differ in how the bytes cross alone, and which of them is best. */
export interface Answer {
  size: number;
  runs: BenchRun[];
  /** The least median. */
  fastest: Finding;
  /** The least from the median to the 99th percentile. */
  steadiest: Finding;
  /** The least ratio to its kernel floor. */
  nearestFloor: Finding;
  /** The least processor time of both ends for a round trip. */
  cheapest: Finding;
}

/** So many samples have ten beyond the 99th percentile. */
export const LEAST_SAMPLES = 1000;
/** A percentile has no interval of its own: two whose tails differ by less than this share aren't told apart. */
const TAIL_NOISE = 0.25;
/** Neither has a cost. */
const COST_NOISE = 0.25;

/** One answer for each size, placement and pace, in the order in which they were measured. */
export function answersOf({ runs, environment }: BenchResult): Answer[] {
  const groups = new Map<string, BenchRun[]>();
  for (const run of runs.filter(isExact)) {
    const key = JSON.stringify([run.size, run.placement, run.mode, run.detail?.rate_per_second ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const clockStepNs = environment.clock?.resolution_ns ?? 0;
  return [...groups.values()].map((group) => ({
    size: (group[0] as BenchRun).size,
    runs: group,
    fastest: fastestOf(group, clockStepNs),
    steadiest: steadiestOf(group),
    nearestFloor: nearestFloorOf(group),
    cheapest: cheapestOf(group),
  }));
}

/** Whether its median is a figure to compare: a lower bound is none, and neither is one step of a coarse clock. */
function isExact(run: BenchRun): boolean {
  return run.rtt_ns !== null && !isFigureLowerBound(run, 'p50') && run.detail?.clock_too_coarse !== true;
}

function fastestOf(runs: readonly BenchRun[], clockStepNs: number): Finding {
  const ranked = rank(runs, ({ rtt_ns: rtt }) => rtt?.p50 ?? null);
  const isTold = (best: BenchRun, other: BenchRun) =>
    comparePair(best, other, { obstacle: null, clockStepNs }).verdict === 'slower';
  return tooFewRounds(ranked) ?? find(ranked, isTold, everyRoundBelow);
}

/** Its slowest round is faster than the fastest of the other: whatever its rounds say of its median, they agree on this. */
function everyRoundBelow(best: BenchRun, other: BenchRun): boolean {
  return Math.max(...(best.detail?.round_p50_ns ?? [])) < Math.min(...(other.detail?.round_p50_ns ?? []));
}

function steadiestOf(runs: readonly BenchRun[]): Finding {
  const ranked = rank(runs, (run) => (isFigureLowerBound(run, 'p99') ? null : tailNs(run)));
  const few = ranked.filter(({ detail }) => (detail?.samples ?? 0) < LEAST_SAMPLES);
  if (few.length > 0 && ranked.length > 1) return { kind: 'too-few-samples', runs: few, atLeast: LEAST_SAMPLES };
  const isTold = (best: BenchRun, other: BenchRun) =>
    (tailNs(other) ?? 0) - (tailNs(best) ?? 0) > (tailNs(other) ?? 0) * TAIL_NOISE;
  return tooFewRounds(ranked) ?? find(ranked, isTold);
}

function nearestFloorOf(runs: readonly BenchRun[]): Finding {
  const interval = (run: BenchRun): Interval | null => ratioOf(run)?.interval ?? null;
  const ranked = rank(runs, (run) => ratioOf(run)?.ratio ?? null);
  const isTold = (best: BenchRun, other: BenchRun) => (interval(best)?.high ?? 0) < (interval(other)?.low ?? 0);
  return tooFewRounds(ranked) ?? find(ranked, isTold);
}

function cheapestOf(runs: readonly BenchRun[]): Finding {
  const ranked = rank(runs, costNs);
  const isTold = (best: BenchRun, other: BenchRun) => (costNs(other) ?? 0) * (1 - COST_NOISE) > (costNs(best) ?? 0);
  return tooFewRounds(ranked) ?? find(ranked, isTold);
}

/** Null where it isn't known, and in an open loop, whose pinging end burns a core to be on time. */
export function costNs({ mode, detail }: BenchRun): number | null {
  return mode === 'open' ? null : (detail?.cpu_ns_per_round_trip ?? null);
}

/** From the median to the 99th percentile, nanoseconds. */
export function tailNs({ rtt_ns: rtt }: BenchRun): number | null {
  return rtt === null ? null : rtt.p99 - rtt.p50;
}

/** Those that have the figure, the least first. */
function rank(runs: readonly BenchRun[], figure: (run: BenchRun) => number | null): BenchRun[] {
  return runs
    .flatMap((run) => {
      const value = figure(run);
      return value === null ? [] : [{ run, value }];
    })
    .toSorted((one, other) => one.value - other.value)
    .map(({ run }) => run);
}

function tooFewRounds(ranked: readonly BenchRun[]): Finding | null {
  const rounds = Math.min(...ranked.map(({ detail }) => detail?.round_p50_ns.length ?? 0));
  return ranked.length > 1 && rounds < LEAST_ROUNDS ? { kind: 'too-few-rounds', rounds, atLeast: LEAST_ROUNDS } : null;
}

/**
 * The first of those ranked, unless the rounds of it, or of one that it isn't told from, disagree. Rounds that disagree on
 * the figure may still agree on the answer: `isSettled` says when they do.
 */
function find(
  ranked: readonly BenchRun[],
  isTold: (best: BenchRun, other: BenchRun) => boolean,
  isSettled: (best: BenchRun, other: BenchRun) => boolean = () => false,
): Finding {
  const [best, ...others] = ranked;
  if (best === undefined || others.length === 0) return { kind: 'nothing-to-compare', only: best ?? null };
  const within = others.filter((other) => !isTold(best, other));
  const open = [best, ...within].filter(({ detail }) => detail?.rounds_disagree === true);
  if (open.length > 0 && !others.every((other) => isSettled(best, other)))
    return {
      kind: 'rounds-disagree',
      runs: open,
      rounds: moreRounds(Math.max(...open.map(({ rounds }) => rounds))),
      placed: open.every(({ placement }) => placement !== 'free'),
    };
  return { kind: 'found', best, within, next: others.find((other) => isTold(best, other)) ?? null };
}
