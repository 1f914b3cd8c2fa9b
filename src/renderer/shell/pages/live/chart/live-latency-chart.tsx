import { useState, useSyncExternalStore } from 'react';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { CHART_WINDOWS } from '../series/chart-windows';
import { useFloors } from './use-floors';
import { selectEvents } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import type { Size } from '../../../ui/use-element-size';
import { bandIndex, placeOf } from './chart-model';
import { LatencyPlot } from './latency-plot';
import { LatencySource, type LatencyInputs } from './latency-source';
import { useShownChannels } from './use-shown-channels';

/** The latency chart that follows the feed, ten times a second: its layers do, and nothing renders with them. */
export function LiveLatencyChart({ width, height }: Size) {
  const stretch = useShell((s) => s.stretch);
  const frozen = useShell((s) => s.stretch?.view ?? s.frozen);
  const window = useShell((s) => s.stretch?.window ?? CHART_WINDOWS[s.window]);
  const scale = useShell((s) => s.scale);
  const timing = useShell((s) => s.timing);
  const ratePerSecond = useShell((s) => s.snapshot?.settings.ratePerSecond ?? 20);
  const events = useShell(selectEvents);
  const { channels, lines, highlighted, struck } = useShownChannels();
  const floors = useFloors(channels);
  const theme = useChartTheme();
  const band = bandIndex(lines, highlighted);
  const inputs: LatencyInputs = { frozen, lines, window, timing, ratePerSecond, scale, band, floors };
  const [source] = useState(() => new LatencySource(inputs));
  source.configure(inputs);
  const domain = useSyncExternalStore(source.subscribe, source.domain);

  return (
    <LatencyPlot
      width={width}
      height={height}
      source={source}
      lines={lines}
      events={events}
      floors={floors}
      window={window}
      absolute={stretch !== null}
      scale={scale}
      domain={domain}
      theme={theme}
      band={band}
      highlighted={placeOf(lines, highlighted)}
      struck={struck}
      interactive
    />
  );
}
