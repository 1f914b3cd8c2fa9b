import type { Alarm } from '../../transports/native/own-wait';

/** Losses are noticed at least this often. */
const LONGEST_SLEEP_NS = 25e6;
/** A gap between two turns longer than this was a stall of the thread: an event on the charts. */
const STALL_MS = 250;

/** What sends pings: a probe, or its pinger alone. */
export interface Paced {
  /** When the next ping is due, or infinity while nothing is sent. */
  readonly nextDueNs: number;
  /** Sends what is due. */
  sendDue(): void;
  /** Gives up what is overdue, and does what else can wait until nothing is sent. */
  expire(): void;
}

/**
 * One timer for all that is paced in a thread. Timers have a resolution of 1 ms and fire late rather than early, so a ping
 * goes out a millisecond or two after its intended time, more when the event loop is busy; both are recorded. An alarm is
 * late by the thread's wake-up alone.
 */
export class Pacer {
  readonly #paced = new Set<Paced>();
  readonly #clock: () => number;
  readonly #onStall: (durationMs: number) => void;
  readonly #alarm: Alarm;
  #expectedNs = 0;
  #expiredNs = 0;

  constructor(clock: () => number, onStall: (durationMs: number) => void, alarm: Alarm = new Timer()) {
    this.#clock = clock;
    this.#onStall = onStall;
    this.#alarm = alarm;
  }

  add(paced: Paced): void {
    this.#paced.add(paced);
  }

  /** From now on, if it isn't already; what is due meanwhile goes out in the next turn. */
  start(): void {
    this.#expectedNs = this.#clock();
    this.#alarm.set(0, this.#turn);
  }

  stop(): void {
    this.#alarm.clear();
  }

  readonly #turn = (): void => {
    const began = this.#clock();
    const lateMs = (began - this.#expectedNs) / 1e6;
    if (lateMs > STALL_MS) this.#onStall(lateMs);
    let next = Number.POSITIVE_INFINITY;
    let sent = false;
    for (const paced of this.#paced) {
      if (paced.nextDueNs <= began) {
        paced.sendDue();
        sent = true;
      }
      next = Math.min(next, paced.nextDueNs);
    }
    // A thread that has sent sleeps as soon as it can: the kernel may have put the peer behind it, on the same core.
    if (!sent || began - this.#expiredNs >= LONGEST_SLEEP_NS) {
      for (const paced of this.#paced) paced.expire();
      this.#expiredNs = began;
    }
    const now = this.#clock();
    const sleepNs = Math.min(LONGEST_SLEEP_NS, Math.max(0, next - now));
    this.#expectedNs = now + sleepNs;
    this.#alarm.set(sleepNs, this.#turn);
  };
}

/** An alarm made of a timer. */
class Timer implements Alarm {
  #timer: NodeJS.Timeout | undefined;

  set(inNs: number, ring: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(ring, Math.ceil(inNs / 1e6));
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
