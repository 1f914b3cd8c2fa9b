import type { ReactNode } from 'react';
import { CartesianGrid, ComposedChart, usePlotArea, useXAxisScale, YAxis, ZIndexLayer } from 'recharts';
import { X_AXIS_PX } from '../../../charts/axis-style';
import type { ChartTheme } from '../../../charts/chart-theme';
import type { Domain } from '../../../charts/y-domain';
import { latencyAxis } from '../../../charts/latency-axis';

export interface PlotRow {
  id: string;
  label: string;
}

/** Where a row is, and the axis that it is drawn on. */
export interface RowPlace {
  xOf(micros: number): number | undefined;
  /** The row's middle. */
  y: number;
  rowPx: number;
  /** Right end of the plot. */
  right: number;
}

interface Props<R extends PlotRow> {
  title: string;
  width: number;
  height: number;
  rows: readonly R[];
  domain: Domain;
  theme: ChartTheme;
  /** A high plot has its axis at the top as well. */
  axes?: RowAxes;
  /** Room at the right for what `drawRow` writes there, and what stands above it. */
  margin: number;
  marginTitle: string;
  highlighted: string | null;
  onHighlight?: (id: string | null) => void;
  drawRow(row: R, place: RowPlace, theme: ChartTheme): ReactNode;
}

const TOP_PX = 22;
const LABEL_PX = 12;
/** The width of an average character at that size, on the generous side. */
const CHAR_PX = 7;
const GAP_PX = 10;

/** A row for each of `rows` on a common logarithmic axis, with its name at the left. */
export function RowPlot<R extends PlotRow>(props: Props<R>) {
  const { title, width, height, rows, domain, theme, margin, axes = 'bottom', onHighlight } = props;
  const gutter = gutterOf(rows, width);
  const lengthPx = width - gutter - margin;
  return (
    <ComposedChart
      layout="vertical"
      data={rows as R[]}
      width={width}
      height={height}
      margin={{ top: axes === 'both' ? 2 : TOP_PX, right: margin, bottom: 2, left: 0 }}
      accessibilityLayer={false}
      title={title}
      {...(onHighlight && { onMouseLeave: () => onHighlight(null) })}
    >
      <CartesianGrid stroke={theme.grid} horizontal={false} />
      {latencyAxis({ domain, theme, side: 'bottom', lengthPx })}
      {axes === 'both' && latencyAxis({ domain, theme, side: 'top', lengthPx })}
      <YAxis type="category" dataKey="id" tick={false} tickLine={false} stroke={theme.axis} width={gutter} />
      <Rows {...props} gutter={gutter} />
    </ComposedChart>
  );
}

export type RowAxes = 'bottom' | 'both';

/** The height that gives every row its room, and the axes for it: both where it is more than `height`. */
export function rowPlotLayout(rows: number, rowPx: number, height: number): { height: number; axes: RowAxes } {
  const needed = TOP_PX + rows * rowPx + X_AXIS_PX + 2;
  return needed <= height ? { height, axes: 'bottom' } : { height: needed + X_AXIS_PX - TOP_PX + 2, axes: 'both' };
}

function Rows<R extends PlotRow>({
  rows,
  gutter,
  margin,
  marginTitle,
  theme,
  highlighted,
  onHighlight,
  drawRow,
}: Props<R> & { gutter: number }) {
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  if (!plot || !xOf) return null;
  const rowPx = plot.height / rows.length;
  const right = plot.x + plot.width;
  const most = Math.floor((gutter - GAP_PX) / CHAR_PX);
  return (
    <ZIndexLayer zIndex={400}>
      <text x={right + margin - GAP_PX} y={TOP_PX - 8} fontSize={11} textAnchor="end" fill={theme.inkSoft}>
        {marginTitle}
      </text>
      {rows.map((row, index) => {
        const top = plot.y + index * rowPx;
        const y = top + rowPx / 2;
        const dimmed = highlighted !== null && highlighted !== row.id;
        return (
          <g key={row.id} className="result-row" {...(onHighlight && { onPointerEnter: () => onHighlight(row.id) })}>
            <rect
              x={plot.x - gutter}
              y={top}
              width={right + margin - plot.x + gutter}
              height={rowPx}
              fill={theme.ink}
              fillOpacity={highlighted === row.id ? 0.07 : 0}
            />
            <line x1={plot.x} x2={right} y1={top + rowPx} y2={top + rowPx} stroke={theme.grid} />
            <text x={plot.x - GAP_PX} y={y + 4} fontSize={rowPx < 18 ? 11 : LABEL_PX} textAnchor="end" fill={theme.ink}>
              {row.label.length > most ? `${row.label.slice(0, most - 1)}…` : row.label}
            </text>
            <g opacity={dimmed ? 0.35 : 1}>{drawRow(row, { xOf: (micros) => xOf(micros), y, rowPx, right }, theme)}</g>
          </g>
        );
      })}
    </ZIndexLayer>
  );
}

/** For the longest name, but never more than a third. */
function gutterOf(rows: readonly PlotRow[], width: number): number {
  const longest = Math.max(0, ...rows.map(({ label }) => label.length));
  return Math.round(Math.min(width * 0.36, longest * CHAR_PX + 2 * GAP_PX));
}
