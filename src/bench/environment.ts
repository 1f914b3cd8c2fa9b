import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { RunRecord } from '../shared/bench/result';
import { worstClock } from '../shared/bench/result';
import type { BenchEnvironment } from '../shared/bench/schema';
import type { Environment } from '../shared/snapshot';
import { CLOCK_SOURCE } from '../node/clock';

/** What is known before anything is measured. */
export type Surroundings = Omit<BenchEnvironment, 'interrupted' | 'clock'>;

export function surroundingsOf(environment: Environment): Surroundings {
  return {
    began_at: new Date().toISOString(),
    bulkhead: environment.bulkhead,
    electron: environment.electron,
    chrome: environment.chrome,
    node: environment.node,
    v8: environment.v8,
    runtime_origin: environment.runtimeOrigin,
    os: environment.os,
    cpu: environment.cpu,
    cores: environment.cores,
    memory_bytes: environment.memoryBytes,
    sandboxed: environment.sandboxed,
    load_average: loadavg()[0] ?? 0,
    max_dgram_qlen: datagramQueueLength(),
  };
}

export function environmentOf(
  surroundings: Surroundings,
  records: readonly RunRecord[],
  interrupted: boolean,
): BenchEnvironment {
  const rounds = records.flatMap((record) => record.rounds);
  const { resolutionNs, overheadNs } = worstClock(rounds);
  return {
    ...surroundings,
    interrupted,
    clock: rounds.length === 0 ? null : { source: CLOCK_SOURCE, resolution_ns: resolutionNs, overhead_ns: overheadNs },
  };
}

function datagramQueueLength(): number | null {
  try {
    return Number(readFileSync('/proc/sys/net/unix/max_dgram_qlen', 'utf8'));
  } catch {
    return null;
  }
}
