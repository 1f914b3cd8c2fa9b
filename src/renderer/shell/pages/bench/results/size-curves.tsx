import { useMemo } from 'react';
import { LinePlot } from '../../../charts/line-plot';
import type { LinesProps } from './percentile-curves';
import { medianDomain, sizeAxis, sizeLines } from './size-lines';

/** The median against the size, both logarithmic: a line for each method, with the 95 % interval at every point. */
export function SizeCurves({ lines, ...plot }: LinesProps) {
  const curves = useMemo(() => sizeLines(lines), [lines]);
  const axis = useMemo(() => sizeAxis(lines.map(({ run }) => run)), [lines]);
  const domain = useMemo(() => medianDomain(lines.map(({ run }) => run)), [lines]);
  return (
    <LinePlot
      {...plot}
      title="Median of the round trip against the size, a line for each method"
      curves={curves}
      x={axis}
      domain={domain}
      latencyLabel="Median of the round trip"
      dotPx={2.5}
    />
  );
}
