/**
 * What an open loop has besides the pings that are measured: a warm-up of its own, and a floor that is an open loop too.
 */

/**
 * It is warmed up at this rate where its own is lower, pings per second: at 20 a second its code would not have run often
 * enough for V8 to compile it before minutes are over.
 */
const WARMUP_RATE = 5000;
const WARMUP_LIMIT_S = 1;
/** The floor waits as long between two messages as the loop does: so long at most, and this many at least. */
const FLOOR_S = 5;
const FLOOR_CYCLES = 100;

export interface PacedCycles {
  cycles: number;
  ratePerSecond: number;
}

/**
 * As many pings as were asked for, after as many closed cycles, with a pause as long as a round trip after each.
 *
 * @param roundTripNs what one of the closed cycles took
 */
export function warmUpOf(ratePerSecond: number, warmup: number, roundTripNs: number): PacedCycles {
  const rate = Math.max(ratePerSecond, Math.min(WARMUP_RATE, 1e9 / (2 * roundTripNs)));
  return { cycles: Math.min(warmup, Math.ceil(WARMUP_LIMIT_S * rate)), ratePerSecond: rate };
}

/** The floor's cycles in a round that has so many. */
export function floorCyclesOf(ratePerSecond: number, cycles: number): number {
  return Math.min(cycles, Math.max(FLOOR_CYCLES, Math.round(ratePerSecond * FLOOR_S)));
}
