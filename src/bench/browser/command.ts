import { EXIT, exitCodeOf, failuresOf } from '../../shared/bench/exit-code';
import { planRuns, planSteps } from '../../shared/bench/plan';
import type { BenchOutput, BenchRequest } from '../../shared/bench/request';
import { resultOf, type RunRecord, type RunSetting } from '../../shared/bench/result';
import { BENCH_VERSION, type BenchResult, type BenchRun } from '../../shared/bench/schema';
import { isPrinted } from '../../shared/standard-output';
import { judge } from '../../shared/bench/thresholds';
import type { Environment } from '../../shared/snapshot';
import { words } from '../../shared/messages/message';
import { DATA_PATH_VARIABLE, dataPathOf } from '../../transports/native/data-path';
import { transports } from '../../transports/registry';
import { environmentOf, surroundingsOf } from '../environment';
import { measureFloor } from '../floor';
import { chooseMethods, isTransportId } from '../methods';
import { progressTo } from '../outputs/progress';
import { writeResults } from '../outputs/write-results';
import { planPlacement } from '../placement';
import { runSchedule } from '../schedule';
import { runStep } from './run-step';

export interface BenchCommand {
  request: BenchRequest;
  output: BenchOutput;
  environment: Environment;
  /** The built app's `out/main`. */
  outDirectory: string;
  /** A directory of mode 0700 for sockets and FIFOs. */
  directory: string;
  /** Aborted by Ctrl+C: what was measured so far is printed. */
  signal: AbortSignal;
}

/** `bulkhead bench` from the request to the exit code. */
export async function benchCommand({
  request,
  output,
  environment,
  outDirectory,
  directory,
  signal,
}: BenchCommand): Promise<number> {
  const chosen = chooseMethods(request);
  if ('error' in chosen) {
    console.error(words('bench-command.see-help', { cause: chosen.error }));
    return EXIT.badArguments;
  }
  // For the children, which inherit it.
  process.env[DATA_PATH_VARIABLE] = request.io;
  const placement = planPlacement(request.placement);
  const cpus = 'cpus' in placement ? placement.cpus : null;
  const runs = planRuns(chosen.methods, request.sizes, 'reason' in placement ? placement.reason : null);
  const steps = planSteps(runs, request);
  const surroundings = surroundingsOf(environment);
  const progress = progressTo(output.progress);
  const settingOf = ({ run }: Pick<RunRecord, 'run'>) => ({ request, io: dataPathOf(run.method), cpus });
  progress.begun?.({
    version: BENCH_VERSION,
    environment: environmentOf(surroundings, [], false),
    runs: runs
      .map((run): RunRecord => ({ run, rounds: [], floors: [], failures: [], unsent: 0 }))
      .map((record) => resultOf(record, settingOf(record))),
  });
  const records = await runSchedule({
    runs,
    steps,
    signal,
    onProgress: (each) => progress.show(each),
    onMeasured: (record) => progress.measured?.(record.run.index, () => provisional(record, settingOf(record))),
    work: {
      measure: (step, onSettled) => runStep(step, { request, cpus, outDirectory, directory }, signal, onSettled),
      floor: async (step) =>
        request.floor ? measureFloor(step, request, cpus, signal) : { reason: words('run.no-floor-asked') },
    },
  });
  progress.end();

  const result: BenchResult = {
    version: BENCH_VERSION,
    environment: environmentOf(surroundings, records, signal.aborted),
    runs: measuredOf(records, signal.aborted).map((record) => resultOf(record, settingOf(record))),
  };
  const thresholds = request.thresholds.map((threshold) => judge(threshold, result.runs));
  const problems = await writeResults(
    { result, records, request, verdicts: thresholds.map(({ text }) => text), titleOf },
    output,
  );
  for (const problem of problems) console.error(problem);
  for (const { text, result: verdict } of thresholds)
    if (verdict === 'failed' && isPrinted(output)) console.error(words('bench-command.threshold', { verdict: text }));
  const asked = new Set([...(request.methods ?? []), ...request.thresholds.map(({ method }) => method)]);
  const promisesDelivery = (method: string) => isTransportId(method) && transports[method].info.reliable;
  for (const failure of failuresOf(result, promisesDelivery)) console.error(failure);
  const code = exitCodeOf({ result, thresholds, asked, promisesDelivery });
  return code === EXIT.good && problems.length > 0 ? EXIT.failed : code;
}

/** More take too long to sort between two steps. */
const MOST_PROVISIONAL_SAMPLES = 200_000;

/** The figures of a run before its last round, without intervals. */
function provisional(record: RunRecord, setting: RunSetting): BenchRun | null {
  const samples = record.rounds.reduce((sum, round) => sum + round.samples.outcome.length, 0);
  return samples > MOST_PROVISIONAL_SAMPLES ? null : resultOf(record, { ...setting, provisional: true });
}

/** After an interruption, runs that had no turn are left out: nothing is known of them. */
function measuredOf(records: readonly RunRecord[], interrupted: boolean): RunRecord[] {
  return records.filter(
    ({ run, rounds, failures }) => !interrupted || rounds.length > 0 || failures.length > 0 || run.unavailable !== null,
  );
}

function titleOf(method: string): string {
  return isTransportId(method) ? transports[method].info.title : method;
}
