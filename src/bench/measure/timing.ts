import type { Clock } from '../../shared/measure/probe';
import { nowNs, sinceZeroNs } from '../../node/clock';
import { type Alarm, waitByItself } from '../../transports/native/own-wait';

/** Time as the engine needs it; tests put a simulated one in its place. */
export interface Timing {
  clock: Clock;
  /** Puts a reading of the system's monotonic clock on `clock`. */
  sinceZeroNs?: (monotonicNs: number) => number;
  /** Calls back after at least so many milliseconds; the result calls it off. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls back once the event loop has looked for messages. */
  soon(callback: () => void): void;
  /** Keeps this thread busy until the clock says so. */
  spinUntil(atNs: number): void;
  /** Finer than `after`, where this thread waits by itself. */
  readonly alarm: Alarm | null;
}

export const realTiming: Timing = {
  clock: nowNs,
  sinceZeroNs,
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  soon: (callback) => void setImmediate(callback),
  spinUntil(atNs) {
    while (nowNs() < atNs);
  },
  get alarm() {
    return waitByItself();
  },
};
