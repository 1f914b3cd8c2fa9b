import { cpus, release, totalmem } from 'node:os';
import { checkClock } from '../../shared/bench/clock-check';
import { EXIT, exitCodeOf, failuresOf } from '../../shared/bench/exit-code';
import { textReport } from '../../shared/bench/report-text';
import { resultOf, type RunRecord } from '../../shared/bench/result';
import { BENCH_VERSION, type BenchResult } from '../../shared/bench/schema';
import { formatDuration } from '../../shared/format';
import { nowNs } from '../../node/clock';
import { followLifeline } from '../../node/lifeline';
import { keepInspectorShut } from '../../node/own-process';
import { transports } from '../../transports/registry';
import { environmentOf, surroundingsOf } from '../environment';
import { RoundRunner } from '../measure/round-runner';
import { realTiming } from '../measure/timing';
import { writeStandardOutput } from '../outputs/standard-output';
import { writeFileFor } from '../outputs/write-results';
import { type PingOptions, readPingOptions } from './options';
import { reach } from './reach';

/** `bulkhead ping`: a plain process that sends a number of messages, one at a time, and measures each answer. */

/** The goal of the project that this command is from: an answer in less than a millisecond. */
const GOAL_NS = 1e6;

async function main(options: PingOptions): Promise<number> {
  keepInspectorShut();
  const { method, place, cycles, sizeBytes, warmup, timeoutMs } = options;
  const { info } = transports[method];
  if (sizeBytes > info.maxPayloadBytes) {
    console.error(`${info.title} carries at most ${info.maxPayloadBytes} bytes in one message, not ${sizeBytes}.`);
    return EXIT.badArguments;
  }
  const surroundings = surroundingsOf(readEnvironment(options.version));
  const channel = await reach(method, place);
  const clock = checkClock(nowNs);
  const runner = new RoundRunner(
    channel,
    { mode: { kind: 'closed' }, cycles, warmup, sizeBytes, timeoutMs },
    realTiming,
  );
  let interrupted = false;
  const interrupt = () => {
    if (interrupted) process.exit(EXIT.interrupted);
    interrupted = true;
    runner.stop({ reason: 'It was interrupted.', broken: false });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  followLifeline(() => {
    channel.close();
    process.exit(EXIT.interrupted);
  });
  const round = await runner.run().finally(() => channel.close());

  const request = { mode: { kind: 'closed', cycles }, rounds: 1, warmup, placement: 'free', timeoutMs } as const;
  const record: RunRecord = {
    run: { index: 0, method, route: 'process-process', sizeBytes, unavailable: null },
    rounds: [{ ...round, clock }],
    floors: [{ reason: 'Two plain processes are measured as they are; bulkhead bench measures the floor.' }],
    failures: [],
    unsent: 0,
  };
  const result: BenchResult = {
    version: BENCH_VERSION,
    environment: environmentOf(surroundings, [record], interrupted),
    runs: [resultOf(record, { request, io: null, cpus: null, keepSamples: true })],
  };
  const problems = await print(result, info.title, options.out);
  const promisesDelivery = () => info.reliable;
  for (const problem of [...problems, ...failuresOf(result, promisesDelivery)]) console.error(problem);
  const code = exitCodeOf({ result, thresholds: [], asked: new Set([method]), promisesDelivery });
  return code === EXIT.good && problems.size > 0 ? EXIT.failed : code;
}

/** Resolves to what could not be written, a sentence each. */
async function print(result: BenchResult, title: string, out: string | null): Promise<Set<string>> {
  const problems = [await writeStandardOutput(`${textReport(result, () => title)}${goalLine(result)}`)];
  if (out !== null) {
    const unwritten = await writeFileFor(out, [`${JSON.stringify(result)}\n`]);
    problems.push(unwritten ?? (await writeStandardOutput(`Results written to ${out}\n`)));
  }
  return new Set(problems.filter((problem) => problem !== null));
}

function goalLine({ runs }: BenchResult): string {
  const samples = runs[0]?.detail?.samples_ns ?? [];
  if (samples.length === 0) return '';
  const within = samples.filter((ns) => ns < GOAL_NS).length;
  return `Within ${formatDuration(GOAL_NS)}: ${within} of ${samples.length} (${((within / samples.length) * 100).toFixed(2)} %)\n`.replaceAll(
    '\u202f',
    ' ',
  );
}

function readEnvironment(version: string) {
  const processors = cpus();
  const runtime = JSON.parse(process.env['BULKHEAD_RUNTIME'] ?? '{}') as {
    origin?: string;
    detail?: string;
    supported?: boolean;
  };
  return {
    bulkhead: version,
    electron: process.versions.electron ?? '',
    chrome: process.versions['chrome'] ?? '',
    node: process.versions.node,
    v8: process.versions.v8,
    runtimeOrigin: (runtime.origin ?? 'unknown') as 'unknown',
    runtimeDetail: runtime.detail ?? '',
    runtimeSupported: runtime.supported ?? false,
    os: `${process.platform} ${release()} ${process.arch}`,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    sandboxed: false,
    headless: true,
  };
}

try {
  process.exitCode = await main(readPingOptions());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = EXIT.unavailable;
}
// The channel's last events must not keep it alive.
process.exit();
