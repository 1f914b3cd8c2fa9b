const [originSeconds] = process.hrtime();

export const CLOCK_SOURCE = 'process.hrtime (monotonic)';

/**
 * Monotonic nanoseconds since this process began, whole. Two small numbers and no BigInt: a reading makes no garbage
 * beyond its pair.
 */
export function nowNs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return (seconds - originSeconds) * 1e9 + nanoseconds;
}
