import { CLOSED, recordOf, roundOf } from './fixtures';
import { resultOf } from './result';
import type { BenchRun } from './schema';

/** Made-up runs for tests, in ns: 1,000 samples from `base` + 1 to `base` + 1,000 in each of three rounds. */
export function madeRun(base: number, changes: Partial<BenchRun> = {}): BenchRun {
  const round = roundOf(Array.from({ length: 1000 }, (_, i) => base + i + 1));
  const floors = [{ rttNs: Float64Array.of(base / 2), spinNs: 0 }];
  return { ...resultOf(recordOf([round, round, round], { floors }), CLOSED), ...changes };
}

/** As it was saved before there were distributions. */
export function oldRun(base: number): BenchRun {
  const run = madeRun(base);
  return { ...run, detail: { ...(run.detail as NonNullable<BenchRun['detail']>), distribution: null } };
}

export function unavailableRun(reason: string, changes: Partial<BenchRun> = {}): BenchRun {
  return { ...resultOf(recordOf([], { failures: [reason] }), CLOSED), ...changes };
}
