import type { RunRecord } from '../bench/result';
import type { BenchResult } from '../bench/schema';
import { formatBytes, formatCount } from '../format';
import { type Columns, readRoundSample, SAMPLE_COLUMNS } from '../measure/sample-columns';
import { words } from '../messages/message';
import { MOST_PINGS } from './recording-trace';
import type { Trace, TraceSample } from './trace';

/**
 * The newest pings of every run, as many of each. Each round has processes of its own, which are gone: the two ends of a
 * run stand for them, under numbers that are no pids.
 */
export function benchTrace(
  { environment, runs }: Pick<BenchResult, 'environment' | 'runs'>,
  records: readonly RunRecord[],
  mostPings = MOST_PINGS,
): Trace {
  const measured = records.filter(({ rounds }) => rounds.length > 0);
  const each = Math.max(1, Math.floor(mostPings / Math.max(1, measured.length)));
  const apart = runs.some(({ detail }) => detail?.thread === 'worker');
  const thread = words(apart ? 'trace.worker-thread' : 'trace.main-thread');
  return {
    about: {
      format: 'bulkhead-trace',
      version: 1,
      bulkhead: environment.bulkhead,
      benchmark_began_at: environment.began_at,
      bounds: words('trace.bench-bounds', { pings: formatCount(each) }),
      environment,
    },
    processes: measured.flatMap((record, at) => [
      { pid: pingerOf(at), name: words('trace.pinger', nameOf(record)), kind: record.run.route },
      { pid: answererOf(at), name: words('trace.answerer', nameOf(record)), kind: record.run.route },
    ]),
    channels: measured.map((record, at) => ({
      name: words('trace.run', nameOf(record)),
      nearPid: pingerOf(at),
      nearThread: thread,
      farPid: () => answererOf(at),
      farThread: thread,
      peer: words('trace.peer'),
      samples: () => newestOf(record, each),
    })),
    instants: [],
    counters: [],
  };
}

function nameOf({ run }: RunRecord) {
  return { method: run.method, size: formatBytes(run.sizeBytes) };
}

function pingerOf(at: number): number {
  return 2 * at + 1;
}

function answererOf(at: number): number {
  return 2 * at + 2;
}

function* newestOf({ rounds }: RunRecord, most: number): Generator<TraceSample> {
  const all = rounds.reduce((sum, { samples }) => sum + samples.outcome.length, 0);
  let skip = Math.max(0, all - most);
  let sequence = 0;
  for (const { samples, beganNs } of rounds) {
    for (let at = 0; at < samples.outcome.length; at += 1) {
      sequence += 1;
      if (skip > 0) skip -= 1;
      else yield sampleAt(samples, at, sequence, beganNs);
    }
  }
}

/** Its times count from the beginning of its round; in a trace from that of the benchmark. */
function sampleAt(samples: Columns<'round'>, at: number, sequence: number, beganNs: number): TraceSample {
  const sample = readRoundSample(samples, at);
  const shifted = Object.entries(sample).map(([name, value]) => [
    name,
    SAMPLE_COLUMNS[name as keyof typeof sample].kind === 'time' ? (value as number) + beganNs : value,
  ]);
  return { ...(Object.fromEntries(shifted) as typeof sample), sequence };
}
