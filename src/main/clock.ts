const [originSeconds, originNanoseconds] = process.hrtime();

/** Wall-clock time of the recording's zero. */
export const recordingBeganAt = new Date();

/**
 * Nanoseconds since the recording began, whole, never falling: CLOCK_MONOTONIC through `process.hrtime`. Exact as a
 * number for 104 days. Two small numbers, not a BigInt: it is read three times for every ping.
 */
export function nowNs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return (seconds - originSeconds) * 1e9 + (nanoseconds - originNanoseconds);
}

/** A time of CLOCK_MONOTONIC in nanoseconds, as another program has read it, on the recording's clock. */
export function sinceBeganNs(monotonicNs: number): number {
  return monotonicNs - (originSeconds * 1e9 + originNanoseconds);
}
