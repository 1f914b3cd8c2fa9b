import type { ChannelView, Percentiles } from '../../../../../shared/snapshot';
import type { Timing } from '../series/chart-windows';
import type { StretchSeries } from '../series/stretch';
import { stretchText } from './time-axis';

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

/** What the percentiles are of, in words. */
export function percentilesSpan({ stretch }: { stretch: StretchSeries | null }): string {
  return stretch === null ? 'the last 30 s' : stretchText(stretch);
}

export function percentileRows(channels: readonly ChannelView[], timing: Timing): PercentileRow[] {
  const all = channels.map((channel) => percentilesOf(channel, timing));
  return PERCENTILE_COLUMNS.map(([key, name]) => ({ name, values: all.map((p) => (p ? p[key] / 1000 : null)) }));
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
