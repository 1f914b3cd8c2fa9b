import { useMemo, useState } from 'react';
import { useChartTheme } from '../hooks/use-chart-theme';
import { useSeriesView } from '../series/live-series';
import { selectEvents } from '../store/selectors';
import { useShell } from '../store/shell-store';
import type { Size } from '../hooks/use-element-size';
import { bandIndex, markedEvents, placeOf } from './chart-model';
import { LatencyPlot } from './latency-plot';
import { latencyRows, type LatencyRow } from './latency-rows';
import { useShownChannels } from './use-shown-channels';
import { snapDomain, SteadyDomain } from './y-domain';

/** The latency chart that follows the feed, ten times a second. Nothing around it renders with it. */
export function LiveLatencyChart({ width, height }: Size) {
  const frozen = useShell((s) => s.frozen);
  const window = useShell((s) => s.window);
  const scale = useShell((s) => s.scale);
  const timing = useShell((s) => s.timing);
  const rate = useShell((s) => s.snapshot?.settings.ratePerSecond ?? 20);
  const allEvents = useShell(selectEvents);
  const { lines, highlighted } = useShownChannels();
  const theme = useChartTheme();
  const view = useSeriesView(frozen);
  const [steady] = useState(() => new SteadyDomain());

  const { rows, lowMedian, highMedian } = useMemo(
    () =>
      latencyRows(
        view,
        lines.map((line) => line.id),
        window,
        timing,
        rate,
      ),
    [view, lines, window, timing, rate],
  );
  const events = useMemo(() => markedEvents(allEvents, view.nowNs, window), [allEvents, view, window]);
  const band = bandIndex(lines, highlighted);
  // A line shown alone makes room for its band; one that is only pointed at must not move the axis.
  const [low, high] =
    band === null || lines.length > 1 ? [lowMedian, highMedian] : bandExtent(rows, band, lowMedian, highMedian);
  const domain = steady.update(scale, snapDomain(scale, low, high), view.nowNs / 1e6);

  return (
    <LatencyPlot
      width={width}
      height={height}
      rows={rows}
      lines={lines}
      events={events}
      window={window}
      scale={scale}
      domain={domain}
      theme={theme}
      band={band}
      highlighted={placeOf(lines, highlighted)}
      interactive
    />
  );
}

/** The extent of all medians and of one line's minima and maxima, µs. */
export function bandExtent(rows: readonly LatencyRow[], band: number, low: number, high: number): [number, number] {
  let [bottom, top] = [low, high];
  for (const row of rows) {
    bottom = Math.min(bottom, row.low[band] ?? Infinity);
    top = Math.max(top, row.high[band] ?? -Infinity);
  }
  return [bottom, top];
}
