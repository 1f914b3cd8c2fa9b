/** An allowance: `burst` can be spent at once, and `perSecond` comes back until it is full again. */
export class Budget {
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #nowMs: () => number;
  #left: number;
  #sinceMs: number;

  constructor(
    { burst, perSecond }: { burst: number; perSecond: number },
    nowMs: () => number = () => performance.now(),
  ) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#nowMs = nowMs;
    this.#left = burst;
    this.#sinceMs = nowMs();
  }

  /** False when `cost` is not covered: then nothing is spent. */
  spend(cost: number): boolean {
    const now = this.#nowMs();
    this.#left = Math.min(this.#burst, this.#left + ((now - this.#sinceMs) / 1000) * this.#perSecond);
    this.#sinceMs = now;
    if (cost > this.#left) return false;
    this.#left -= cost;
    return true;
  }
}
