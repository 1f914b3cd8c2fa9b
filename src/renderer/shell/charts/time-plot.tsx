import { useMemo, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { ChartTheme } from './chart-theme';
import { spreadLabels } from './end-label-layout';
import type { LineLook } from './line-spec';
import { layoutMarkers } from './marker-layout';
import { logScale } from './panel-layout';
import { clockText, timeTicks, type TimeSpan } from './time-axis';
import classes from './time-plot.module.css';
import { yTicks, type Domain, type ScaleKind } from './y-domain';

/** A line over time: one value for each moment of the plot, null where there is none. */
export interface TimeLine extends LineLook {
  values: ReadonlyArray<number | null>;
  widthPx: number;
}

/** Something that happened, as a line across the plot. */
export interface TimeMarker {
  id: number;
  atS: number;
  text: string;
  /** All about it, for the pointer. */
  about: string;
  /** What stays where there is no room for the text. */
  short: string;
  colour: string;
}

/** A level for comparison, thin, with its name at the right. */
export interface LevelLine {
  id: string;
  label: string;
  value: number;
}

export interface TimePlotProps {
  width: number;
  height: number;
  title: string;
  timesS: readonly number[];
  span: TimeSpan;
  lines: readonly TimeLine[];
  levels?: readonly LevelLine[];
  markers: readonly TimeMarker[];
  scale: ScaleKind;
  domain: Domain;
  tickText(value: number): string;
  theme: ChartTheme;
  /** The moment that is pointed at, by its index; the same in every chart of a page. */
  pointed: number | null;
  /** Absent in a picture that nobody points at. */
  onPoint?: (index: number | null) => void;
  /** Beside the pointed moment. */
  readout?: ReactNode;
}

const MARGIN = { top: 17, right: 12, bottom: 20, left: 58 };
const SMALL_PX = 10.5;
const CHAR = 0.62;

/** What a run does over time. Gaps stay gaps; a moment can be pointed at, or walked to with the arrow keys. */
export function TimePlot(props: TimePlotProps) {
  const { width, height, title, timesS, span, lines, levels = [], markers, scale, domain, tickText, theme } = props;
  const { pointed, onPoint, readout } = props;
  const plot = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const xOf = (s: number) => ((s - span.fromS) / (span.toS - span.fromS)) * plot.width;
  const yOf = useMemo(() => verticalScale(scale, domain, plot.height), [scale, domain, plot.height]);
  const ticks = yTicks(scale, domain, plot.height);
  const pointedS = pointed === null ? undefined : timesS[pointed];
  const move = (index: number) => timesS.length > 0 && onPoint?.(Math.max(0, Math.min(timesS.length - 1, index)));
  const onKeyDown = (event: KeyboardEvent) => {
    const last = timesS.length - 1;
    if (event.key === 'ArrowLeft') move((pointed ?? last + 1) - 1);
    else if (event.key === 'ArrowRight') move((pointed ?? -1) + 1);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(last);
    else if (event.key === 'Escape') onPoint?.(null);
    else return;
    event.preventDefault();
  };
  const onPointerMove = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const { left } = currentTarget.getBoundingClientRect();
    const atS = span.fromS + ((clientX - left - MARGIN.left) / plot.width) * (span.toS - span.fromS);
    const index = nearestIndex(timesS, atS);
    if (index !== null) onPoint?.(index);
  };
  const placedLevels = spreadLabels(
    levels
      .filter(({ value }) => value >= domain[0] && value <= domain[1])
      .map((level) => ({ ...level, y: yOf(level.value) })),
    0,
    plot.height,
  );
  const inSight = markers.filter(({ atS }) => atS >= span.fromS && atS <= span.toS);
  const labels = layoutMarkers(
    inSight.map(({ id, atS, text, short }) => ({ id, x: xOf(atS), text, short })),
    0,
    { words: 2, numbers: 3 },
    textWidth,
  );
  return (
    <div className={classes['plot']}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        aria-label={title}
        {...(onPoint
          ? {
              role: 'application',
              tabIndex: 0,
              onKeyDown,
              onPointerMove,
              onPointerLeave: () => onPoint(null),
              onBlur: () => onPoint(null),
            }
          : { role: 'img' })}
      >
        <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
          <g stroke={theme.grid}>
            {ticks.map((tick) => (
              <line key={tick} x2={plot.width} y1={yOf(tick)} y2={yOf(tick)} />
            ))}
          </g>
          <path d={`M0 0V${plot.height}H${plot.width}`} fill="none" stroke={theme.axis} />
          <g fontSize={SMALL_PX} fill={theme.inkSoft}>
            {ticks.map((tick) => (
              <text key={tick} x={-6} y={yOf(tick) + 3.5} textAnchor="end">
                {tickText(tick)}
              </text>
            ))}
            {timeTicks(span, plot.width).map((tick) => (
              <text key={tick} x={xOf(tick)} y={plot.height + 14} textAnchor="middle">
                {clockText(tick)}
              </text>
            ))}
          </g>
          {placedLevels.map(({ id, label, y, labelY }) => (
            <g key={id} className="time-level">
              <line x2={plot.width} y1={y} y2={y} stroke={theme.inkSoft} strokeDasharray="1 4" />
              <text
                x={plot.width - 3}
                y={labelY - 3}
                textAnchor="end"
                fontSize={SMALL_PX}
                fill={theme.inkSoft}
                stroke={theme.background}
                strokeWidth={3}
                paintOrder="stroke"
              >
                {label}
              </text>
            </g>
          ))}
          <g fill="none" strokeLinejoin="round" strokeLinecap="round">
            {lines.map(({ id, colour, dash, widthPx, values }) => (
              <path
                key={id}
                className="time-line"
                data-line={id}
                d={pathOf(values, timesS, xOf, (value) => yOf(Math.max(value, domain[0])))}
                stroke={colour}
                strokeWidth={widthPx}
                strokeDasharray={dash}
              />
            ))}
          </g>
          <g className="time-markers">
            {labels.map(({ id, x, text, textX, row }) => {
              const marker = inSight.find((each) => each.id === id);
              if (marker === undefined) return null;
              return (
                <g key={id} data-marker={id}>
                  <title>{`${clockText(marker.atS)} ${marker.about}`}</title>
                  <line x1={x} x2={x} y1={-2} y2={plot.height} stroke={marker.colour} strokeDasharray="3 2" />
                  {row !== null && (
                    <text
                      x={textX}
                      y={row * 12 - 5}
                      fontSize={SMALL_PX}
                      fontWeight={600}
                      fill={marker.colour}
                      stroke={theme.background}
                      strokeWidth={3}
                      paintOrder="stroke"
                    >
                      {text}
                    </text>
                  )}
                </g>
              );
            })}
          </g>
          {pointedS !== undefined && pointedS >= span.fromS && (
            <line
              x1={xOf(pointedS)}
              x2={xOf(pointedS)}
              y2={plot.height}
              stroke={theme.inkSoft}
              strokeDasharray="2 3"
              pointerEvents="none"
            />
          )}
        </g>
      </svg>
      {readout !== undefined && pointedS !== undefined && (
        <div className={classes['readout']} style={readoutPlace(MARGIN.left + xOf(pointedS), width)}>
          {readout}
        </div>
      )}
    </div>
  );
}

