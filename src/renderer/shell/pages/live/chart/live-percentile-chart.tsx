import { useMemo, useState } from 'react';
import { useChartTheme } from '../../../charts/use-chart-theme';
import type { Size } from '../../../ui/use-element-size';
import { useShell } from '../../../store/shell-store';
import { placeOf } from './chart-model';
import { PercentilePlot } from './percentile-plot';
import { percentileExtent, percentileRows, percentilesSpan } from './percentile-rows';
import { useShownChannels } from './use-shown-channels';
import { snapDomain, SteadyDomain } from '../../../charts/y-domain';

/** The percentile chart that follows the snapshots, twice a second. */
export function LivePercentileChart({ width, height }: Size) {
  const scale = useShell((s) => s.scale);
  const timing = useShell((s) => s.timing);
  const { channels, lines, highlighted } = useShownChannels();
  const theme = useChartTheme();
  const span = useShell(percentilesSpan);
  const nowNs = useShell((s) => s.snapshot?.nowNs ?? 0);
  const [steady] = useState(() => new SteadyDomain());
  const rows = useMemo(() => percentileRows(channels, timing), [channels, timing]);
  const domain = steady.update(scale, snapDomain(scale, ...percentileExtent(rows)), nowNs / 1e6);
  return (
    <PercentilePlot
      width={width}
      height={height}
      rows={rows}
      span={span}
      lines={lines}
      scale={scale}
      domain={domain}
      theme={theme}
      highlighted={placeOf(lines, highlighted)}
      interactive
    />
  );
}
