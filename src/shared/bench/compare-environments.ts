import { formatBytes, formatDuration } from '../format';
import type { BenchEnvironment } from './schema';

type Bearing = 'decides' | 'notable' | 'none';

/** One fact of both environments, in words. */
export interface EnvironmentFact {
  name: string;
  before: string;
  after: string;
  differs: boolean;
  /**
   * What a difference means. `decides`: the figures are of different things. `notable`: worth a mark; Bulkhead's own
   * version is what a comparison is often for. `none`: it hardly ever is the same.
   */
  bearing: Bearing;
}

type Fact = (before: BenchEnvironment, after: BenchEnvironment) => EnvironmentFact;

/** Of both environments, in the order in which they are shown. */
export const ENVIRONMENT_FACTS: readonly Fact[] = [
  fact('Began', ({ began_at }) => began_at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC'), 'none'),
  fact('Bulkhead', ({ bulkhead }) => bulkhead),
  fact('Electron', ({ electron }) => electron, 'decides'),
  fact('Chrome', ({ chrome }) => chrome),
  fact('Node.js', ({ node }) => node, 'decides'),
  fact('V8', ({ v8 }) => v8),
  fact('Runtime', ({ runtime_origin }) => runtime_origin),
  fact('System', ({ os }) => os, 'decides'),
  fact('CPU', ({ cpu }) => cpu, 'decides'),
  fact('Cores', ({ cores }) => String(cores), 'decides'),
  fact('Memory', ({ memory_bytes }) => formatBytes(memory_bytes)),
  fact('Sandboxed', ({ sandboxed }) => (sandboxed ? 'yes' : 'no'), 'decides'),
  fact('Load', ({ load_average }) => load_average.toFixed(2), 'none'),
  fact('Datagram queue', ({ max_dgram_qlen }) => String(max_dgram_qlen ?? '–')),
  fact('Clock', ({ clock }) => clock?.source ?? '–', 'decides'),
  fact('Clock step', ({ clock }) => formatDuration(clock?.resolution_ns ?? null), 'none'),
  fact('Clock cost', ({ clock }) => formatDuration(clock?.overhead_ns ?? null), 'none'),
  fact('Interrupted', ({ interrupted }) => (interrupted ? 'yes' : 'no')),
];

function fact(name: string, of: (environment: BenchEnvironment) => string, bearing: Bearing = 'notable'): Fact {
  return (before, after) => ({
    name,
    before: of(before),
    after: of(after),
    differs: of(before) !== of(after),
    bearing,
  });
}
