import { useMemo } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  Tooltip,
  type TooltipContentProps,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
  ZIndexLayer,
} from 'recharts';
import { formatBytes } from '../../../../../shared/format';
import { axisLabel, plotMargin, tickStyle, X_AXIS_PX, Y_AXIS_PX } from '../../../charts/axis-style';
import type { ChartTheme } from '../../../charts/chart-theme';
import { LinesTooltip } from '../../../charts/lines-tooltip';
import { TOOLTIP_AT, TOOLTIP_STYLE } from '../../../charts/tooltip-frame';
import { snapDomain, tickLabel, yTicks } from '../../../charts/y-domain';
import { CARRIER } from './carrier';
import type { ResultLine } from './result-lines';
import { toMicros } from './run-figures';
import { type SizeLine, sizeLines, sizePlace, sizesOf } from './size-lines';

interface Props {
  width: number;
  height: number;
  /** Of runs with figures. */
  lines: readonly ResultLine[];
  theme: ChartTheme;
  /** The id of a run. */
  highlighted: string | null;
  interactive: boolean;
}

interface TooltipRow {
  place: number;
  size: number;
}

const MARGIN = { ...plotMargin(0), top: 12, right: 26 };

/** The median against the size, both logarithmic: a line for each method, with the 95 % interval at every point. */
export function SizeCurves({ width, height, lines, theme, highlighted, interactive }: Props) {
  const curves = useMemo(() => sizeLines(lines), [lines]);
  const sizes = useMemo(() => sizesOf(lines.map(({ run }) => run)), [lines]);
  const rows = useMemo((): TooltipRow[] => sizes.map((size) => ({ place: sizePlace(size), size })), [sizes]);
  const domain = useMemo(() => {
    const ns = lines.flatMap(({ run: { rtt_ns: rtt, detail } }) =>
      rtt === null ? [] : [rtt.p50, detail?.p50_ci95_ns?.low ?? rtt.p50, detail?.p50_ci95_ns?.high ?? rtt.p50],
    );
    return snapDomain('log', toMicros(Math.min(...ns)), toMicros(Math.max(...ns)));
  }, [lines]);
  const places = rows.map(({ place }) => place);
  return (
    <ComposedChart
      data={rows}
      width={width}
      height={height}
      margin={MARGIN}
      accessibilityLayer={interactive}
      title="Median of the round trip against the size, a line for each method"
    >
      <CartesianGrid stroke={theme.grid} />
      <XAxis
        dataKey="place"
        type="number"
        scale="log"
        domain={[(places[0] ?? 1) / 1.2, (places.at(-1) ?? 1) * 1.2]}
        allowDataOverflow
        ticks={places}
        tickFormatter={(place: number) => formatBytes(rows.find((row) => row.place === place)?.size ?? null)}
        tick={tickStyle(theme)}
        stroke={theme.axis}
        height={X_AXIS_PX}
        label={axisLabel(theme, 'Payload (logarithmic, by its frame)', 'x')}
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
        label={axisLabel(theme, 'Median of the round trip (µs)', 'y')}
      />
      {CARRIER}
      <Curves curves={curves} highlighted={highlighted} />
      {interactive && (
        <Tooltip
          content={<SizeTooltip curves={curves} />}
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

function Curves({ curves, highlighted }: { curves: readonly SizeLine[]; highlighted: string | null }) {
  const xOf = useXAxisScale();
  const yOf = useYAxisScale();
  if (!usePlotArea() || !xOf || !yOf) return null;
  return (
    <ZIndexLayer zIndex={400}>
      <g fill="none" strokeLinecap="round" strokeLinejoin="round">
        {curves.map(({ id, colour, dash, points }) => {
          const pointed = points.some((point) => point.id === highlighted);
          const at = points.map(({ id: runId, run: { size, rtt_ns: rtt, detail } }) => ({
            id: runId,
            x: xOf(sizePlace(size)) ?? 0,
            y: yOf(toMicros(rtt?.p50 ?? 0)) ?? 0,
            ends: [detail?.p50_ci95_ns?.low, detail?.p50_ci95_ns?.high].map((ns) =>
              ns === undefined ? undefined : yOf(toMicros(ns)),
            ),
          }));
          return (
            <g key={id} stroke={colour} strokeOpacity={highlighted === null || pointed ? 1 : 0.2}>
              <path
                className="result-curve"
                d={at.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')}
                strokeDasharray={dash}
                strokeWidth={pointed ? 3 : 1.75}
              />
              {at.map(({ id: runId, x, y, ends: [low, high] }) => (
                <g key={runId}>
                  {low !== undefined && high !== undefined && (
                    <line x1={x} x2={x} y1={low} y2={high} strokeWidth={1.5} />
                  )}
                  <circle cx={x} cy={y} r={runId === highlighted ? 4.5 : 2.5} fill={colour} />
                </g>
              ))}
            </g>
          );
        })}
      </g>
    </ZIndexLayer>
  );
}

interface TooltipProps extends Partial<TooltipContentProps> {
  curves: readonly SizeLine[];
}

function SizeTooltip({ active, payload, curves }: TooltipProps) {
  const row = payload?.[0]?.payload as TooltipRow | undefined;
  if (active !== true || !row) return null;
  return (
    <LinesTooltip
      heading={formatBytes(row.size)}
      lines={curves}
      nsOf={(index) => curves[index]?.points.find(({ run }) => run.size === row.size)?.run.rtt_ns?.p50 ?? null}
    />
  );
}
