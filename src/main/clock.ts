const originNs = process.hrtime.bigint();

/** Wall-clock time of the recording's zero. */
export const recordingBeganAt = new Date();

/**
 * Nanoseconds since the recording began, whole, never falling: CLOCK_MONOTONIC through `process.hrtime`. Exact as a
 * number for 104 days.
 */
export function nowNs(): number {
  return Number(process.hrtime.bigint() - originNs);
}
