import { usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts';
import { axisPlace } from './percentile-axis';
import type { ResultLine } from './result-lines';
import { type CurvePoint, toMicros } from './run-figures';

interface Props {
  lines: readonly ResultLine[];
  curves: ReadonlyArray<readonly CurvePoint[]>;
  highlighted: string | null;
}

/** A path for each run, and a level dashed line at its floor's median. */
export function CurveLines({ lines, curves, highlighted }: Props) {
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const yOf = useYAxisScale();
  if (!plot || !xOf || !yOf) return null;
  return (
    <ZIndexLayer zIndex={400}>
      <g fill="none" strokeLinecap="round" strokeLinejoin="round">
        {lines.map((line, index) => {
          const curve = curves[index] ?? [];
          const opacity = highlighted === null || highlighted === line.id ? 1 : 0.2;
          const floor = line.run.floor_ns === null ? undefined : yOf(toMicros(line.run.floor_ns.p50));
          return (
            <g key={line.id} stroke={line.colour} strokeOpacity={opacity}>
              {floor !== undefined && (
                <line
                  className="result-floor"
                  x1={plot.x}
                  x2={plot.x + plot.width}
                  y1={floor}
                  y2={floor}
                  strokeWidth={highlighted === line.id ? 1.6 : 1}
                  strokeOpacity={opacity * (highlighted === line.id ? 1 : 0.55)}
                  strokeDasharray="2 5"
                />
              )}
              {curve.length === 1 && (
                <circle
                  cx={xOf(axisPlace(curve[0]?.fraction ?? 0)) ?? 0}
                  cy={yOf(toMicros(curve[0]?.ns ?? 0)) ?? 0}
                  r={3}
                  fill={line.colour}
                />
              )}
              <path
                className="result-curve"
                d={curvePath(curve, xOf, yOf)}
                strokeDasharray={line.dash}
                strokeWidth={highlighted === line.id ? 3 : 1.75}
              />
            </g>
          );
        })}
      </g>
    </ZIndexLayer>
  );
}

type Scale = (value: number) => number | undefined;

/** The `d` of the line through all points that the axes can place. */
function curvePath(curve: readonly CurvePoint[], xOf: Scale, yOf: Scale): string {
  let d = '';
  for (const { fraction, ns } of curve) {
    const x = xOf(axisPlace(fraction));
    const y = yOf(toMicros(ns));
    if (x !== undefined && y !== undefined) d += `${d === '' ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
  }
  return d;
}
