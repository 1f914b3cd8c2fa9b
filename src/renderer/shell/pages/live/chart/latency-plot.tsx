import { useMemo } from 'react';
import { CartesianGrid, ComposedChart, Tooltip, XAxis } from 'recharts';
import { CHART_WINDOWS, type ChartWindowId } from '../series/chart-windows';
import { CARRIER } from '../../../charts/carrier';
import { latencyAxis } from '../../../charts/latency-axis';
import type { ScaleKind } from '../../../charts/y-domain';
import { axisLabel, markerRows, plotMargin, tickStyle, X_AXIS_PX } from '../../../charts/axis-style';
import type { ChartTheme } from '../../../charts/chart-theme';
import { ChartKey } from './chart-key';
import { ChannelLines } from './channel-lines';
import type { LabEvent } from '../../../../../shared/events';
import { endLabelRoom } from '../../../charts/end-label-layout';
import { EndLabels } from './end-labels';
import { EventMarkers } from './event-markers';
import type { FloorLine } from './floor-layout';
import { FloorLines } from './floor-lines';
import { TOOLTIP_STYLE } from '../../../charts/tooltip-frame';
import { LatencyTooltip } from './latency-tooltip';
import type { LatencySource } from './latency-source';
import type { LineSpec } from '../../../charts/line-spec';
import { LOSS_LANE_PX, LossMarkers } from './loss-markers';
import type { Domain } from '../../../charts/y-domain';

export interface LatencyPlotProps {
  width: number;
  height: number;
  source: LatencySource;
  lines: readonly LineSpec[];
  events: readonly LabEvent[];
  /** What the kernel alone takes. */
  floors: readonly FloorLine[];
  window: ChartWindowId;
  scale: ScaleKind;
  domain: Domain;
  theme: ChartTheme;
  /** Place of the line whose min–max band is drawn. */
  band: number | null;
  /** Place of the line that stands out; the others fade. */
  highlighted: number | null;
  /** Ids of the lines of a process that has just died or hung: they stand out as well. */
  struck: readonly string[];
  /** Tooltip and keyboard; an export has neither. */
  interactive: boolean;
}

/** The latency chart at a fixed size: one line per channel, losses, events. */
export function LatencyPlot({
  width,
  height,
  source,
  lines,
  events,
  floors,
  window,
  scale,
  domain,
  theme,
  band,
  highlighted,
  struck,
  interactive,
}: LatencyPlotProps) {
  const axes = useMemo(() => {
    const seconds = CHART_WINDOWS[window].spanNs / 1e9;
    return [
      <CartesianGrid key="grid" stroke={theme.grid} vertical={false} />,
      <XAxis
        key="x"
        dataKey="x"
        type="number"
        domain={[-seconds, 0]}
        allowDataOverflow
        ticks={X_TICKS[window]}
        interval={0}
        tickFormatter={window === '10min' ? minutesAgo : secondsAgo}
        tick={tickStyle(theme)}
        stroke={theme.axis}
        height={X_AXIS_PX + LOSS_LANE_PX}
        tickSize={LOSS_LANE_PX}
        tickLine={false}

        label={axisLabel(theme, window === '10min' ? 'Time (min ago)' : 'Time (s ago)', 'x')}
      />,
      latencyAxis({ domain, theme, side: 'left', scale }),
    ];
  }, [window, scale, domain, theme]);

  const around = plotMargin(markerRows(height));
  const plotHeight = height - around.top - around.bottom - X_AXIS_PX - LOSS_LANE_PX;
  const endRoom = endLabelRoom(
    lines.map(({ label }) => label),
    width,
    plotHeight,
  );
  const margin = useMemo(() => (endRoom === 0 ? around : { ...around, right: endRoom }), [around, endRoom]);

  const tooltip = useMemo(
    () =>
      // Under the chart: over it, it would hide what it tells of.
      interactive ? (
        <Tooltip
          content={<LatencyTooltip source={source} lines={lines} floors={floors} events={events} window={window} />}
          isAnimationActive={false}
          cursor={{ stroke: theme.inkSoft, strokeDasharray: '2 3' }}
          offset={14}
          position={{ y: height }}
          wrapperStyle={TOOLTIP_STYLE}
        />
      ) : null,
    [interactive, source, lines, floors, events, window, height, theme],
  );

  return (
    <ComposedChart
      data={CARRIER_ROWS[window]}
      width={width}
      height={height}
      margin={margin}
      accessibilityLayer={interactive}
      aria-label="Round trip over time"
    >
      {axes}
      {CARRIER}
      <FloorLines source={source} floors={floors} theme={theme} sliding={interactive} />
      <ChannelLines
        source={source}
        lines={lines}
        band={band}
        highlighted={highlighted}
        struck={struck}
        sliding={interactive}
      />
      <LossMarkers source={source} lines={lines} theme={theme} interactive={interactive} />
      <ChartKey floors={floors.length > 0} theme={theme} />
      <EventMarkers
        rowsAbove={markerRows(height)}
        source={source}
        events={events}
        window={window}
        theme={theme}
        interactive={interactive}
      />
      {endRoom > 0 && <EndLabels source={source} lines={lines} theme={theme} />}
      {tooltip}
    </ComposedChart>
  );
}

/** Where the tooltip can stand, one row per bucket: they never change, so recharts has nothing to do when points do. */
const CARRIER_ROWS: Record<ChartWindowId, { x: number }[]> = {
  '30s': carrierRows('30s'),
  '2min': carrierRows('2min'),
  '10min': carrierRows('10min'),
};

function carrierRows(window: ChartWindowId): { x: number }[] {
  const { spanNs, bucketNs } = CHART_WINDOWS[window];
  return Array.from({ length: spanNs / bucketNs + 1 }, (_, i) => ({ x: (i * bucketNs - spanNs) / 1e9 }));
}

const X_TICKS: Record<ChartWindowId, number[]> = {
  '30s': [-30, -25, -20, -15, -10, -5, 0],
  '2min': [-120, -100, -80, -60, -40, -20, 0],
  '10min': [-600, -480, -360, -240, -120, 0],
};

function secondsAgo(x: number): string {
  return x === 0 ? 'now' : String(-x);
}

function minutesAgo(x: number): string {
  return x === 0 ? 'now' : String(-x / 60);
}
