import type { BenchResult, BenchRun } from './schema';
import { formatBytes, formatCount } from '../format';
import { paceOf, routeTitle } from './run-names';

/** What the figures are of, in one line: of the runs what they have in common, and the machine. */
export function environmentLine({ environment, runs }: BenchResult): string {
  const { bulkhead, electron, os, cpu, cores, began_at } = environment;
  const common = [
    ({ size }: BenchRun) => formatBytes(size),
    ({ placement }: BenchRun) => `placement ${placement}`,
    paceOf,
    ({ mode, cycles, rounds }: BenchRun) =>
      `${formatCount(cycles)} ${mode === 'closed' ? 'cycles' : 'pings'} in ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
    ({ route }: BenchRun) => routeTitle(route),
  ].flatMap((part) => {
    const values = new Set(runs.map(part));
    return values.size === 1 ? [...values] : [];
  });
  return [
    ...common,
    `Bulkhead ${bulkhead}`,
    // A plain process measured by `bulkhead ping` has none.
    ...(electron === '' ? [] : [`Electron ${electron}`]),
    os,
    `${cores} × ${cpu}`,
    began_at.slice(0, 10),
  ].join(' · ');
}
