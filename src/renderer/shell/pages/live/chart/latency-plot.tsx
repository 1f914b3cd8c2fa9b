import { useMemo } from 'react';
import { CartesianGrid, ComposedChart, Tooltip, XAxis } from 'recharts';
import { CARRIER } from '../../../charts/carrier';
import { latencyAxis } from '../../../charts/latency-axis';
import type { ChartSpan } from '../series/chart-windows';
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
import { MovingLines } from './moving-lines';
import { ZoomBrush } from './zoom-brush';
import { agoAxis, recordingAxis } from './time-axis';

export interface LatencyPlotProps {
  width: number;
  height: number;
  source: LatencySource;
  lines: readonly LineSpec[];
  events: readonly LabEvent[];
  /** What the kernel alone takes. */
  floors: readonly FloorLine[];
  window: ChartSpan;
  /** The axis has the time of the recording, instead of how long ago it was: for a chart that stands still. */
  absolute: boolean;
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
  absolute,
  scale,
  domain,
  theme,
  band,
  highlighted,
  struck,
  interactive,
}: LatencyPlotProps) {
  const around = plotMargin(markerRows(height));
  const plotHeight = height - around.top - around.bottom - X_AXIS_PX - LOSS_LANE_PX;
  const endNs = absolute ? source.points.nowNs : null;
  const axes = useMemo(() => {
    const seconds = window.spanNs / 1e9;
    const time = endNs === null ? agoAxis(window) : recordingAxis(window.spanNs, endNs);
    return [
      <CartesianGrid key="grid" stroke={theme.grid} vertical={false} />,
      <XAxis
        key="x"
        dataKey="x"
        type="number"
        domain={[-seconds, 0]}
        allowDataOverflow
        ticks={time.ticks}
        interval={0}
        tickFormatter={time.format}
        tick={tickStyle(theme)}
        stroke={theme.axis}
        height={X_AXIS_PX + LOSS_LANE_PX}
        tickSize={LOSS_LANE_PX}
        tickLine={false}
        label={axisLabel(theme, time.title, 'x')}
      />,
      latencyAxis({ domain, theme, side: 'left', lengthPx: plotHeight, scale }),
    ];
  }, [window, endNs, scale, domain, theme, plotHeight]);

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
          content={
            <LatencyTooltip
              source={source}
              lines={lines}
              floors={floors}
              events={events}
              window={window}
              absolute={absolute}
            />
          }
          isAnimationActive={false}
          cursor={{ stroke: theme.inkSoft, strokeDasharray: '2 3' }}
          offset={14}
          position={{ y: height }}
          wrapperStyle={TOOLTIP_STYLE}
        />
      ) : null,
    [interactive, source, lines, floors, events, window, absolute, height, theme],
  );

  return (
    <ComposedChart
      data={carrierRows(window)}
      width={width}
      height={height}
      margin={margin}
      accessibilityLayer={interactive}
      aria-label="Round trip over time"
    >
      {axes}
      {CARRIER}
      <FloorLines source={source} floors={floors} theme={theme} moving={interactive} />
      {interactive ? (
        <MovingLines
          source={source}
          lines={lines}
          floors={floors}
          spanNs={window.spanNs}
          theme={theme}
          band={band}
          highlighted={highlighted}
          struck={struck}
        />
      ) : (
        <ChannelLines source={source} lines={lines} band={band} />
      )}
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
      {interactive && (
        <ZoomBrush source={source} spanNs={window.spanNs} lines={lines} domain={domain} scale={scale} theme={theme} />
      )}
    </ComposedChart>
  );
}

const rowsOf = new WeakMap<ChartSpan, { x: number }[]>();

/** Where the tooltip can stand, one row per bucket: they never change, so recharts has nothing to do when points do. */
function carrierRows(window: ChartSpan): { x: number }[] {
  const known = rowsOf.get(window);
  if (known !== undefined) return known;
  const { spanNs, bucketNs } = window;
  const rows = Array.from({ length: Math.round(spanNs / bucketNs) + 1 }, (_, i) => ({
    x: Math.min(0, (i * bucketNs - spanNs) / 1e9),
  }));
  rowsOf.set(window, rows);
  return rows;
}
