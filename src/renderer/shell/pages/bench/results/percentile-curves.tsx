import { useMemo } from 'react';
import { CartesianGrid, ComposedChart, Tooltip, XAxis, YAxis, type TooltipContentProps } from 'recharts';
import { axisLabel, plotMargin, tickStyle, X_AXIS_PX, Y_AXIS_PX } from '../../../charts/axis-style';
import type { ChartTheme } from '../../../charts/chart-theme';
import { TOOLTIP_AT, TOOLTIP_STYLE } from '../../../charts/tooltip-frame';
import { LinesTooltip } from '../../../charts/lines-tooltip';
import { tickLabel, yTicks } from '../../../charts/y-domain';
import { CARRIER } from './carrier';
import { CurveLines } from './curve-lines';
import { axisEnd, axisPlace, axisTickLabel, axisTicks, percentLabel } from './percentile-axis';
import type { ResultLine } from './result-lines';
import { curveOf, latencyDomain } from './run-figures';

interface Props {
  width: number;
  height: number;
  /** Of runs with figures. */
  lines: readonly ResultLine[];
  theme: ChartTheme;
  highlighted: string | null;
  interactive: boolean;
}

/** One percentile of all lines, nanoseconds; null where a line has no figure of its own for it. */
interface TooltipRow {
  place: number;
  fraction: number;
  values: (number | null)[];
}

const MARGIN = { ...plotMargin(0), top: 12, right: 26 };

/** The distribution of each run as HdrHistogram's plotter draws it: percentiles on a logarithmic axis. */
export function PercentileCurves({ width, height, lines, theme, highlighted, interactive }: Props) {
  const curves = useMemo(() => lines.map(({ run }) => curveOf(run)), [lines]);
  const domain = useMemo(() => latencyDomain(lines.map(({ run }) => run)), [lines]);
  const end = axisEnd(curves);
  const rows = useMemo((): TooltipRow[] => {
    const fractions = [...new Set(curves.flatMap((curve) => curve.map(({ fraction }) => fraction)))];
    const figures = curves.map((curve) => new Map(curve.map(({ fraction, ns }) => [fraction, ns])));
    return fractions
      .sort((a, b) => a - b)
      .map((fraction) => ({
        place: axisPlace(fraction),
        fraction,
        values: figures.map((of) => of.get(fraction) ?? null),
      }));
  }, [curves]);
  return (
    <ComposedChart
      data={rows}
      width={width}
      height={height}
      margin={MARGIN}
      accessibilityLayer={interactive}
      title="Percentiles of the round trip of each run"
    >
      <CartesianGrid stroke={theme.grid} />
      <XAxis
        dataKey="place"
        type="number"
        scale="log"
        domain={[1, end]}
        allowDataOverflow
        ticks={axisTicks(end)}
        interval={0}
        tickFormatter={axisTickLabel}
        tick={tickStyle(theme)}
        stroke={theme.axis}
        height={X_AXIS_PX}
        label={axisLabel(theme, 'Percentile (logarithmic, as HdrHistogram plots it)', 'x')}
      />
      <YAxis
        type="number"
        scale="log"
        domain={[domain[0], domain[1]]}
        allowDataOverflow
        ticks={yTicks('log', domain)}
        interval={0}
        tickFormatter={tickLabel}
        tick={tickStyle(theme)}
        stroke={theme.axis}
        width={Y_AXIS_PX}
        label={axisLabel(theme, 'Round trip (µs)', 'y')}
      />
      {CARRIER}
      <CurveLines lines={lines} curves={curves} highlighted={highlighted} />
      {interactive && (
        <Tooltip
          content={<CurvesTooltip lines={lines} />}
          isAnimationActive={false}
          cursor={{ stroke: theme.inkSoft, strokeDasharray: '2 3' }}
          offset={14}
          position={TOOLTIP_AT}
          wrapperStyle={TOOLTIP_STYLE}
        />
      )}
    </ComposedChart>
  );
}

interface TooltipProps extends Partial<TooltipContentProps> {
  lines: readonly ResultLine[];
}

function CurvesTooltip({ active, payload, lines }: TooltipProps) {
  const row = payload?.[0]?.payload as TooltipRow | undefined;
  if (active !== true || !row) return null;
  return (
    <LinesTooltip heading={percentLabel(row.fraction)} lines={lines} nsOf={(index) => row.values[index] ?? null} />
  );
}
