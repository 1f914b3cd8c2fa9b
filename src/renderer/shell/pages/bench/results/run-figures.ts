import type { BenchRun } from '../../../../../shared/bench/schema';
import { figureNs } from '../../../../../shared/bench/certainty';
import { axisPlace } from '../../../charts/percentile-axis';
import type { PercentilePoint } from '../../../charts/percentile-plot';
import { toMicros } from '../../../charts/plot-lines';
import { snapDomain, type Domain } from '../../../charts/y-domain';

/** All in nanoseconds. */
export interface BoxFigures {
  min: number;
  /** 1st percentile; of a run that was saved without its distribution, or has too few samples for one, the minimum. */
  low: number;
  /** Quartiles; null when they aren't known. */
  q1: number | null;
  median: number;
  q3: number | null;
  /** 99th percentile; null when there are too few samples for one. */
  high: number | null;
  max: number;
}

export interface CurvePoint {
  /** 0 to below 1. */
  fraction: number;
  ns: number;
}

/** Null when nothing was answered. */
export function boxOf(run: BenchRun): BoxFigures | null {
  const { rtt_ns: rtt, detail } = run;
  if (rtt === null) return null;
  const { min, p50, max } = rtt;
  const high = figureNs(run, 'p99');
  const distribution = detail?.distribution ?? null;
  const quartiles =
    distribution === null ? quartilesOfFences(detail) : { q1: distribution.p25_ns, q3: distribution.p75_ns };
  // The first percentile takes as many samples as the 99th.
  const low = high === null ? min : (distribution?.p1_ns ?? min);
  return { min, low, ...quartiles, median: p50, high, max };
}

/** Tukey's outer fences lie 3 interquartile ranges beyond the quartiles: 7 from one to the other. */
function quartilesOfFences(detail: BenchRun['detail']): { q1: number | null; q3: number | null } {
  if (detail === null || detail.outliers === null) return { q1: null, q3: null };
  const { low_fence_ns: low, high_fence_ns: high } = detail.outliers;
  const reach = ((high - low) / 7) * 3;
  return { q1: low + reach, q3: high - reach };
}

/** From the minimum to the maximum, which stands where the last sample is told from the one before it. */
export function curveOf({ rtt_ns: rtt, detail }: BenchRun): CurvePoint[] {
  if (rtt === null) return [];
  const rows = detail?.distribution?.rows.filter(({ fraction }) => fraction < 1) ?? [];
  if (rows.length > 0) return rows;
  const last = 1 - 1 / Math.max(1, detail?.samples ?? 1);
  const figures: CurvePoint[] = [
    { fraction: 0, ns: rtt.min },
    { fraction: 0.5, ns: rtt.p50 },
    { fraction: 0.9, ns: rtt.p90 },
    { fraction: 0.99, ns: rtt.p99 },
    { fraction: 0.999, ns: rtt.p99_9 },
  ];
  return [...figures.filter(({ fraction }) => fraction < last), { fraction: last, ns: rtt.max }];
}

/** The same on the axis of percentiles. */
export function percentilePointsOf(run: BenchRun): PercentilePoint[] {
  return curveOf(run).map(({ fraction, ns }) => ({ place: axisPlace(fraction), ns }));
}

/** Whether a run's plots are drawn from its few figures alone, because it was saved before there were distributions. */
export function isCoarse({ rtt_ns: rtt, detail }: BenchRun): boolean {
  return rtt !== null && (detail?.distribution?.rows.length ?? 0) === 0;
}

/** A logarithmic axis (µs) for everything that a plot shows of these runs, floors included. */
export function latencyDomain(runs: readonly BenchRun[]): Domain {
  const values = runs.flatMap(({ rtt_ns: rtt, floor_ns: floor }) =>
    rtt === null ? [] : [rtt.min, rtt.max, ...(floor === null ? [] : [floor.p50])],
  );
  return snapDomain('log', toMicros(Math.min(...values)), toMicros(Math.max(...values)));
}
