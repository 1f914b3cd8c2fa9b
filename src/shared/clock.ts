/**
 * One clock for all processes: nanoseconds since the browser process's zero. Node.js processes of one machine read the
 * same monotonic clock, so its zero is all that they need. A page can't read it, and estimates.
 */

/** A reading of `process.hrtime()`. */
export interface ClockOrigin {
  seconds: number;
  nanoseconds: number;
}

/** The shared clock as read in some process: it stood between `atNs - errorNs` and `atNs + errorNs`. */
export interface ClockReading {
  atNs: number;
  errorNs: number;
}

/**
 * The shared clock as far as messages tell. Each that comes from the browser process was sent before it came, each that
 * goes there arrives after it went: that bounds from both sides what lies between the two clocks, and the quickest
 * message each way bounds it best.
 */
export class EstimatedClock {
  readonly #own: () => number;
  readonly #stepNs: number;
  /** Shared clock minus own. */
  #least = Number.NEGATIVE_INFINITY;
  #most = Number.POSITIVE_INFINITY;

  /** `own` reads this process's clock, nanoseconds from any zero, wrong by up to `stepNs` either way. */
  constructor(own: () => number, stepNs: number) {
    this.#own = own;
    this.#stepNs = stepNs;
  }

  own(): number {
    return this.#own();
  }

  /** What has come now was sent at `sentNs` on the shared clock. */
  received(sentNs: number): void {
    const least = sentNs - this.#own() - this.#stepNs;
    // One of the clocks has jumped, as over a sleep of the machine: what was known before is void.
    if (least > this.#most) this.#most = Number.POSITIVE_INFINITY;
    this.#least = Math.max(this.#least, least);
  }

  /** What was sent at `ownNs` on the own clock was there at `atNs` on the shared one. */
  delivered(ownNs: number, atNs: number): void {
    const most = atNs - ownNs + this.#stepNs;
    if (most < this.#least) this.#least = Number.NEGATIVE_INFINITY;
    this.#most = Math.min(this.#most, most);
  }

  /** Null until there were messages both ways. */
  read(): ClockReading | null {
    const errorNs = (this.#most - this.#least) / 2 + this.#stepNs;
    return Number.isFinite(errorNs) ? { atNs: this.#own() + (this.#least + this.#most) / 2, errorNs } : null;
  }
}
