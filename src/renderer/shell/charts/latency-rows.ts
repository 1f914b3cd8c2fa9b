import type { Bucket } from '../series/bucket-ring';
import { CHART_WINDOWS, type ChartWindowId, type Timing } from '../series/chart-windows';
import { medianOf } from '../series/median';
import type { SeriesView } from '../series/series-store';

/** One point in time of the latency chart; the arrays have one place per visible channel. Microseconds. */
export interface LatencyRow {
  /** Seconds before now, negative. */
  x: number;
  median: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
  answered: number[];
  lost: number[];
}

export interface LatencyRows {
  rows: LatencyRow[];
  /** Smallest and largest median in view; Infinity and −Infinity when there is none. */
  lowMedian: number;
  highMedian: number;
}

/** A bucket should hold about two pings, or a line at a low rate falls apart into points. */
const PINGS_PER_POINT = 2;

/** The rows of the chart's window, oldest first. `ratePerSecond` decides how many buckets make one point. */
export function latencyRows(
  view: SeriesView,
  channelIds: readonly string[],
  window: ChartWindowId,
  timing: Timing,
  ratePerSecond: number,
): LatencyRows {
  const { spanNs, bucketNs } = CHART_WINDOWS[window];
  const merge = Math.max(1, Math.ceil(PINGS_PER_POINT / ((ratePerSecond * bucketNs) / 1e9)));
  const pointNs = bucketNs * merge;
  const rings = channelIds.map((id) => view.ring(id, window));
  const result: LatencyRows = { rows: [], lowMedian: Infinity, highMedian: -Infinity };
  // One point more on the left, so that the line reaches the edge (the plot clips it).
  const first = Math.max(0, Math.floor((view.nowNs - spanNs) / pointNs) - 1);
  const last = Math.floor(view.nowNs / pointNs - 0.5);
  for (let point = first; point <= last; point += 1) {
    const row: LatencyRow = {
      x: ((point + 0.5) * pointNs - view.nowNs) / 1e9,
      median: [],
      low: [],
      high: [],
      answered: [],
      lost: [],
    };
    for (const ring of rings) {
      const merged = readMerged((number, into) => ring?.read(number, timing, into) ?? false, point * merge, merge);
      const median = micros(merged.medianNs);
      row.median.push(median);
      row.low.push(micros(merged.minNs));
      row.high.push(micros(merged.maxNs));
      row.answered.push(merged.answered);
      row.lost.push(merged.lost);
      if (median !== null && row.x >= -spanNs / 1e9) {
        result.lowMedian = Math.min(result.lowMedian, median);
        result.highMedian = Math.max(result.highMedian, median);
      }
    }
    // recharts' store freezes whatever it is given, deeply, unless it is frozen already.
    result.rows.push(Object.freeze(row));
  }
  Object.freeze(result.rows);
  return result;
}

const one: Bucket = { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN };

function readMerged(read: (number: number, into: Bucket) => boolean, first: number, count: number): Bucket {
  const sum: Bucket = { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN };
  const medians: number[] = [];
  for (let number = first; number < first + count; number += 1) {
    if (!read(number, one)) continue;
    sum.answered += one.answered;
    sum.lost += one.lost;
    if (one.answered === 0) continue;
    medians.push(one.medianNs);
    if (!(sum.minNs <= one.minNs)) sum.minNs = one.minNs;
    if (!(sum.maxNs >= one.maxNs)) sum.maxNs = one.maxNs;
  }
  sum.medianNs = medianOf(medians);
  return sum;
}

function micros(ns: number): number | null {
  return Number.isNaN(ns) ? null : ns / 1000;
}
