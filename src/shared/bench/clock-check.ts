import type { Clock } from '../measure/probe';
import { exactPercentile } from '../measure/percentiles';
import { words } from '../messages/message';

export interface ClockFacts {
  /** Smallest step that the clock was seen to make. A fine clock steps by what reading it takes. */
  resolutionNs: number;
  /** What two readings cost, and so what measuring adds to every round trip. */
  overheadNs: number;
}

const READS = 20_000;
const BATCH = 100;

/** Reads the clock a few ten thousand times: a few milliseconds. */
export function checkClock(clock: Clock): ClockFacts {
  let resolutionNs = Number.POSITIVE_INFINITY;
  let last = clock();
  for (let i = 0; i < READS; i += 1) {
    const now = clock();
    if (now > last) {
      resolutionNs = Math.min(resolutionNs, now - last);
      last = now;
    }
  }
  return { resolutionNs: Number.isFinite(resolutionNs) ? resolutionNs : 0, overheadNs: 2 * costOfOneRead(clock) };
}

/** The median over batches: one that was interrupted must not count, and a coarse clock can't time a single read. */
function costOfOneRead(clock: Clock): number {
  const batches = new Float64Array(READS / BATCH);
  for (let batch = 0; batch < batches.length; batch += 1) {
    const began = clock();
    for (let i = 1; i < BATCH; i += 1) clock();
    batches[batch] = (clock() - began) / BATCH;
  }
  const median = exactPercentile(batches.slice().sort(), 50) as number;
  // On a coarse clock most batches take no time at all; their mean does.
  return median > 0 ? median : batches.reduce((sum, each) => sum + each, 0) / batches.length;
}

/** A step of more than a tenth of the median: the figures are made of the clock's steps. */
const COARSE_SHARE = 0.1;

/** A sentence when the clock is too coarse for what it measured, or null. */
export function coarseClockWarning(facts: ClockFacts, p50Ns: number): string | null {
  if (facts.resolutionNs <= p50Ns * COARSE_SHARE) return null;
  return words('note.coarse-clock', { stepNs: facts.resolutionNs, p50Ns });
}
