import type { Probe } from '../../shared/measure/probe';

/** Losses are noticed at least this often. */
const LONGEST_SLEEP_MS = 25;
/** A gap between two turns longer than this was a stall of the browser process: an event on the charts. */
const STALL_MS = 250;

/**
 * One timer for all probes. Timers have a resolution of 1 ms and fire late rather than early, so a ping goes out a
 * millisecond or two after its intended time, more when the event loop is busy; the probe records both.
 */
export class Pacer {
  readonly #probes = new Set<Probe>();
  readonly #clock: () => number;
  readonly #onStall: (durationMs: number) => void;
  #timer: NodeJS.Timeout | null = null;
  #expectedNs = 0;

  constructor(clock: () => number, onStall: (durationMs: number) => void) {
    this.#clock = clock;
    this.#onStall = onStall;
  }

  add(probe: Probe): void {
    this.#probes.add(probe);
  }

  start(): void {
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
    for (const probe of this.#probes) {
      probe.tick();
      next = Math.min(next, probe.nextDueNs);
    }
    const now = this.#clock();
    const sleepMs = Math.min(LONGEST_SLEEP_MS, Math.max(0, Math.ceil((next - now) / 1e6)));
    this.#expectedNs = now + sleepMs * 1e6;
    this.#timer = setTimeout(this.#turn, sleepMs);
  };
}
