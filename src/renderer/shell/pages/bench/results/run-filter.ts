import type { BenchRun } from '../../../../../shared/bench/schema';
import { formatBytes } from '../../../../../shared/format';
import { methodTitle, routeTitle } from '../../../../../shared/bench/run-names';

/** What runs are told apart by, filtered and grouped by. */
export const FACETS = [
  { id: 'method', name: 'Method', valueOf: ({ method }: BenchRun) => method, text: methodTitle },
  { id: 'route', name: 'Route', valueOf: ({ route }: BenchRun) => route, text: routeTitle },
  {
    id: 'size',
    name: 'Size',
    valueOf: ({ size }: BenchRun) => String(size),
    text: (size: string) => formatBytes(Number(size)),
  },
] as const;
export type Facet = (typeof FACETS)[number]['id'];

export interface RunFilter {
  /** Of each facet the value that runs must have; one that is absent lets every run pass. */
  only: Partial<Record<Facet, string>>;
  groupBy: Facet | null;
}

export const NO_FILTER: RunFilter = { only: {}, groupBy: null };

/** The facets in which runs differ, with the values that they have, in the runs' order. */
export function choicesOf(runs: readonly BenchRun[]): { facet: (typeof FACETS)[number]; values: string[] }[] {
  return FACETS.map((facet) => ({ facet, values: [...new Set(runs.map(facet.valueOf))] })).filter(
    ({ values }) => values.length > 1,
  );
}

export function passes({ only }: RunFilter, run: BenchRun): boolean {
  return FACETS.every(({ id, valueOf }) => only[id] === undefined || only[id] === valueOf(run));
}

/** What stands over a run's group; null when runs are not grouped. */
export function groupOf({ groupBy }: RunFilter, run: BenchRun): string | null {
  const facet = FACETS.find(({ id }) => id === groupBy);
  return facet === undefined ? null : facet.text(facet.valueOf(run));
}

/** Groups one after the other, in the order of their first members; the order within each stays. */
export function grouped<T>(items: readonly T[], runOf: (item: T) => BenchRun, filter: RunFilter): T[] {
  const groups = new Map<string | null, T[]>();
  for (const item of items) {
    const group = groupOf(filter, runOf(item));
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [item]);
    else members.push(item);
  }
  return [...groups.values()].flat();
}
