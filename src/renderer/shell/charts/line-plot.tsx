import { useMemo } from 'react';
import { CartesianGrid, ComposedChart, Tooltip, XAxis, type TooltipContentProps } from 'recharts';
import { axisLabel, plotMargin, tickStyle, X_AXIS_PX } from './axis-style';
import { CARRIER } from './carrier';
import type { ChartTheme } from './chart-theme';
import { latencyAxis } from './latency-axis';
import { LinesTooltip } from './lines-tooltip';
import { type PlotCurve, PlotLines } from './plot-lines';
import { TOOLTIP_AT, TOOLTIP_STYLE } from './tooltip-frame';
import type { Domain, ScaleKind } from './y-domain';

/** A logarithmic axis under the lines. */
export interface LineAxis {
  start: number;
  end: number;
  ticks: readonly number[];
  label: string;
  nameOf(place: number): string;
}

export interface LinePlotProps {
  width: number;
  height: number;
  title: string;
  curves: readonly PlotCurve[];
  x: LineAxis;
  domain: Domain;
  scale?: ScaleKind;
  latencyLabel?: string;
  theme: ChartTheme;
  /** The id of a curve, or of one of its points. */
  highlighted: string | null;
  /** Of the points; 0: none. */
  dotPx?: number;
  /** Tooltip and keyboard; a picture has neither. */
  interactive: boolean;
  tooltipAt?: { y: number };
}

const MARGIN = { ...plotMargin(0), top: 12, right: 26 };

/** Lines on a latency axis against something logarithmic: percentiles, sizes. */
export function LinePlot(props: LinePlotProps) {
  const { width, height, title, curves, x, domain, scale = 'log', latencyLabel, theme, highlighted } = props;
  const { dotPx = 0, interactive, tooltipAt = TOOLTIP_AT } = props;
  // Where the tooltip can stand.
  const rows = useMemo(
    () =>
      [...new Set(curves.flatMap(({ points }) => points.map((point) => point.x)))]
        .toSorted((a, b) => a - b)
        .map((place) => ({ place })),
    [curves],
  );
  return (
    <ComposedChart
      data={rows}
      width={width}
      height={height}
      margin={MARGIN}
      accessibilityLayer={interactive}
      aria-label={title}
    >
      <CartesianGrid stroke={theme.grid} />
      <XAxis
        dataKey="place"
        type="number"
        scale="log"
        domain={[x.start, x.end]}
        allowDataOverflow
        ticks={x.ticks}
        interval={0}
        tickFormatter={(place: number) => x.nameOf(place)}
        tick={tickStyle(theme)}
        stroke={theme.axis}
        height={X_AXIS_PX}
        label={axisLabel(theme, x.label, 'x')}
      />
      {latencyAxis({
        domain,
        theme,
        side: 'left',
        lengthPx: height - MARGIN.top - MARGIN.bottom - X_AXIS_PX,
        scale,
        ...(latencyLabel !== undefined && { label: latencyLabel }),
      })}
      {CARRIER}
      <PlotLines curves={curves} highlighted={highlighted} dotPx={dotPx} />
      {interactive && (
        <Tooltip
          content={<PlotTooltip curves={curves} nameOf={x.nameOf} />}
          isAnimationActive={false}
          cursor={{ stroke: theme.inkSoft, strokeDasharray: '2 3' }}
          offset={14}
          position={tooltipAt}
          wrapperStyle={TOOLTIP_STYLE}
        />
      )}
    </ComposedChart>
  );
}

interface TooltipProps extends Partial<TooltipContentProps> {
  curves: readonly PlotCurve[];
  nameOf(place: number): string;
}

function PlotTooltip({ active, payload, curves, nameOf }: TooltipProps) {
  const place = (payload?.[0]?.payload as { place: number } | undefined)?.place;
  if (active !== true || place === undefined) return null;
  return (
    <LinesTooltip
      heading={nameOf(place)}
      lines={curves}
      nsOf={(index) => curves[index]?.points.find(({ x }) => x === place)?.ns ?? null}
    />
  );
}
