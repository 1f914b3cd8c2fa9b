import type { BenchRun } from './schema';
import { boundMark, figureNs, ratioOf, ratioText, whyNoFigure } from './certainty';
import { formatBytes, formatCount, microsDigits } from '../format';
import { methodTitle, routeTitle } from './run-names';

export interface RunColumn {
  id: string;
  head: string;
  /** Stands small behind the head. */
  unit?: string;
  title: string;
  /** What rows are sorted by; null stays at the end. */
  order(run: BenchRun): number | string | null;
  text(run: BenchRun): string;
  /** Why there is no figure where there could be one, or null. */
  whyNot?(run: BenchRun): string | null;
}

/** What a run is, before its figures. */
export const NAME_COLUMNS: readonly RunColumn[] = [
  { id: 'method', head: 'Method', title: 'How the bytes cross', order: titleOf, text: titleOf },
  {
    id: 'route',
    head: 'Route',
    title: 'From which kind of process to which, the pinging one first',
    order: ({ route }) => route,
    text: ({ route }) => routeTitle(route),
  },
  {
    id: 'size',
    head: 'Size',
    title: 'Payload; the frame has 24 bytes more',
    order: ({ size }) => size,
    text: ({ size }) => formatBytes(size),
  },
];

/** The key figures first, which a narrow window shows as well; what comes after `lost` may have to be scrolled to. */
export const FIGURE_COLUMNS: readonly RunColumn[] = [
  micros('p50', 'Median of the round trips', ({ rtt_ns: rtt }) => rtt?.p50),
  {
    id: 'interval',
    head: '95 %',
    unit: 'µs',
    title: '95 % confidence interval of the median; it covers how the rounds differ (cluster bootstrap)',
    order: ({ detail }) => detail?.p50_ci95_ns?.low ?? null,
    text: (run) => {
      const interval = run.detail?.p50_ci95_ns ?? null;
      return interval === null ? '–' : `${bounded(run, interval.low)} – ${bounded(run, interval.high)}`;
    },
  },
  tail('p99', '99 % take at most so long', 'p99'),
  {
    id: 'ratio',
    head: 'ratio',
    title:
      'Median ÷ floor at the same rate, and its 95 % interval; where a result of an earlier version lacks either, there is none',
    order: (run) => ratioOf(run)?.ratio ?? null,
    text: ratioText,
  },
  {
    id: 'lost',
    head: 'lost',
    title: 'Pings that were not answered in time',
    order: ({ lost }) => lost,
    text: ({ lost }) => formatCount(lost),
  },
  {
    id: 'skipped',
    head: 'not sent',
    title: 'Pings that were due, or still to come when the run broke off, and were not sent',
    order: ({ skipped }) => skipped,
    text: ({ skipped }) => formatCount(skipped),
  },
  {
    ...micros('floor', 'Median of the kernel alone, without JavaScript', ({ floor_ns: floor }) => floor?.p50),
    text: ({ floor_ns: floor }) => microsDigits(floor?.p50 ?? null),
  },
  {
    id: 'spread',
    head: 'spread',
    title: "How far the rounds' medians lie apart. A difference smaller than that is none.",
    order: ({ detail }) => detail?.spread_p50 ?? null,
    text: ({ detail }) => percent(detail?.spread_p50 ?? null),
  },
  {
    id: 'cpu',
    head: 'CPU',
    unit: 'µs',
    title: 'Processor time of both ends, whole processes, for one round trip',
    order: ({ detail }) => detail?.cpu_ns_per_round_trip ?? null,
    text: ({ detail }) => microsDigits(detail?.cpu_ns_per_round_trip ?? null),
  },
  {
    id: 'switches',
    head: 'switches',
    title: 'Context switches of both ends for one round trip',
    order: ({ detail }) => detail?.switches_per_round_trip ?? null,
    text: ({ detail }) => detail?.switches_per_round_trip?.toFixed(1) ?? '–',
  },
  tail('p90', '90 % take at most so long', 'p90'),
  tail('p99.9', '99.9 % take at most so long', 'p99_9'),
  micros('max', 'The slowest', ({ rtt_ns: rtt }) => rtt?.max),
  {
    id: 'rate',
    head: 'per s',
    title: 'Answered pings per second',
    order: ({ per_second }) => per_second,
    text: ({ per_second }) => (per_second === null ? '–' : formatCount(per_second)),
  },
];

export const RUN_COLUMNS = [...NAME_COLUMNS, ...FIGURE_COLUMNS];

export interface Sorting {
  column: string;
  descending: boolean;
}

/** The next state of a column whose head was pressed: upwards, downwards, the given order again. */
export function nextSorting(sorting: Sorting | null, column: string): Sorting | null {
  if (sorting?.column !== column) return { column, descending: false };
  return sorting.descending ? null : { column, descending: true };
}

/** Stable; what has no value stays at the end either way. */
export function sortedBy<T>(items: readonly T[], runOf: (item: T) => BenchRun, sorting: Sorting | null): T[] {
  const column = RUN_COLUMNS.find(({ id }) => id === sorting?.column);
  if (sorting === null || column === undefined) return [...items];
  const sign = sorting.descending ? -1 : 1;
  return items.toSorted((one, other) => {
    const a = column.order(runOf(one));
    const b = column.order(runOf(other));
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return typeof a === 'number' && typeof b === 'number'
      ? sign * (a - b)
      : sign * String(a).localeCompare(String(b), 'en');
  });
}

export function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}\u202f%`;
}

function micros(id: string, title: string, of: (run: BenchRun) => number | undefined): RunColumn {
  return {
    id,
    head: id,
    unit: 'µs',
    title,
    order: (run) => of(run) ?? null,
    text: (run) => bounded(run, of(run) ?? null),
  };
}

/** A percentile: of too few samples there is none. */
function tail(id: string, title: string, metric: 'p90' | 'p99' | 'p99_9'): RunColumn {
  return {
    ...micros(id, title, (run) => figureNs(run, metric) ?? undefined),
    whyNot: (run) => whyNoFigure(run, metric),
  };
}

/** In µs, marked where it is a lower bound. */
function bounded(run: BenchRun, ns: number | null): string {
  return ns === null ? '–' : `${boundMark(run, ns)}${microsDigits(ns)}`;
}

function titleOf({ method }: BenchRun): string {
  return methodTitle(method);
}
