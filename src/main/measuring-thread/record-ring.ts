/**
 * Records of a fixed number of numbers from one thread to another, through shared memory: one thread writes, one reads,
 * neither waits for the other. What finds no room is kept by the writer and written later, in order.
 */

/** A power of two: the counts of records written and read wrap around at 2³². At 6,400 a second it holds 2.5 s. */
const SLOTS = 16_384;
const WRITTEN = 0;
const READ = 1;
/** While records are kept back, room is looked for so often. */
const RETRY_MS = 20;

export interface SharedRing {
  counts: Int32Array;
  numbers: Float64Array;
  width: number;
}

/** @param width numbers in a record */
export function newSharedRing(width: number, slots = SLOTS): SharedRing {
  return {
    counts: new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)),
    numbers: new Float64Array(new SharedArrayBuffer(slots * width * Float64Array.BYTES_PER_ELEMENT)),
    width,
  };
}

export class RingWriter {
  readonly #ring: SharedRing;
  readonly #slots: number;
  /** Numbers of the records that are kept back, from `#keptFrom` on. */
  readonly #kept: number[] = [];
  #keptFrom = 0;
  #whenWritten: Array<() => void> = [];

  constructor(ring: SharedRing) {
    this.#ring = ring;
    this.#slots = ring.numbers.length / ring.width;
  }

  write(record: Float64Array): void {
    if (this.#kept.length === 0 && this.#put(record, 0)) return;
    if (this.#kept.length === 0) this.#writeKeptLater();
    for (let i = 0; i < this.#ring.width; i += 1) this.#kept.push(record[i] as number);
  }

  /** Calls `then` once every record that was written before is where the reader finds it. */
  whenWritten(then: () => void): void {
    if (this.#kept.length === 0) then();
    else this.#whenWritten.push(then);
  }

  #writeKeptLater(): void {
    setTimeout(() => this.#writeKept(), RETRY_MS);
  }

  #writeKept(): void {
    const { width } = this.#ring;
    while (this.#keptFrom < this.#kept.length && this.#put(this.#kept, this.#keptFrom)) this.#keptFrom += width;
    if (this.#keptFrom < this.#kept.length) return this.#writeKeptLater();
    this.#kept.length = this.#keptFrom = 0;
    const callbacks = this.#whenWritten;
    this.#whenWritten = [];
    for (const callback of callbacks) callback();
  }

  #put(from: ArrayLike<number>, at: number): boolean {
    const { counts, numbers, width } = this.#ring;
    const written = Atomics.load(counts, WRITTEN);
    if ((written - Atomics.load(counts, READ)) >>> 0 >= this.#slots) return false;
    const offset = (written & (this.#slots - 1)) * width;
    for (let i = 0; i < width; i += 1) numbers[offset + i] = from[at + i] as number;
    // The record before the count of it: a store of Atomics' lets nothing pass.
    Atomics.store(counts, WRITTEN, (written + 1) | 0);
    return true;
  }
}

export class RingReader {
  readonly #ring: SharedRing;
  readonly #slots: number;
  readonly #record: Float64Array;
  #reading = false;

  constructor(ring: SharedRing) {
    this.#ring = ring;
    this.#slots = ring.numbers.length / ring.width;
    this.#record = new Float64Array(ring.width);
  }

  /**
   * Takes every record that is there. One holds until `take` returns. What `take` asks to be read meanwhile comes after.
   *
   * @throws RangeError when the counts are none that a writer and this reader can have come to
   */
  read(take: (record: Float64Array) => void): void {
    if (this.#reading) return;
    this.#reading = true;
    try {
      const { counts, numbers, width } = this.#ring;
      let read = Atomics.load(counts, READ);
      // Not more than there are now: a writer that is faster than this must not keep it here.
      const written = Atomics.load(counts, WRITTEN);
      const there = (written - read) >>> 0;
      if (there > this.#slots) throw new RangeError(`A ring of ${this.#slots} records says that it holds ${there}.`);
      for (; read !== written; read = (read + 1) | 0) {
        const offset = (read & (this.#slots - 1)) * width;
        for (let i = 0; i < width; i += 1) this.#record[i] = numbers[offset + i] as number;
        Atomics.store(counts, READ, (read + 1) | 0);
        take(this.#record);
      }
    } finally {
      this.#reading = false;
    }
  }
}
