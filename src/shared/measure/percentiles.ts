import type { Percentiles } from '../snapshot';
import { DurationHistogram } from './duration-histogram';

const PERCENTS = [50, 90, 99, 99.9];

/** So far back the figures of the live view reach. */
export const ROLLING_WINDOW_NS = 30e9;

interface Slot {
  epoch: number;
  histogram: DurationHistogram;
  /** Exact; the histogram's own maximum is rounded to its bucket. */
  maxNs: number;
}

/**
 * Percentiles over the last `windowNs` nanoseconds: one histogram of the whole window, and one for each slot of it,
 * taken away from the whole when it gets too old. The window is up to one slot shorter than said.
 */
export class RollingPercentiles {
  readonly #slotNs: number;
  readonly #slotCount: number;
  // Made with the first record: together they take about half a mebibyte, and most channels are never switched on.
  #slots: Slot[] = [];
  #window: DurationHistogram | null = null;

  constructor(windowNs = ROLLING_WINDOW_NS, slots = 6) {
    this.#slotNs = windowNs / slots;
    this.#slotCount = slots;
  }

  /** Records a duration in nanoseconds (whole, at least 0) that ended at `nowNs`. */
  record(durationNs: number, nowNs: number): void {
    this.#window ??= this.#begin();
    const epoch = this.#advance(nowNs);
    const slot = this.#slots[epoch % this.#slots.length] as Slot;
    // It was heard of so late that the window has left it behind.
    if (slot.epoch > epoch) return;
    slot.epoch = epoch;
    const whole = Math.max(0, Math.round(durationNs));
    slot.histogram.record(whole);
    this.#window.record(whole);
    slot.maxNs = Math.max(slot.maxNs, whole);
  }

  read(nowNs: number): Percentiles | null {
    this.#advance(nowNs);
    const window = this.#window;
    if (window === null || window.total === 0) return null;
    // A percentile is read as the highest value of its bucket, which may lie just above the true maximum.
    const max = Math.max(...this.#slots.map((slot) => slot.maxNs));
    const [p50, p90, p99, p999] = window.percentiles(PERCENTS).map((value) => Math.min(value, max)) as [
      number,
      number,
      number,
      number,
    ];
    return { count: window.total, p50, p90, p99, p999, max };
  }

  #begin(): DurationHistogram {
    this.#slots = Array.from({ length: this.#slotCount }, () => ({
      epoch: -1,
      histogram: new DurationHistogram(),
      maxNs: 0,
    }));
    return new DurationHistogram();
  }

  /** Lets slots go that have left the window, and gives the present slot's number. */
  #advance(nowNs: number): number {
    const epoch = Math.floor(nowNs / this.#slotNs);
    for (const slot of this.#slots) {
      if (slot.histogram.total === 0 || slot.epoch > epoch - this.#slots.length) continue;
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

/** The exact percentiles of durations in any order; null for none. */
export function percentilesOf(durations: readonly number[]): Percentiles | null {
  if (durations.length === 0) return null;
  const sorted = Float64Array.from(durations).sort();
  const at = (percent: number) => exactPercentile(sorted, percent) as number;
  return { count: sorted.length, p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max: at(100) };
}