function verticalScale(scale: ScaleKind, domain: Domain, height: number): (value: number) => number {
  if (scale === 'log') return logScale(domain, height, 0);
  const [low, high] = domain;
  return (value) => height - ((value - low) / (high - low)) * height;
}

/** Of one moment alone a dot: the caps of a line without length draw it. */
function pathOf(
  values: ReadonlyArray<number | null>,
  timesS: readonly number[],
  xOf: (s: number) => number,
  yOf: (value: number) => number,
): string {
  let path = '';
  let drawing = false;
  values.forEach((value, index) => {
    const at = timesS[index];
    if (value === null || at === undefined) {
      drawing = false;
      return;
    }
    const [x, y] = [xOf(at).toFixed(1), yOf(value).toFixed(1)];
    path += drawing ? `L${x} ${y}` : `M${x} ${y}h0`;
    drawing = true;
  });
  return path;
}

function nearestIndex(timesS: readonly number[], atS: number): number | null {
  let found: number | null = null;
  let least = Infinity;
  timesS.forEach((time, index) => {
    const distance = Math.abs(time - atS);
    if (distance >= least) return;
    least = distance;
    found = index;
  });
  return found;
}

/** On whichever side there is more room. */
function readoutPlace(x: number, width: number): { left: number } | { right: number } {
  return x < width / 2 ? { left: x + 10 } : { right: width - x + 10 };
}

function textWidth(text: string): number {
  return text.length * SMALL_PX * CHAR;
}
