import { MAX_MESSAGES_PER_RUN } from './message';

const MOST = 255;

/** How many times each message of one run has arrived: a byte for each number, which stops at 255. */
export class DeliveryCounts {
  #counts = new Uint8Array(0);
  #highest = -1;
  #distinct = 0;
  #twice = 0;
  #repeats = 0;

  /** Messages that have arrived, however often. */
  get distinct(): number {
    return this.#distinct;
  }

  /** Messages that have arrived more than once. */
  get duplicated(): number {
    return this.#twice;
  }

  /** Arrivals beyond each message's first. */
  get repeats(): number {
    return this.#repeats;
  }

  /** Bytes of memory that it takes. */
  get allocated(): number {
    return this.#counts.length;
  }

  /** `number` is whole, from 0 to MAX_MESSAGES_PER_RUN − 1. Returns whether it is the first time. */
  add(number: number): boolean {
    if (number >= this.#counts.length) this.#grow(number);
    const before = this.#counts[number] as number;
    this.#counts[number] = Math.min(MOST, before + 1);
    this.#highest = Math.max(this.#highest, number);
    if (before === 0) this.#distinct += 1;
    else this.#repeats += 1;
    if (before === 1) this.#twice += 1;
    return before === 0;
  }

  /** A byte for each number up to the highest that has arrived. A view, not a copy. */
  bytes(): Uint8Array {
    return this.#counts.subarray(0, this.#highest + 1);
  }

  #grow(number: number): void {
    const grown = new Uint8Array(Math.min(MAX_MESSAGES_PER_RUN, Math.max(1024, number + 1, this.#counts.length * 2)));
    grown.set(this.#counts);
    this.#counts = grown;
  }
}
