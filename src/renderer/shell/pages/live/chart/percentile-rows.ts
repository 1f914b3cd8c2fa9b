import { shownPercentile } from '../../../../../shared/measure/percentile-samples';
import type { ChannelView, Percentiles } from '../../../../../shared/snapshot';
import type { Timing } from '../series/chart-windows';

/** One percentile over all visible channels, microseconds. */
export interface PercentileRow {
  name: string;
  values: (number | null)[];
}

export const PERCENTILE_COLUMNS = [
  ['p50', 'p50'],
  ['p90', 'p90'],
  ['p99', 'p99'],
  ['p999', 'p99.9'],
  ['max', 'max'],
] as const satisfies readonly (readonly [keyof Percentiles, string])[];

export function percentilesOf(channel: ChannelView, timing: Timing): Percentiles | null {
  return timing === 'sent' ? channel.stats.fromSent : channel.stats.fromIntended;
}

function micros(ns: number | null): number | null {
  return ns === null ? null : ns / 1000;
}

export function percentileRows(channels: readonly ChannelView[], timing: Timing): PercentileRow[] {
  const all = channels.map((channel) => percentilesOf(channel, timing));
  return PERCENTILE_COLUMNS.map(([key, name]) => ({ name, values: all.map((p) => micros(shownPercentile(p, key))) }));
}

/** Smallest and largest value, µs; Infinity and −Infinity when there is none. */
export function percentileExtent(rows: readonly PercentileRow[]): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const row of rows) {
    for (const value of row.values) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}
