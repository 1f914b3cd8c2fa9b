import { useMemo } from 'react';
import type { ChartTheme } from '../../../charts/chart-theme';
import { distributionAxis } from '../../../charts/percentile-axis';
import { PercentilePlot } from '../../../charts/percentile-plot';
import type { ResultLine } from './result-lines';
import { latencyDomain, percentilePointsOf } from './run-figures';

export interface LinesProps {
  width: number;
  height: number;
  /** Of runs with figures. */
  lines: readonly ResultLine[];
  theme: ChartTheme;
  /** The id of a run. */
  highlighted: string | null;
  interactive: boolean;
}

/** The distribution of each run, with its floor. */
export function PercentileCurves({ lines, ...plot }: LinesProps) {
  const points = useMemo(() => lines.map(({ run }) => percentilePointsOf(run)), [lines]);
  const floors = useMemo(() => lines.map(({ run }) => run.floor_ns?.p50 ?? null), [lines]);
  const axis = useMemo(() => distributionAxis(points), [points]);
  const domain = useMemo(() => latencyDomain(lines.map(({ run }) => run)), [lines]);
  return <PercentilePlot {...plot} lines={lines} points={points} floors={floors} axis={axis} domain={domain} />;
}
