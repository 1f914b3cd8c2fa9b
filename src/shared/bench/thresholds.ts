import type { Threshold } from './request';
import { routesOf } from './routes';
import type { BenchRun } from './schema';
import { figureText, isFigureLowerBound } from './certainty';
import { words } from '../messages/message';

export interface ThresholdVerdict {
  threshold: Threshold;
  /** `unchecked`: no run of the method has a figure. */
  result: 'held' | 'failed' | 'unchecked';
  /** A line for a person. */
  text: string;
}

/** Every run of the method, whatever its size and route, has to hold. Figures are those of `rtt_ns`. */
export function judge(threshold: Threshold, runs: readonly BenchRun[]): ThresholdVerdict {
  const measured = runs.filter((run) => run.method === threshold.method && run.rtt_ns !== null);
  if (measured.length === 0) {
    return {
      threshold,
      result: 'unchecked',
      text: words('bench-command.threshold-unchecked', { threshold: threshold.text }),
    };
  }
  const failed = measured.filter((run) => !holds(threshold, run));
  const shown = (failed.length > 0 ? failed : measured).map(
    (run) =>
      `${figureText(run, threshold.metric)} at ${run.size} B${run.route === routesOf(run.method)[0] ? '' : `, ${run.route}`}`,
  );
  const result = failed.length > 0 ? 'failed' : 'held';
  return { threshold, result, text: `${result}: ${threshold.text} (${shown.join(', ')})`.replaceAll('\u202f', ' ') };
}

function holds({ metric, operator, limitNs }: Threshold, run: BenchRun): boolean {
  const value = run.rtt_ns?.[metric] ?? Number.POSITIVE_INFINITY;
  // It may be anything above.
  if (isFigureLowerBound(run, metric)) return false;
  return operator === '<' ? value < limitNs : value <= limitNs;
}
