import { shownPercentile } from '../../../../../shared/measure/percentile-samples';
import type { ChannelView, Percentiles } from '../../../../../shared/snapshot';
import { MAXIMUM_PLACE } from '../../../charts/percentile-axis';
import type { PercentilePoint } from '../../../charts/percentile-plot';
import type { Timing } from '../series/chart-windows';
import type { StretchSeries } from '../series/stretch';
import { stretchText } from './time-axis';

export const PERCENTILE_COLUMNS = [
  ['p50', 'p50'],
  ['p90', 'p90'],
  ['p99', 'p99'],
  ['p999', 'p99.9'],
  ['max', 'max'],
] as const satisfies readonly (readonly [keyof Percentiles, string])[];

const PLACES: Record<(typeof PERCENTILE_COLUMNS)[number][0], number> = {
  p50: 2,
  p90: 10,
  p99: 100,
  p999: 1000,
  max: MAXIMUM_PLACE,
};

export function percentilesOf(channel: ChannelView, timing: Timing): Percentiles | null {
  return timing === 'sent' ? channel.stats.fromSent : channel.stats.fromIntended;
}

/** Of each channel the figures that it has, from the median to the maximum. */
export function percentilePoints(channels: readonly ChannelView[], timing: Timing): PercentilePoint[][] {
  return channels.map((channel) =>
    PERCENTILE_COLUMNS.flatMap(([key]) => {
      const ns = shownPercentile(percentilesOf(channel, timing), key);
      return ns === null ? [] : [{ place: PLACES[key], ns }];
    }),
  );
}

/** What the percentiles are of, in words. */
export function percentilesSpan({ stretch }: { stretch: StretchSeries | null }): string {
  return stretch === null ? 'the last 30 s' : stretchText(stretch);
}

/** Of the axis that they stand on. */
export function percentilesAxisLabel(of: { stretch: StretchSeries | null }): string {
  return `Percentile of ${percentilesSpan(of)}`;
}

/** Smallest and largest value, µs; Infinity and −Infinity when there is none. */
export function percentileExtent(points: ReadonlyArray<readonly PercentilePoint[]>): [low: number, high: number] {
  const micros = points.flat().map(({ ns }) => ns / 1000);
  return [Math.min(...micros), Math.max(...micros)];
}
