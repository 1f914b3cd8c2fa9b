import { formatBytes, formatCount } from '../format';
import { nameOnRoute } from './routes';
import type { BenchResult, BenchRun } from './schema';
import type { ThresholdVerdict } from './thresholds';

export const EXIT = { good: 0, failed: 1, badArguments: 2, unavailable: 3, interrupted: 130 } as const;

type PromisesDelivery = (method: string) => boolean;

export interface Verdict {
  result: BenchResult;
  thresholds: readonly ThresholdVerdict[];
  /** Methods that the person named, in `--method` or in a threshold. */
  asked: ReadonlySet<string>;
  promisesDelivery: PromisesDelivery;
}

/**
 * 0; 1 when a threshold failed, messages were lost on a transport that promises delivery, a run was saturated or broke
 * off; 3 when a method that was asked for could not be measured at any size. 1 is told first: it is about something
 * measured.
 */
export function exitCodeOf({ result, thresholds, asked, promisesDelivery }: Verdict): number {
  if (result.environment.interrupted) return EXIT.interrupted;
  const failed = result.runs.filter((run) => whyFailed(run, promisesDelivery) !== null);
  if (failed.some(({ detail }) => detail !== null) || thresholds.some(({ result: verdict }) => verdict === 'failed'))
    return EXIT.failed;
  const missing = [...asked].some((method) => !result.runs.some((run) => run.method === method && run.rtt_ns !== null));
  if (missing) return EXIT.unavailable;
  return failed.length > 0 ? EXIT.failed : EXIT.good;
}

/** What went wrong with the runs, a line each; none of an interrupted result, which is short on purpose. */
export function failuresOf({ environment, runs }: BenchResult, promisesDelivery: PromisesDelivery): string[] {
  if (environment.interrupted) return [];
  return runs.flatMap((run) => {
    const why = whyFailed(run, promisesDelivery);
    return why === null
      ? []
      : [`${nameOnRoute(run)} at ${formatBytes(run.size)}: ${why}`.replaceAll(/[\u202f\u00a0]/g, ' ')];
  });
}

function whyFailed(run: BenchRun, promisesDelivery: PromisesDelivery): string | null {
  const { lost, skipped, saturated, method, cycles, unavailable, detail } = run;
  if (!saturated && skipped === 0 && !(lost > 0 && promisesDelivery(method))) return null;
  const counts = [
    ...(lost > 0 ? [`${formatCount(lost)} lost`] : []),
    ...(skipped > 0 ? [`${formatCount(skipped)} not sent`] : []),
  ];
  return [`of ${formatCount(cycles)} pings ${counts.join(', ')}.`, unavailable ?? '', ...(detail?.notes ?? [])]
    .filter((words) => words !== '')
    .join(' ');
}
