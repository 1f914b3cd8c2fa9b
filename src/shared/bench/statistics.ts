import { exactPercentile } from '../measure/percentiles';

/** All in nanoseconds, all exact: computed from the samples, not from a histogram. */
export interface Summary {
  min: number;
  p50: number;
  p90: number;
  p99: number;
  p99_9: number;
  max: number;
  mean: number;
  /** Of the sample (n − 1); 0 for a single one. */
  stdev: number;
}

/** Null for no samples. Percentiles by nearest rank: the smallest value that so many percent don't exceed. */
export function summarize(sorted: Float64Array): Summary | null {
  if (sorted.length === 0) return null;
  const at = (percent: number) => exactPercentile(sorted, percent) as number;
  const mean = meanOf(sorted);
  return {
    min: sorted[0] as number,
    p50: at(50),
    p90: at(90),
    p99: at(99),
    p99_9: at(99.9),
    max: sorted.at(-1) as number,
    mean,
    stdev: standardDeviation(sorted, mean),
  };
}

export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** From the differences to the mean: the sum of squares alone would lose digits on large, close values. */
function standardDeviation(values: Float64Array, mean: number): number {
  if (values.length < 2) return 0;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

export interface Outliers {
  /** Samples beyond the fences. They stay in every figure. */
  low: number;
  high: number;
  lowFenceNs: number;
  highFenceNs: number;
}

/** Tukey's outer fences: 3 interquartile ranges beyond the quartiles (Exploratory Data Analysis, 1977). */
export function countOutliers(sorted: Float64Array): Outliers | null {
  if (sorted.length === 0) return null;
  const first = exactPercentile(sorted, 25) as number;
  const third = exactPercentile(sorted, 75) as number;
  const reach = 3 * (third - first);
  const outliers = { low: 0, high: 0, lowFenceNs: first - reach, highFenceNs: third + reach };
  for (const value of sorted) {
    if (value < outliers.lowFenceNs) outliers.low += 1;
    else if (value > outliers.highFenceNs) outliers.high += 1;
  }
  return outliers;
}

/**
 * How far apart the rounds' medians lie: (largest − smallest) ÷ the median of them. A difference between two methods
 * that is smaller than this is no difference. Null with fewer than two rounds.
 */
export function spreadOf(roundMedians: readonly number[]): number | null {
  if (roundMedians.length < 2) return null;
  const sorted = Float64Array.from(roundMedians).sort();
  const middle = exactPercentile(sorted, 50) as number;
  return middle === 0 ? null : ((sorted.at(-1) as number) - (sorted[0] as number)) / middle;
}
