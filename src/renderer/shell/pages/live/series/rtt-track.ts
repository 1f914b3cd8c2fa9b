import { medianOf } from './median';

/** Min, max and median of the round trips in each slot of a ring, for one way of timing them. Nanoseconds. */
export class RttTrack {
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #median: Float64Array;
  readonly #stale: Uint8Array;
  /** Raw values of the slots that may still get some; null once sealed, which is what bounds the memory. */
  readonly #values: (number[] | null)[];

  constructor(capacity: number, from?: RttTrack) {
    this.#min = from ? from.#min.slice() : new Float64Array(capacity).fill(NaN);
    this.#max = from ? from.#max.slice() : new Float64Array(capacity).fill(NaN);
    this.#median = from ? from.#median.slice() : new Float64Array(capacity).fill(NaN);
    this.#stale = new Uint8Array(capacity);
    this.#values = Array.from<number[] | null>({ length: capacity }).fill(null);
  }

  clear(slot: number): void {
    this.#min[slot] = NaN;
    this.#max[slot] = NaN;
    this.#median[slot] = NaN;
    this.#stale[slot] = 0;
    this.#values[slot] = [];
  }

  add(slot: number, rttNs: number): void {
    const min = this.#min[slot] ?? NaN;
    const max = this.#max[slot] ?? NaN;
    if (!(min <= rttNs)) this.#min[slot] = rttNs;
    if (!(max >= rttNs)) this.#max[slot] = rttNs;
    const values = this.#values[slot];
    if (values) {
      values.push(rttNs);
      this.#stale[slot] = 1;
    } else if (Number.isNaN(min)) {
      this.#median[slot] = rttNs;
    }
  }

  /** Fixes the slot's median and lets its raw values go. */
  seal(slot: number): void {
    this.median(slot);
    this.#values[slot] = null;
  }

  min(slot: number): number {
    return this.#min[slot] ?? NaN;
  }

  max(slot: number): number {
    return this.#max[slot] ?? NaN;
  }

  median(slot: number): number {
    if (this.#stale[slot] === 1) {
      this.#median[slot] = medianOf(this.#values[slot] ?? []);
      this.#stale[slot] = 0;
    }
    return this.#median[slot] ?? NaN;
  }

  /** The raw values while the slot isn't sealed. */
  values(slot: number): readonly number[] {
    return this.#values[slot] ?? [];
  }

  /** A copy with every slot sealed. */
  copy(): RttTrack {
    for (let slot = 0; slot < this.#stale.length; slot += 1) this.median(slot);
    return new RttTrack(this.#stale.length, this);
  }
}
