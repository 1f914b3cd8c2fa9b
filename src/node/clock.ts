import type { ClockOrigin } from '../shared/clock';

/** CLOCK_MONOTONIC on Linux, and the same in every process of the machine; on Windows QueryPerformanceCounter. */
export const CLOCK_SOURCE = 'process.hrtime (monotonic)';

let [originSeconds, originNanoseconds] = process.hrtime();

/** This process's zero: its own start, until it has learned the browser process's. */
export function clockOrigin(): ClockOrigin {
  return { seconds: originSeconds, nanoseconds: originNanoseconds };
}

/** From now on times count from the zero of the process that says so: its times and this one's are on one axis. */
export function followClock({ seconds, nanoseconds }: ClockOrigin): void {
  originSeconds = seconds;
  originNanoseconds = nanoseconds;
}

/**
 * Nanoseconds since the zero, whole, never falling. Exact as a number for 104 days. Two small numbers, not a BigInt: it
 * is read three times for every ping.
 */
export function nowNs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return (seconds - originSeconds) * 1e9 + (nanoseconds - originNanoseconds);
}

/** A time of the same clock in nanoseconds, as a program that knows no zero has read it, since the zero. */
export function sinceZeroNs(monotonicNs: number): number {
  return monotonicNs - (originSeconds * 1e9 + originNanoseconds);
}

/** The clock, for who stamps pings with it. */
export const stampClock = { nowNs, sinceZeroNs };
