import type { BenchResult } from '../../../../shared/bench/schema';
import { formatBytes, formatCount } from '../../../../shared/format';
import { paceOf, routeTitle } from './result-lines';

/** What the figures are of, in one line: the machine, and of the runs what they have in common. */
export function environmentLine({ environment, runs }: BenchResult): string {
  const { bulkhead, electron, os, cpu, cores, began_at } = environment;
  const common = [
    ({ route }: (typeof runs)[number]) => routeTitle(route),
    ({ size }: (typeof runs)[number]) => formatBytes(size),
    ({ placement }: (typeof runs)[number]) => `placement ${placement}`,
    paceOf,
    ({ cycles, rounds }: (typeof runs)[number]) =>
      `${formatCount(cycles)} cycles in ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
  ].flatMap((part) => {
    const values = new Set(runs.map(part));
    return values.size === 1 ? [...values] : [];
  });
  return [
    `Bulkhead ${bulkhead}`,
    // A plain process measured by `bulkhead ping` has none.
    ...(electron === '' ? [] : [`Electron ${electron}`]),
    os,
    `${cores} × ${cpu}`,
    ...common,
    began_at.slice(0, 10),
  ].join(' · ');
}
