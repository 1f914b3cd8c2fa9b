import { useMemo } from 'react';
import { CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis, type TooltipContentProps } from 'recharts';
import type { ScaleKind } from '../../../charts/y-domain';
import { axisLabel, plotMargin, tickStyle, X_AXIS_PX, Y_AXIS_PX } from '../../../charts/axis-style';
import type { ChartTheme } from '../../../charts/chart-theme';
import { percentileKey } from './data-keys';
import { TOOLTIP_STYLE } from '../../../charts/tooltip-frame';
import type { LineSpec } from '../../../charts/line-spec';
import { LinesTooltip } from '../../../charts/lines-tooltip';
import type { PercentileRow } from './percentile-rows';
import { tickLabel, yTicks, type Domain } from '../../../charts/y-domain';

export interface PercentilePlotProps {
  width: number;
  height: number;
  rows: PercentileRow[];
  /** Of which time: `the last 30 s`. */
  span: string;
  lines: readonly LineSpec[];
  scale: ScaleKind;
  domain: Domain;
  theme: ChartTheme;
  highlighted: number | null;
  interactive: boolean;
}

const MARGIN = { ...plotMargin(0), top: 12 };
const X_PADDING = { left: 34, right: 34 };

/** Each channel's distribution over the last 30 s, or a stretch, as one line from p50 to the maximum. */
export function PercentilePlot({
  width,
  height,
  rows,
  span,
  lines,
  scale,
  domain,
  theme,
  highlighted,
  interactive,
}: PercentilePlotProps) {
  const drawn = useMemo(
    () =>
      lines.map((line, index) => (
        <Line
          key={line.id}
          dataKey={percentileKey(index)}
          name={line.label}
          stroke={line.colour}
          strokeDasharray={line.dash}
          strokeLinecap="round"
          strokeWidth={highlighted === index ? 3 : 1.75}
          strokeOpacity={highlighted === null || highlighted === index ? 1 : 0.25}
          dot={{ r: 2.5, fill: line.colour, stroke: 'none' }}
          activeDot={false}
          isAnimationActive={false}
        />
      )),
    [lines, highlighted],
  );
  return (
    <ComposedChart
      data={rows}
      width={width}
      height={height}
      margin={MARGIN}
      accessibilityLayer={interactive}
      aria-label="Percentiles of the round trip"
    >
      <CartesianGrid stroke={theme.grid} />
      <XAxis
        dataKey="name"
        scale="point"
        padding={X_PADDING}
        tick={tickStyle(theme)}
        stroke={theme.axis}
        height={X_AXIS_PX}
        interval={0}
        label={axisLabel(theme, `Percentile of ${span}`, 'x')}
      />
      <YAxis
        type="number"
        scale={scale}
        domain={[domain[0], domain[1]]}
        allowDataOverflow
        ticks={yTicks(scale, domain)}
        interval={0}
        tickFormatter={tickLabel}
        tick={tickStyle(theme)}
        stroke={theme.axis}
        width={Y_AXIS_PX}
        label={axisLabel(theme, 'Round trip (µs)', 'y')}
      />
      {drawn}
      {interactive && (
        <Tooltip
          content={<PercentileTooltip lines={lines} />}
          isAnimationActive={false}
          cursor={{ stroke: theme.inkSoft, strokeDasharray: '2 3' }}
          offset={14}
          position={{ y: height }}
          wrapperStyle={TOOLTIP_STYLE}
        />
      )}
    </ComposedChart>
  );
}

interface TooltipProps extends Partial<TooltipContentProps> {
  lines: readonly LineSpec[];
}

function PercentileTooltip({ active, payload, lines }: TooltipProps) {
  const row = payload?.[0]?.payload as PercentileRow | undefined;
  if (active !== true || !row) return null;
  const nsOf = (index: number) => {
    const micros = row.values[index] ?? null;
    return micros === null ? null : micros * 1000;
  };
  return <LinesTooltip heading={row.name} lines={lines} nsOf={nsOf} />;
}
