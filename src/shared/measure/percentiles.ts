import { build } from 'hdr-histogram-js';
import type { Percentiles } from '../snapshot';

/** Three significant digits: a percentile read from a histogram is within 0.1 % of the exact one. */
const SIGNIFICANT_DIGITS = 3;

function newHistogram() {
  return build({
    bitBucketSize: 32,
    autoResize: true,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 2 ** 24,
    numberOfSignificantValueDigits: SIGNIFICANT_DIGITS,
  });
}

interface Slot {
  epoch: number;
  histogram: ReturnType<typeof newHistogram>;
  /** Exact; the histogram's own maximum is rounded to its bucket. */
  maxNs: number;
}

/**
 * Percentiles over the last `slots × slotNs` nanoseconds: one HDR histogram for each slot of time, merged when asked.
 * What is older than the window leaves slot by slot.
 */
export class RollingPercentiles {
  readonly #slotNs: number;
  readonly #slots: Slot[] = [];

  constructor(windowNs = 30e9, slots = 6) {
    this.#slotNs = windowNs / slots;
    for (let i = 0; i < slots; i += 1) this.#slots.push({ epoch: -1, histogram: newHistogram(), maxNs: 0 });
  }

  /** Records a duration in nanoseconds (whole, at least 0) that ended at `nowNs`. */
  record(durationNs: number, nowNs: number): void {
    const epoch = Math.floor(nowNs / this.#slotNs);
    const slot = this.#slots[epoch % this.#slots.length] as Slot;
    if (slot.epoch !== epoch) {
      slot.histogram.reset();
      slot.epoch = epoch;
      slot.maxNs = 0;
    }
    const whole = Math.max(0, Math.round(durationNs));
    slot.histogram.recordValue(whole);
    slot.maxNs = Math.max(slot.maxNs, whole);
  }

  read(nowNs: number): Percentiles | null {
    const oldest = Math.floor(nowNs / this.#slotNs) - this.#slots.length + 1;
    const live = this.#slots.filter((slot) => slot.epoch >= oldest && slot.histogram.totalCount > 0);
    if (live.length === 0) return null;
    const merged = newHistogram();
    for (const slot of live) merged.add(slot.histogram);
    // A percentile is read as the highest value of its bucket, which may lie just above the true maximum.
    const max = Math.max(...live.map((slot) => slot.maxNs));
    const at = (percent: number) => Math.min(merged.getValueAtPercentile(percent), max);
    return { count: merged.totalCount, p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max };
  }
}

/**
 * The exact percentile of sorted durations by the nearest-rank method, as HdrHistogram counts it: the smallest value
 * that at least `percent` of the samples don't exceed. Null for no samples.
 */
export function exactPercentile(sorted: ArrayLike<number>, percent: number): number | null {
  if (sorted.length === 0) return null;
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] as number;
}
