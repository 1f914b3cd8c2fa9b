import { memo, useId, useMemo, type PointerEvent } from 'react';
import type { ChartTheme } from './chart-theme';
import type { LineAxis } from './line-plot';
import { type AxisTick, fittingLabels, logScale, panelGrid, panelTicks, type PanelPlace } from './panel-layout';
import { CurveMarks, type PlotCurve, toMicros } from './plot-lines';
import classes from './small-multiples.module.css';
import type { Domain } from './y-domain';

export interface Panel {
  id: string;
  title: string;
  curves: readonly PlotCurve[];
  /** Lines that nothing else tells apart have their names in the panel. */
  named: ReadonlyArray<{ id: string; label: string; dash: string; colour: string }>;
}

interface Props {
  width: number;
  title: string;
  panels: readonly Panel[];
  x: LineAxis;
  domain: Domain;
  latencyLabel: string;
  theme: ChartTheme;
  highlighted: string | null;
  dotPx?: number;
  /** Absent in a picture that nobody points at. */
  onHighlight?: (id: string | null) => void;
}

/** So near, pixels, a pointer means a point. */
const REACH_PX = 40;
const SMALL = { fontSize: 10.5 } as const;

/** A small plot for each of several things, all on the same axes; behind each, faint, the lines of all others. */
export function SmallMultiples(props: Props) {
  const { width, title, panels, x, domain, latencyLabel, theme, highlighted, dotPx = 0, onHighlight } = props;
  const others = useId();
  const { height, places } = useMemo(() => panelGrid(panels.length, width), [panels.length, width]);
  const [first] = places;
  const scales = useMemo(() => scalesOf(first, x, domain), [first, x, domain]);
  const all = useMemo(() => (scales === null ? '' : pathOfAll(panels, scales)), [panels, scales]);
  if (first === undefined || scales === null) return null;
  return (
    <svg
      className={classes['panels']}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={title}
      {...(onHighlight && { onPointerLeave: () => onHighlight(null) })}
    >
      <defs>
        <path id={others} d={all} fill="none" stroke={theme.inkSoft} strokeOpacity={0.08} strokeWidth={1} />
      </defs>
      {panels.map((panel, index) => {
        const place = places[index];
        if (place === undefined) return null;
        return (
          <g key={panel.id} className="panel" transform={`translate(${place.x} ${place.y})`}>
            <PanelAxes title={panel.title} place={place} scales={scales} theme={theme} />
            <use href={`#${others}`} />
            <CurveMarks
              curves={panel.curves}
              highlighted={highlighted}
              dotPx={dotPx}
              left={0}
              right={place.width}
              xOf={scales.xOf}
              yOf={scales.yOf}
            />
            {panel.named.map(({ id, label, dash, colour }, row) => (
              <g key={id} transform={`translate(6 ${11 + row * 12})`}>
                <line x1={0} x2={22} y1={-3} y2={-3} stroke={colour} strokeWidth={2} strokeDasharray={dash} />
                <text
                  x={27}
                  {...SMALL}
                  fill={theme.ink}
                  stroke={theme.background}
                  strokeWidth={3}
                  paintOrder="stroke"
                  strokeLinejoin="round"
                >
                  {label}
                </text>
              </g>
            ))}
            {onHighlight && (
              <rect
                className={classes['target']}
                width={place.width}
                height={place.height}
                fillOpacity={0}
                onPointerMove={(event) => onHighlight(nearest(event, panel.curves, scales))}
              />
            )}
          </g>
        );
      })}
      <text x={first.x + (width - first.x) / 2} y={height - 6} fontSize={11} textAnchor="middle" fill={theme.ink}>
        {x.label}
      </text>
      <text
        transform={`translate(11 ${Math.min(height, 260) / 2}) rotate(-90)`}
        fontSize={11}
        textAnchor="middle"
        fill={theme.ink}
      >
        {latencyLabel}
      </text>
    </svg>
  );
}

interface Scales {
  xOf(place: number): number;
  yOf(micros: number): number;
  xTicks: AxisTick[];
  yTicks: Array<{ at: number; text: string }>;
}

function scalesOf(place: PanelPlace | undefined, x: LineAxis, domain: Domain): Scales | null {
  if (place === undefined) return null;
  const xOf = logScale([x.start, x.end], 0, place.width);
  const yOf = logScale(domain, place.height, 0);
  return {
    xOf,
    yOf,
    xTicks: fittingLabels(
      x.ticks.map((tick) => ({ at: xOf(tick), text: x.nameOf(tick) })),
      place.width,
    ),
    yTicks: panelTicks(domain).map(({ micros, text }) => ({ at: yOf(micros), text })),
  };
}

function pathOfAll(panels: readonly Panel[], { xOf, yOf }: Scales): string {
  return panels
    .flatMap(({ curves }) => curves)
    .map(({ points }) =>
      points
        .map(({ x, ns }, index) => `${index === 0 ? 'M' : 'L'}${xOf(x).toFixed(1)} ${yOf(toMicros(ns)).toFixed(1)}`)
        .join(''),
    )
    .join('');
}

interface AxesProps {
  title: string;
  place: PanelPlace;
  scales: Scales;
  theme: ChartTheme;
}

const PanelAxes = memo(function PanelAxes({ title, place: { width, height, first }, scales, theme }: AxesProps) {
  return (
    <>
      <text y={-5} fontSize={11.5} fontWeight={600} fill={theme.ink}>
        {title}
      </text>
      <g stroke={theme.grid}>
        {scales.xTicks.map(({ at }) => (
          <line key={at} x1={at} x2={at} y2={height} />
        ))}
        {scales.yTicks.map(({ at }) => (
          <line key={at} x2={width} y1={at} y2={at} />
        ))}
      </g>
      <path d={`M0 0V${height}H${width}`} fill="none" stroke={theme.axis} />
      {scales.xTicks.map(({ at, text, textAt }) => (
        <text key={at} x={textAt} y={height + 12} textAnchor="middle" {...SMALL} fill={theme.inkSoft}>
          {text}
        </text>
      ))}
      {first &&
        scales.yTicks.map(({ at, text }) => (
          <text key={at} x={-5} y={at + 3.5} textAnchor="end" {...SMALL} fill={theme.inkSoft}>
            {text}
          </text>
        ))}
    </>
  );
});

/** The id of the point, or of its curve, that the pointer is at; null when it is at none. */
function nearest(
  { clientX, clientY, currentTarget }: PointerEvent<SVGRectElement>,
  curves: readonly PlotCurve[],
  { xOf, yOf }: Scales,
): string | null {
  const { left, top } = currentTarget.getBoundingClientRect();
  let found: string | null = null;
  let least = REACH_PX;
  for (const { id, points } of curves) {
    for (const point of points) {
      const distance = Math.hypot(xOf(point.x) - (clientX - left), yOf(toMicros(point.ns)) - (clientY - top));
      if (distance >= least) continue;
      least = distance;
      found = point.id ?? id;
    }
  }
  return found;
}
