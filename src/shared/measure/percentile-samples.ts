import { words } from '../messages/message';
import type { Percentiles } from '../snapshot';

/** By the rule of three: with fewer samples than 3 ÷ (1 − p) all of them lie below the true percentile in one of 20 cases, or more. */
const SAMPLES_BEYOND = 3;

/** Fewest samples that carry a percentile: 30 for p90, 300 for p99, 3,000 for p99.9. */
export function fewestSamples(percent: number): number {
  return Math.round((SAMPLES_BEYOND * 100) / (100 - percent));
}

export function carriesPercentile(samples: number, percent: number): boolean {
  return samples >= fewestSamples(percent);
}

/** Why a percentile is not shown, and what to do. */
export function tooFewSamples(samples: number, percent: number): string {
  return words('percentile.few-samples', { percent, samples, fewest: fewestSamples(percent) });
}

/** The median is shown of however few: it is the others that would be the maximum under another name. */
const PERCENT = { p90: 90, p99: 99, p999: 99.9 } as const;

export type PercentileKey = Exclude<keyof Percentiles, 'count'>;

/** The figure that may be shown, nanoseconds; null when there are too few samples for it, or none. */
export function shownPercentile(percentiles: Percentiles | null, key: PercentileKey): number | null {
  if (percentiles === null) return null;
  return key in PERCENT && !carriesPercentile(percentiles.count, PERCENT[key as keyof typeof PERCENT])
    ? null
    : percentiles[key];
}

/** Why `shownPercentile` shows nothing where there are samples, or null. */
export function whyNotShown(percentiles: Percentiles | null, key: PercentileKey): string | null {
  if (percentiles === null || shownPercentile(percentiles, key) !== null) return null;
  return tooFewSamples(percentiles.count, PERCENT[key as keyof typeof PERCENT]);
}
