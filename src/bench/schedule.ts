import type { PlannedRun, Step } from '../shared/bench/plan';
import type { FloorRound, MeasuredRound, RunRecord } from '../shared/bench/result';

/** What the schedule needs done; the engine does it with processes, a test with numbers. */
export interface ScheduleWork {
  measure(step: Step, onSettled: (settled: number) => void): Promise<MeasuredRound>;
  /** Right after the step, so that both meet the same machine. Never rejects. */
  floor(step: Step): Promise<FloorRound>;
}

export interface ScheduleProgress {
  step: Step;
  /** From 1, of all steps. */
  number: number;
  steps: number;
  rounds: number;
  /** Pings settled of this step. */
  settled: number;
  /** Estimate, or null while there is nothing to go by. */
  leftMs: number | null;
}

export interface ScheduleOptions {
  runs: readonly PlannedRun[];
  steps: readonly Step[];
  work: ScheduleWork;
  signal: AbortSignal;
  onProgress: (progress: ScheduleProgress) => void;
  /** After each step, with what there is of its run; not waited for by anything that is measured. */
  onMeasured?: (record: RunRecord) => void;
  nowMs?: () => number;
}

/**
 * Does the steps one after the other, never two at once. A step that fails is noted and the others go on. Resolves with
 * whatever there is, also when the signal is aborted.
 */
export async function runSchedule({
  runs,
  steps,
  work,
  signal,
  onProgress,
  onMeasured,
  nowMs = () => performance.now(),
}: ScheduleOptions): Promise<RunRecord[]> {
  const records = runs.map((run): RunRecord => ({ run, rounds: [], floors: [], failures: [], unsent: 0 }));
  const took: Array<{ step: Step; ms: number }> = [];
  const rounds = steps.reduce((most, { round }) => Math.max(most, round + 1), 0);
  for (const [i, step] of steps.entries()) {
    if (signal.aborted) break;
    const record = records[step.run.index] as RunRecord;
    const began = nowMs();
    const tell = (settled: number) => {
      const left = estimate(took, steps.slice(i));
      onProgress({
        step,
        number: i + 1,
        steps: steps.length,
        rounds,
        settled,
        leftMs: left === null ? null : Math.max(0, left - (nowMs() - began)),
      });
    };
    tell(0);
    try {
      record.rounds.push(await work.measure(step, tell));
    } catch (error) {
      // What an abort cuts off in the middle of its opening is no failure of the method.
      if (signal.aborted) break;
      record.failures.push(error instanceof Error ? error.message : String(error));
      record.unsent += step.cycles;
    }
    // One floor for each round that there is.
    if (!signal.aborted && record.floors.length < record.rounds.length) record.floors.push(await work.floor(step));
    took.push({ step, ms: nowMs() - began });
    onMeasured?.(record);
  }
  return records;
}

/** What the same run took before, or what the others took on average. */
function estimate(took: ReadonlyArray<{ step: Step; ms: number }>, ahead: readonly Step[]): number | null {
  if (took.length === 0) return null;
  const average = took.reduce((sum, { ms }) => sum + ms, 0) / took.length;
  return ahead.reduce(
    (sum, { run }) => sum + (took.findLast(({ step }) => step.run.index === run.index)?.ms ?? average),
    0,
  );
}
