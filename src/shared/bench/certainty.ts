import { formatDuration, formatMicros } from '../format';
import { carriesPercentile, tooFewSamples } from '../measure/percentile-samples';
import type { BenchRequest, Metric } from './request';
import type { Interval } from './round-interval';
import type { BenchRun } from './schema';
import { words } from '../messages/message';

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
      ? words('note.medians-disagree', { leastNs: least, mostNs: most })
      : words('note.ratios-disagree', { least, most });
  return words(placement === 'free' ? 'note.place-them' : 'note.more-rounds', { found, rounds: moreRounds(rounds) });
}

export function overloadNote(notSent: number, due: number): string {
  return words('note.overload', { notSent, due });
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

/** The percentiles that take some number of samples. The median takes any: its interval says how well it is known. */
const TAILS: Partial<Record<Metric, number>> = { p90: 90, p99: 99, p99_9: 99.9 };

/** A figure of `rtt_ns` that may be shown: a percentile of too few samples is the maximum, or nearly, under another name. */
export function figureNs(run: BenchRun, metric: Metric): number | null {
  return whyNoFigure(run, metric) === null ? (run.rtt_ns?.[metric] ?? null) : null;
}

/** Why there are samples, but not this figure of them; else null. */
export function whyNoFigure(run: BenchRun, metric: Metric): string | null {
  const percent = TAILS[metric];
  const samples = samplesOf(run);
  if (run.rtt_ns === null || percent === undefined || carriesPercentile(samples, percent)) return null;
  return tooFewSamples(samples, percent);
}

/** What `rtt_ns` is made of: in an open loop also of pings that were due and not answered. */
function samplesOf({ mode, detail, lost, skipped }: BenchRun): number {
  return (detail?.samples ?? 0) + (mode === 'open' ? lost + skipped : 0);
}

export function boundMark(run: Pick<BenchRun, 'detail'>, ns: number): string {
  return isLowerBound(run, ns) ? '≥' : '';
}

/** A figure with its unit, marked where it is a lower bound: `≥2.00 s`. */
export function figureText(run: Pick<BenchRun, 'detail' | 'rtt_ns'>, metric: Metric): string {
  return `${isFigureLowerBound(run, metric) ? '≥' : ''}${formatDuration(run.rtt_ns?.[metric] ?? null)}`;
}

/** The same always in µs, for columns: `≥2,000,000 µs`. */
export function figureMicros(run: BenchRun, metric: Metric): string {
  const ns = figureNs(run, metric);
  return ns !== null && isFigureLowerBound(run, metric) ? `≥${formatMicros(ns)}` : formatMicros(ns);
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
