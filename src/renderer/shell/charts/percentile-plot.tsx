import { useMemo } from 'react';
import type { LineLook } from './line-spec';
import { LinePlot, type LinePlotProps } from './line-plot';
import type { PercentileAxis } from './percentile-axis';
import type { PlotCurve } from './plot-lines';

/** A percentile of a line, at its place on the axis (`axisPlace`). */
export interface PercentilePoint {
  place: number;
  ns: number;
}

interface Props extends Omit<LinePlotProps, 'curves' | 'x' | 'title'> {
  lines: readonly LineLook[];
  /** One for each line, from the left. */
  points: ReadonlyArray<readonly PercentilePoint[]>;
  /** Nanoseconds, for each line, where there is one. */
  floors?: ReadonlyArray<number | null>;
  axis: PercentileAxis;
}

/** The distribution of each line on HdrHistogram's axis. */
export function PercentilePlot({ lines, points, floors, axis, ...plot }: Props) {
  const curves = useMemo(() => percentileCurves(lines, points, floors), [lines, points, floors]);
  return <LinePlot {...plot} title="Percentiles of the round trip" curves={curves} x={axis} />;
}

export function percentileCurves(
  lines: readonly LineLook[],
  points: ReadonlyArray<readonly PercentilePoint[]>,
  floors: ReadonlyArray<number | null> = [],
): PlotCurve[] {
  return lines.map((line, index) => ({
    ...line,
    points: (points[index] ?? []).map(({ place, ns }) => ({ x: place, ns })),
    floorNs: floors[index] ?? null,
  }));
}
