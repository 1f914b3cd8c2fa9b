/** Losses are noticed at least this often. */
const LONGEST_SLEEP_MS = 25;
/** A gap between two turns longer than this was a stall of the thread: an event on the charts. */
const STALL_MS = 250;

/** What sends pings: a probe, or its pinger alone. */
export interface Paced {
  /** When the next ping is due, or infinity while nothing is sent. */
  readonly nextDueNs: number;
  /** Sends what is due and gives up what is overdue. */
  tick(): void;
}

/**
 * One timer for all that is paced in a thread. Timers have a resolution of 1 ms and fire late rather than early, so a ping goes out a
 * millisecond or two after its intended time, more when the event loop is busy; the probe records both.
 */
export class Pacer {
  readonly #paced = new Set<Paced>();
  readonly #clock: () => number;
  readonly #onStall: (durationMs: number) => void;
  #timer: NodeJS.Timeout | null = null;
  #expectedNs = 0;

  constructor(clock: () => number, onStall: (durationMs: number) => void) {
    this.#clock = clock;
    this.#onStall = onStall;
  }

  add(paced: Paced): void {
    this.#paced.add(paced);
  }

  /** From now on, if it isn't already; what is due meanwhile goes out in the next turn. */
  start(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#expectedNs = this.#clock();
    this.#timer = setTimeout(this.#turn, 0);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  readonly #turn = (): void => {
    const lateMs = (this.#clock() - this.#expectedNs) / 1e6;
    if (lateMs > STALL_MS) this.#onStall(lateMs);
    let next = Number.POSITIVE_INFINITY;
    for (const paced of this.#paced) {
      paced.tick();
      next = Math.min(next, paced.nextDueNs);
    }
    const now = this.#clock();
    const sleepMs = Math.min(LONGEST_SLEEP_MS, Math.max(0, Math.ceil((next - now) / 1e6)));
    this.#expectedNs = now + sleepMs * 1e6;
    this.#timer = setTimeout(this.#turn, sleepMs);
  };
}
