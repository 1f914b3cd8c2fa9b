import { formatCount, formatDuration } from '../format';
import type { BenchRequest, Metric } from './request';
import type { Interval } from './round-interval';
import type { BenchRun } from './schema';

/** An interval wider than this share of its middle answers few questions. */
const WIDE_SHARE = 0.25;
const MORE_ROUNDS = 10;
const MOST_ROUNDS = 100;

export interface Disagreement {
  what: 'medians' | 'ratios to the floor';
  least: number;
  most: number;
}

/** What the rounds disagree on; null when it is certain enough, or a handful of samples leaves it open and not the rounds. */
export function whatDisagrees(
  what: Disagreement['what'],
  interval: Interval | null,
  ofRounds: readonly number[],
): Disagreement | null {
  if (interval === null || ofRounds.length < 2) return null;
  const wide = ((interval.low + interval.high) / 2) * WIDE_SHARE;
  const [least, most] = [Math.min(...ofRounds), Math.max(...ofRounds)];
  return interval.high - interval.low > wide && most - least > wide ? { what, least, most } : null;
}

/** How many rounds to measure when so many disagree. */
export function moreRounds(rounds: number): number {
  return Math.min(MOST_ROUNDS, Math.max(MORE_ROUNDS, 2 * rounds));
}

/** What disagreeing rounds mean, and what to do. */
export function disagreementNote(
  { what, least, most }: Disagreement,
  { placement, rounds }: Pick<BenchRequest, 'placement' | 'rounds'>,
): string {
  const found =
    what === 'medians'
      ? `The rounds disagree: their medians lie between ${formatDuration(least)} and ${formatDuration(most)}, so the median, and its ratio to the floor, are known no better than their 95 % intervals say.`
      : `The rounds disagree: their ratios to the floor lie between ${least.toFixed(2)} and ${most.toFixed(2)}, so the ratio is known no better than its 95 % interval says.`;
  return placement === 'free'
    ? `${found} Placed freely both ends may share a core in one round and not in the next. Place them (--placement same-core), and measure more rounds (--rounds ${moreRounds(rounds)}).`
    : `${found} Something else wanted these cores meanwhile. Close what else runs, and measure more rounds (--rounds ${moreRounds(rounds)}).`;
}

export function overloadNote(notSent: number, due: number): string {
  return `Overload: ${formatCount(notSent)} of ${formatCount(due)} pings were due and could not be sent. They are in the figures with the time that they waited at least; what is marked ≥ is a lower bound. Ask for fewer per second (--rate) or for less in each (--size).`;
}

/** Whether a figure of `rtt_ns` is a lower bound: a ping that was never answered is among the samples up to it. */
function isLowerBound({ detail }: Pick<BenchRun, 'detail'>, ns: number): boolean {
  const from = detail?.lower_bound_from_ns ?? null;
  return from !== null && ns >= from;
}

/** The same of one of the figures: the mean and the deviation rest on every sample. */
export function isFigureLowerBound(run: Pick<BenchRun, 'detail' | 'rtt_ns'>, metric: Metric): boolean {
  if (metric === 'mean' || metric === 'stdev') return (run.detail?.lower_bound_from_ns ?? null) !== null;
  return run.rtt_ns !== null && isLowerBound(run, run.rtt_ns[metric]);
}

export function boundMark(run: Pick<BenchRun, 'detail'>, ns: number): string {
  return isLowerBound(run, ns) ? '≥' : '';
}

/** A figure with its unit, marked where it is a lower bound: `≥2.00 s`. */
export function figureText(run: Pick<BenchRun, 'detail' | 'rtt_ns'>, metric: Metric): string {
  return `${isFigureLowerBound(run, metric) ? '≥' : ''}${formatDuration(run.rtt_ns?.[metric] ?? null)}`;
}

/**
 * Median ÷ floor with its interval; null without one, and where the two did different works: results of earlier
 * versions hold an open loop, asleep between its pings, against a floor without a pause.
 */
export function ratioOf({ ratio_p50: ratio, mode, detail }: BenchRun): { ratio: number; interval: Interval } | null {
  const interval = detail?.ratio_ci95 ?? null;
  const alike = mode === 'closed' || (detail?.floor_rate_per_second ?? null) !== null;
  return ratio === null || interval === null || !alike ? null : { ratio, interval };
}

/** Never without its interval: `1.34 (1.20–1.51)`. */
export function ratioText(run: BenchRun): string {
  const known = ratioOf(run);
  if (known === null) return '–';
  const { ratio, interval } = known;
  const [at, low, high] = [ratio, interval.low, interval.high].map((value) => value.toFixed(value < 10 ? 2 : 1));
  return `${at} (${low}–${high})`;
}
