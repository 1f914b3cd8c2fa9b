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
  fact('began', ({ began_at }) => began_at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')),
  fact('bulkhead', ({ bulkhead }) => bulkhead),
  fact('electron', ({ electron }) => electron, DECIDES),
  fact('chrome', ({ chrome }) => chrome),
  fact('node', ({ node }) => node, DECIDES),
  fact('v8', ({ v8 }) => v8),
  fact('runtime', ({ runtime_origin }) => runtime_origin),
  fact('os', ({ os }) => os, DECIDES),
  fact('cpu', ({ cpu }) => cpu, DECIDES),
  fact('cores', ({ cores }) => String(cores), DECIDES),
  fact('memory', ({ memory_bytes }) => formatBytes(memory_bytes)),
  fact('sandboxed', ({ sandboxed }) => (sandboxed ? 'yes' : 'no'), DECIDES),
  fact('load', ({ load_average }) => load_average.toFixed(2)),
  fact('datagram queue', ({ max_dgram_qlen }) => String(max_dgram_qlen ?? '–')),
  fact('clock', ({ clock }) => clock?.source ?? '–', DECIDES),
  fact('clock step', ({ clock }) => formatDuration(clock?.resolution_ns ?? null)),
  fact('clock cost', ({ clock }) => formatDuration(clock?.overhead_ns ?? null)),
  fact('interrupted', ({ interrupted }) => (interrupted ? 'yes' : 'no')),
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
