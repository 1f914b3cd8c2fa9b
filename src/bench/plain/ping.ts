import { cpus, release, totalmem } from 'node:os';
import { checkClock } from '../../shared/bench/clock-check';
import { EXIT, exitCodeOf, failuresOf } from '../../shared/bench/exit-code';
import { textReport } from '../../shared/bench/report-text';
import { resultOf, type RunRecord } from '../../shared/bench/result';
import { BENCH_VERSION, type BenchResult } from '../../shared/bench/schema';
import { STANDARD_OUTPUT } from '../../shared/standard-output';
import { nowNs } from '../../node/clock';
import { render, words } from '../../shared/messages/message';
import { followLifeline } from '../../node/lifeline';
import { printResults } from '../../node/print-results';
import { keepInspectorShut } from '../../node/own-process';
import { transports } from '../../transports/registry';
import { environmentOf, surroundingsOf } from '../environment';
import { CostMeter } from '../measure/costs';
import { RoundRunner } from '../measure/round-runner';
import { realTiming } from '../measure/timing';
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
    console.error(words('run.too-large', { title: info.title, maxBytes: info.maxPayloadBytes, bytes: sizeBytes }));
    return EXIT.badArguments;
  }
  const surroundings = surroundingsOf(readEnvironment(options.version));
  const channel = await reach(method, place);
  const clock = checkClock(nowNs);
  // Who answers is another's process, perhaps on another machine.
  const meter = new CostMeter(process.pid, null);
  const settings = { mode: { kind: 'closed' as const }, cycles, warmup, sizeBytes, timeoutMs };
  const runner = new RoundRunner(channel, settings, realTiming, meter);
  let interrupted = false;
  const interrupt = () => {
    if (interrupted) process.exit(EXIT.interrupted);
    interrupted = true;
    runner.stop({ reason: words('run.interrupted'), broken: false });
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
    rounds: [{ ...round, clock, costs: meter.costs }],
    floors: [{ reason: words('run.no-plain-floor') }],
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
  const json = `${JSON.stringify(result)}\n`;
  const report = `${textReport(result, () => title)}${goalLine(result)}`;
  const problems = [await printed(out === STANDARD_OUTPUT ? json : report)];
  if (out !== null && out !== STANDARD_OUTPUT) {
    const unwritten = await writeFileFor(out, [json]);
    problems.push(unwritten ?? (await printed(`${words('bench-command.written', { path: out })}\n`)));
  }
  return new Set(problems.filter((problem) => problem !== null));
}

async function printed(text: string): Promise<string | null> {
  const problem = await printResults([text]);
  return problem && render(problem);
}

function goalLine({ runs }: BenchResult): string {
  const samples = runs[0]?.detail?.samples_ns ?? [];
  if (samples.length === 0) return '';
  const within = samples.filter((ns) => ns < GOAL_NS).length;
  return `${words('plain.within', { goalNs: GOAL_NS, within, samples: samples.length })}\n`.replaceAll('\u202f', ' ');
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
