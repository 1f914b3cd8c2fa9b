import { z } from 'zod';
import { DurationHistogram } from '../measure/duration-histogram';

const ms = z.number().min(0);
/** Milliseconds. The percentiles are those of an HDR histogram with three significant digits; the ends are exact. */
export const latencyFiguresSchema = z.object({
  count: z.int().min(1),
  min: ms,
  p50: ms,
  p90: ms,
  p95: ms,
  p99: ms,
  max: ms,
});
export type LatencyFigures = z.infer<typeof latencyFiguresSchema>;

const PERCENTS = [50, 90, 95, 99] as const;
/** A message may wait for a dead server as long as anybody cares to look; longer than an hour counts as an hour. */
const MOST_NS = 3_600e9;

export class Latency {
  readonly #histogram = new DurationHistogram();
  #minNs = Number.POSITIVE_INFINITY;
  #maxNs = 0;
  #sumNs = 0;

  /** Nanoseconds; a negative one, of clocks that aren't quite one, counts as 0. */
  record(durationNs: number): void {
    const whole = Math.round(Math.min(MOST_NS, Math.max(0, durationNs)));
    this.#histogram.record(whole);
    this.#sumNs += whole;
    this.#minNs = Math.min(this.#minNs, whole);
    this.#maxNs = Math.max(this.#maxNs, whole);
  }

  /** Milliseconds; 0 as long as there is none. */
  get mean(): number {
    return this.#histogram.total === 0 ? 0 : this.#sumNs / this.#histogram.total / 1e6;
  }

  /** At these percents, which rise, milliseconds; null as long as there is none. */
  percentiles(percents: readonly number[]): number[] | null {
    if (this.#histogram.total === 0) return null;
    return this.#histogram.percentiles(percents).map((ns) => Math.min(this.#maxNs, ns) / 1e6);
  }

  /** Null as long as there is none. */
  figures(): LatencyFigures | null {
    if (this.#histogram.total === 0) return null;
    const [p50, p90, p95, p99] = this.#histogram.percentiles(PERCENTS).map((ns) => Math.min(this.#maxNs, ns) / 1e6) as [
      number,
      number,
      number,
      number,
    ];
    return { count: this.#histogram.total, min: this.#minNs / 1e6, p50, p90, p95, p99, max: this.#maxNs / 1e6 };
  }
}
