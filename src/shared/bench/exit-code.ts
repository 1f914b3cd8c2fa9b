import type { BenchResult } from './schema';
import type { ThresholdVerdict } from './thresholds';

export const EXIT = { good: 0, failed: 1, badArguments: 2, unavailable: 3, interrupted: 130 } as const;

export interface Verdict {
  result: BenchResult;
  thresholds: readonly ThresholdVerdict[];
  /** Methods that the person named, in `--method` or in a threshold. */
  asked: ReadonlySet<string>;
  promisesDelivery: (method: string) => boolean;
}

/**
 * 0; 1 when a threshold failed or messages were lost on a transport that promises delivery; 3 when a method that was
 * asked for could not be measured at any size. 1 is told first: it is about something measured.
 */
export function exitCodeOf({ result, thresholds, asked, promisesDelivery }: Verdict): number {
  if (result.environment.interrupted) return EXIT.interrupted;
  const lostBroken = result.runs.some((run) => run.lost > 0 && promisesDelivery(run.method));
  if (lostBroken || thresholds.some(({ result: verdict }) => verdict === 'failed')) return EXIT.failed;
  const missing = [...asked].some((method) => !result.runs.some((run) => run.method === method && run.rtt_ns !== null));
  return missing ? EXIT.unavailable : EXIT.good;
}
