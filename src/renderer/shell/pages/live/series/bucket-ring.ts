import type { Timing } from './chart-windows';
import { RttTrack } from './rtt-track';

/** The longest time limit is 10 s: a ping settles within that, so older buckets need their raw values no more. */
const SETTLED_AFTER_NS = 12e9;

/** What is known about one time bucket. Nanoseconds; NaN when it holds no answered ping. */
export interface Bucket {
  answered: number;
  lost: number;
  medianNs: number;
  minNs: number;
  maxNs: number;
}

/**
 * The samples of one channel folded into time buckets, the newest `capacity` of them. Buckets begin at whole
 * multiples of their width, so a line made of them slides without changing its shape.
 */
export class BucketRing {
  readonly bucketNs: number;
  readonly #capacity: number;
  readonly #number: Float64Array;
  readonly #answered: Uint32Array;
  readonly #lost: Uint32Array;
  readonly #sent: RttTrack;
  readonly #intended: RttTrack;
  #newest: number;
  #sealedUpTo: number;

  constructor(bucketNs: number, capacity: number, from?: BucketRing) {
    this.bucketNs = bucketNs;
    this.#capacity = capacity;
    this.#number = from ? from.#number.slice() : new Float64Array(capacity).fill(-1);
    this.#answered = from ? from.#answered.slice() : new Uint32Array(capacity);
    this.#lost = from ? from.#lost.slice() : new Uint32Array(capacity);
    this.#sent = from ? from.#sent.copy() : new RttTrack(capacity);
    this.#intended = from ? from.#intended.copy() : new RttTrack(capacity);
    this.#newest = from ? from.#newest : -1;
    this.#sealedUpTo = this.#newest;
  }

  /** Adds one settled ping at its time of sending. A NaN round trip is a loss. */
  add(atNs: number, rttNs: number, rttFromIntendedNs: number): void {
    const number = Math.floor(atNs / this.bucketNs);
    const slot = this.#claim(number);
    if (slot < 0) return;
    if (Number.isNaN(rttNs)) {
      this.#lost[slot] = (this.#lost[slot] ?? 0) + 1;
      return;
    }
    this.#answered[slot] = (this.#answered[slot] ?? 0) + 1;
    this.#sent.add(slot, rttNs);
    this.#intended.add(slot, Number.isNaN(rttFromIntendedNs) ? rttNs : rttFromIntendedNs);
  }

  /** Fills `into` with what the bucket holds; false when it holds nothing. */
  read(number: number, timing: Timing, into: Bucket): boolean {
    const slot = this.#slotOf(number);
    if (slot < 0) return false;
    const track = timing === 'sent' ? this.#sent : this.#intended;
    into.answered = this.#answered[slot] ?? 0;
    into.lost = this.#lost[slot] ?? 0;
    into.medianNs = track.median(slot);
    into.minNs = track.min(slot);
    into.maxNs = track.max(slot);
    return true;
  }

  /** Raw round trips of one bucket; empty when it is older than about 12 s. */
  rawValues(number: number, timing: Timing): readonly number[] {
    const slot = this.#slotOf(number);
    return slot < 0 ? [] : (timing === 'sent' ? this.#sent : this.#intended).values(slot);
  }

  /** A copy that no longer changes. */
  copy(): BucketRing {
    return new BucketRing(this.bucketNs, this.#capacity, this);
  }

  #slotOf(number: number): number {
    if (number < 0) return -1;
    const slot = number % this.#capacity;
    return this.#number[slot] === number ? slot : -1;
  }

  /** The bucket's slot, made its own if an older bucket has it; −1 when the bucket is too old to be kept. */
  #claim(number: number): number {
    if (!(number >= 0) || number <= this.#newest - this.#capacity) return -1;
    const slot = number % this.#capacity;
    if (this.#number[slot] !== number) {
      this.#number[slot] = number;
      this.#answered[slot] = 0;
      this.#lost[slot] = 0;
      this.#sent.clear(slot);
      this.#intended.clear(slot);
    }
    if (number > this.#newest) {
      this.#newest = number;
      this.#sealSettled();
    }
    return slot;
  }

  #sealSettled(): void {
    const upTo = this.#newest - Math.ceil(SETTLED_AFTER_NS / this.bucketNs) - 1;
    const first = Math.max(this.#sealedUpTo + 1, this.#newest - this.#capacity + 1, 0);
    for (let number = first; number <= upTo; number += 1) {
      const slot = this.#slotOf(number);
      if (slot < 0) continue;
      this.#sent.seal(slot);
      this.#intended.seal(slot);
    }
    this.#sealedUpTo = Math.max(this.#sealedUpTo, upTo);
  }
}
