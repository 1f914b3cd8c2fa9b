import { formatBytes, formatDuration } from '../format';
import type { BenchEnvironment } from './schema';

/** One fact of both environments, in words. */
export interface EnvironmentFact {
  name: string;
  before: string;
  after: string;
  differs: boolean;
  /** When it differs, the figures are of different things. Bulkhead's own version is what a comparison is often for. */
  decides: boolean;
}

type Fact = (before: BenchEnvironment, after: BenchEnvironment) => EnvironmentFact;

const DECIDES = true;

/** Of both environments, in the order in which they are shown. */
export const ENVIRONMENT_FACTS: readonly Fact[] = [
  fact('Began', ({ began_at }) => began_at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')),
  fact('Bulkhead', ({ bulkhead }) => bulkhead),
  fact('Electron', ({ electron }) => electron, DECIDES),
  fact('Chrome', ({ chrome }) => chrome),
  fact('Node.js', ({ node }) => node, DECIDES),
  fact('V8', ({ v8 }) => v8),
  fact('Runtime', ({ runtime_origin }) => runtime_origin),
  fact('System', ({ os }) => os, DECIDES),
  fact('CPU', ({ cpu }) => cpu, DECIDES),
  fact('Cores', ({ cores }) => String(cores), DECIDES),
  fact('Memory', ({ memory_bytes }) => formatBytes(memory_bytes)),
  fact('Sandboxed', ({ sandboxed }) => (sandboxed ? 'yes' : 'no'), DECIDES),
  fact('Load', ({ load_average }) => load_average.toFixed(2)),
  fact('Datagram queue', ({ max_dgram_qlen }) => String(max_dgram_qlen ?? '–')),
  fact('Clock', ({ clock }) => clock?.source ?? '–', DECIDES),
  fact('Clock step', ({ clock }) => formatDuration(clock?.resolution_ns ?? null)),
  fact('Clock cost', ({ clock }) => formatDuration(clock?.overhead_ns ?? null)),
  fact('Interrupted', ({ interrupted }) => (interrupted ? 'yes' : 'no')),
];

function fact(name: string, of: (environment: BenchEnvironment) => string, decides = false): Fact {
  return (before, after) => ({
    name,
    before: of(before),
    after: of(after),
    differs: of(before) !== of(after),
    decides,
  });
}
