import { formatBytes, formatCount } from '../format';
import { type TransportInfo, TRANSPORTS } from '../transport-catalog';
import type { BenchRun } from './schema';

/** What a run is called. */

/** A method of another version keeps its id. */
export function methodTitle(method: string): string {
  return (TRANSPORTS as Record<string, TransportInfo | undefined>)[method]?.title ?? method;
}

/** `plugin-browser` as people read it, the pinging one first. */
export function routeTitle(route: string): string {
  return route.replaceAll('-', ' → ');
}

export function paceOf({ mode, detail }: BenchRun): string {
  if (mode === 'closed') return 'closed loop';
  const rate = detail?.rate_per_second ?? null;
  return rate === null ? 'open loop' : `open loop, ${formatCount(rate)} per second`;
}

/** The method, and of the rest only what tells its runs apart. */
export function labelOf(run: BenchRun, runs: readonly BenchRun[]): string {
  const parts = [sizeOf, ({ route }: BenchRun) => routeTitle(route), ({ placement }: BenchRun) => placement, paceOf];
  const needed = parts.filter((part) => valuesOf(part, run.method, runs) > 1);
  return [methodTitle(run.method), ...needed.map((part) => part(run))].join(' · ');
}

function sizeOf({ size }: BenchRun): string {
  return formatBytes(size);
}

/** At how many of these a method was measured. */
function valuesOf(part: (run: BenchRun) => string, method: string, runs: readonly BenchRun[]): number {
  return new Set(runs.filter((run) => run.method === method).map(part)).size;
}
