import type { BenchPartial } from './progress';
import type { BenchResult, BenchRun } from './schema';

/** A result that grows, with what has come of it since. */
export function withPartial(before: BenchResult | null, partial: BenchPartial): BenchResult | null {
  if ('begun' in partial) return partial.begun;
  const { index, run } = partial.measured;
  if (before === null || index >= before.runs.length) return before;
  return { ...before, runs: before.runs.with(index, run) };
}

/** Whether a run of a result that grows has not had its turn. A finished result has none such. */
export function isPending({ unavailable, detail }: BenchRun): boolean {
  return unavailable === null && detail === null;
}

/** Rounds that are in a run's figures. */
export function roundsIn({ detail }: BenchRun): number {
  return detail?.round_p50_ns.length ?? 0;
}

/** Whether further rounds of it are to come. */
export function isUnfinished(run: BenchRun): boolean {
  return run.unavailable === null && roundsIn(run) < run.rounds;
}
