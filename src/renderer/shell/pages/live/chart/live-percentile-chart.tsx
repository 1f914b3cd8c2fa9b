import { useMemo, useState } from 'react';
import { figuresAxis } from '../../../charts/percentile-axis';
import { PercentilePlot } from '../../../charts/percentile-plot';
import { useChartTheme } from '../../../charts/use-chart-theme';
import type { Size } from '../../../ui/use-element-size';
import { useShell } from '../../../store/shell-store';
import { percentileExtent, percentilePoints, percentilesAxisLabel } from './percentile-rows';
import { useShownChannels } from './use-shown-channels';
import { snapDomain, SteadyDomain } from '../../../charts/y-domain';

/** The percentile chart that follows the snapshots, twice a second. */
export function LivePercentileChart({ width, height }: Size) {
  const scale = useShell((s) => s.scale);
  const timing = useShell((s) => s.timing);
  const { channels, lines, highlighted } = useShownChannels();
  const theme = useChartTheme();
  const label = useShell(percentilesAxisLabel);
  const axis = useMemo(() => figuresAxis(label), [label]);
  const nowNs = useShell((s) => s.snapshot?.nowNs ?? 0);
  const [steady] = useState(() => new SteadyDomain());
  const points = useMemo(() => percentilePoints(channels, timing), [channels, timing]);
  const domain = steady.update(scale, snapDomain(scale, ...percentileExtent(points)), nowNs / 1e6);
  return (
    <PercentilePlot
      width={width}
      height={height}
      lines={lines}
      points={points}
      axis={axis}
      scale={scale}
      domain={domain}
      theme={theme}
      highlighted={highlighted}
      dotPx={2.5}
      interactive
      // Under the chart: over it, it would hide what it tells of.
      tooltipAt={{ y: height }}
    />
  );
}
