/** One thing that is watched: `expired` is called once unless it is forgotten before. */
export class Deadline {
  dueMs = 0;
  /** Its neighbours in the order in which they end; itself where it is watched by nobody. */
  before: Deadline = this;
  after: Deadline = this;
  readonly expired: () => void;

  constructor(expired: () => void) {
    this.expired = expired;
  }

  /** Whether it was watched: false once it has expired. */
  forget(): boolean {
    if (this.after === this) return false;
    this.before.after = this.after;
    this.after.before = this.before;
    this.before = this;
    this.after = this;
    return true;
  }
}

/**
 * Time limits of one length: they end in the order in which they began, so one timer serves all, not one each. A list,
 * and not a set: a set that thousands a second pass through is made anew all the time, for the garbage collector.
 */
export class Deadlines {
  readonly #afterMs: number;
  /** Before the first and after the last. */
  readonly #ends = new Deadline(() => undefined);
  #timer: NodeJS.Timeout | null = null;

  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  watch(expired: () => void): Deadline {
    const deadline = new Deadline(expired);
    deadline.dueMs = performance.now() + this.#afterMs;
    deadline.before = this.#ends.before;
    deadline.after = this.#ends;
    this.#ends.before.after = deadline;
    this.#ends.before = deadline;
    this.#timer ??= setTimeout(this.#look, this.#afterMs);
    return deadline;
  }

  /** Watches nothing any more. */
  close(): void {
    while (this.#ends.after.forget());
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
  }

  readonly #look = (): void => {
    this.#timer = null;
    for (;;) {
      const first = this.#ends.after;
      if (first === this.#ends) return;
      const leftMs = first.dueMs - performance.now();
      if (leftMs > 0) {
        this.#timer ??= setTimeout(this.#look, Math.ceil(leftMs));
        return;
      }
      first.forget();
      first.expired();
    }
  };
}
