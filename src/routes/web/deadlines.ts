/** What is watched: `expired` is called once unless `forget` was before. */
export interface Deadline {
  readonly dueMs: number;
  expired(): void;
}

/** Time limits of one length: they end in the order in which they began, so one timer serves all, not one each. */
export class Deadlines {
  readonly #afterMs: number;
  readonly #running = new Set<Deadline>();
  #timer: NodeJS.Timeout | null = null;

  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  watch(expired: () => void): Deadline {
    const deadline = { dueMs: performance.now() + this.#afterMs, expired };
    this.#running.add(deadline);
    this.#timer ??= setTimeout(this.#look, this.#afterMs);
    return deadline;
  }

  /** Whether it was watched: false once it has expired. */
  forget(deadline: Deadline): boolean {
    return this.#running.delete(deadline);
  }

  /** Watches nothing any more. */
  close(): void {
    this.#running.clear();
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
  }

  readonly #look = (): void => {
    this.#timer = null;
    for (const deadline of this.#running) {
      const leftMs = deadline.dueMs - performance.now();
      if (leftMs > 0) {
        this.#timer ??= setTimeout(this.#look, Math.ceil(leftMs));
        return;
      }
      this.#running.delete(deadline);
      deadline.expired();
    }
  };
}
