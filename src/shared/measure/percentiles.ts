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
 * Percentiles over the last `windowNs` nanoseconds: one HDR histogram of the whole window, and one for each slot of it,
 * taken away from the whole when it gets too old. The window is up to one slot shorter than said.
 */
export class RollingPercentiles {
  readonly #slotNs: number;
  readonly #slotCount: number;
  // Made with the first record: together they take about half a mebibyte, and most channels are never switched on.
  #slots: Slot[] = [];
  #window: ReturnType<typeof newHistogram> | null = null;

  constructor(windowNs = 30e9, slots = 6) {
    this.#slotNs = windowNs / slots;
    this.#slotCount = slots;
  }

  /** Records a duration in nanoseconds (whole, at least 0) that ended at `nowNs`. */
  record(durationNs: number, nowNs: number): void {
    this.#window ??= this.#begin();
    const epoch = this.#advance(nowNs);
    const slot = this.#slots[epoch % this.#slots.length] as Slot;
    slot.epoch = epoch;
    const whole = Math.max(0, Math.round(durationNs));
    slot.histogram.recordValue(whole);
    this.#window.recordValue(whole);
    slot.maxNs = Math.max(slot.maxNs, whole);
  }

  read(nowNs: number): Percentiles | null {
    this.#advance(nowNs);
    const window = this.#window;
    if (window === null || window.totalCount === 0) return null;
    // A percentile is read as the highest value of its bucket, which may lie just above the true maximum.
    const max = Math.max(...this.#slots.map((slot) => slot.maxNs));
    const at = (percent: number) => Math.min(window.getValueAtPercentile(percent), max);
    return { count: window.totalCount, p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max };
  }

  #begin(): ReturnType<typeof newHistogram> {
    this.#slots = Array.from({ length: this.#slotCount }, () => ({ epoch: -1, histogram: newHistogram(), maxNs: 0 }));
    return newHistogram();
  }

  /** Lets slots go that have left the window, and gives the present slot's number. */
  #advance(nowNs: number): number {
    const epoch = Math.floor(nowNs / this.#slotNs);
    for (const slot of this.#slots) {
      if (slot.histogram.totalCount === 0 || slot.epoch > epoch - this.#slots.length) continue;
      this.#window?.subtract(slot.histogram);
      slot.histogram.reset();
      slot.maxNs = 0;
    }
    return epoch;
  }
}

/**
 * The exact percentile of sorted durations by the nearest-rank method, as HdrHistogram counts it: the smallest value
 * that at least `percent` of the samples don't exceed. Null for no samples.
 */
export function exactPercentile(sorted: ArrayLike<number>, percent: number): number | null {
  if (sorted.length === 0) return null;
  // 99.9 % of 1,000 comes out a hair above 999: without the margin it would be the 1,000th.
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length - 1e-6));
  return sorted[rank - 1] as number;
}
