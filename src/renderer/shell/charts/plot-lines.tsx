import { usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts';
import type { LineLook } from './line-spec';

export interface PlotPoint {
  x: number;
  ns: number;
  /** What is pointed at where a point stands for something by itself. */
  id?: string;
  /** Drawn as a stroke through the point, nanoseconds. */
  interval?: { low: number; high: number } | null;
}

/** A line of a plot with a latency axis. */
export interface PlotCurve extends LineLook {
  /** From the left to the right. */
  points: readonly PlotPoint[];
  /** A level dashed line, nanoseconds. */
  floorNs?: number | null;
  /** While nothing is pointed at; 1 when it isn't said. */
  opacity?: number;
}

interface Props {
  curves: readonly PlotCurve[];
  /** Of a curve or of one of its points. */
  highlighted: string | null;
  dotPx: number;
}

type Scale = (value: number) => number | undefined;

/** The curves in the axes that recharts has drawn. */
export function PlotLines({ curves, highlighted, dotPx }: Props) {
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const yOf = useYAxisScale();
  if (!plot || !xOf || !yOf) return null;
  return (
    <ZIndexLayer zIndex={400}>
      <CurveMarks
        curves={curves}
        highlighted={highlighted}
        dotPx={dotPx}
        left={plot.x}
        right={plot.x + plot.width}
        xOf={xOf}
        yOf={(micros) => yOf(micros)}
      />
    </ZIndexLayer>
  );
}

interface MarksProps extends Props {
  left: number;
  right: number;
  xOf: Scale;
  /** Of microseconds. */
  yOf: Scale;
}

export function CurveMarks({ curves, highlighted, dotPx, left, right, xOf, yOf }: MarksProps) {
  const isPointed = ({ id, points }: PlotCurve) =>
    id === highlighted || points.some((point) => point.id === highlighted);
  return (
    <g fill="none" strokeLinecap="round" strokeLinejoin="round">
      {curves.map((curve) => {
        const pointed = highlighted !== null && isPointed(curve);
        const opacity = pointed ? 1 : highlighted === null ? (curve.opacity ?? 1) : 0.2;
        const floor = curve.floorNs == null ? undefined : yOf(toMicros(curve.floorNs));
        const at = curve.points.flatMap((point) => {
          const [x, y] = [xOf(point.x), yOf(toMicros(point.ns))];
          return x === undefined || y === undefined ? [] : [{ ...point, x, y }];
        });
        return (
          <g key={curve.id} stroke={curve.colour} strokeOpacity={opacity}>
            {floor !== undefined && (
              <line
                className="plot-floor"
                x1={left}
                x2={right}
                y1={floor}
                y2={floor}
                strokeWidth={pointed ? 1.6 : 1}
                strokeOpacity={opacity * (pointed ? 1 : 0.55)}
                strokeDasharray="2 5"
              />
            )}
            <path
              className="plot-line"
              d={at.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')}
              strokeDasharray={curve.dash}
              strokeWidth={pointed ? 3 : 1.75}
            />
            {at.map(
              ({ x, y, id, interval }, index) =>
                // A single point would be no line.
                (dotPx > 0 || at.length === 1) && (
                  <g key={id ?? index}>
                    {interval != null && (
                      <line
                        x1={x}
                        x2={x}
                        y1={yOf(toMicros(interval.low))}
                        y2={yOf(toMicros(interval.high))}
                        strokeWidth={1.5}
                      />
                    )}
                    <circle
                      cx={x}
                      cy={y}
                      r={(dotPx || 3) + (id !== undefined && id === highlighted ? 2 : 0)}
                      fill={curve.colour}
                      fillOpacity={opacity}
                      stroke="none"
                    />
                  </g>
                ),
            )}
          </g>
        );
      })}
    </g>
  );
}

/** Microseconds, and at least a nanosecond: a logarithmic axis has no zero. */
export function toMicros(ns: number): number {
  return Math.max(ns, 1) / 1000;
}
