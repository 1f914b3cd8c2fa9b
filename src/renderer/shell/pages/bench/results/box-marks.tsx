import type { ChartTheme } from '../../../charts/chart-theme';
import { toMicros } from '../../../charts/plot-lines';
import type { BoxFigures } from './run-figures';

interface Props {
  box: BoxFigures;
  /** Nanoseconds, or null. */
  floorNs: number | null;
  xOf(micros: number): number | undefined;
  /** The row's middle, its height, and that of the box. */
  y: number;
  rowPx: number;
  boxPx: number;
  colour: string;
  hollow?: boolean;
  theme: ChartTheme;
}

/** One box on a level axis, with whiskers, extremes and the floor. */
export function BoxMarks({ box, floorNs, xOf, y, rowPx, boxPx, colour, hollow = false, theme }: Props) {
  const at = (ns: number) => xOf(toMicros(ns)) ?? 0;
  const low = at(box.low);
  const high = at(box.high ?? box.max);
  const left = box.q1 === null ? null : at(box.q1);
  const right = box.q3 === null ? null : at(box.q3);
  const median = at(box.median);
  const floor = floorNs === null ? null : at(floorNs);
  const cap = boxPx * 0.32;
  const reach = Math.min(rowPx / 2 - 1, boxPx);
  return (
    <g stroke={colour} strokeWidth={1.4} fill="none">
      {floor !== null && (
        <line
          className="box-floor"
          x1={floor}
          x2={floor}
          y1={y - reach}
          y2={y + reach}
          stroke={theme.ink}
          strokeDasharray="3 2"
        />
      )}
      <path
        d={`M${low} ${y}H${left ?? high}M${right ?? high} ${y}H${high}M${low} ${y - cap}V${y + cap}M${high} ${y - cap}V${y + cap}`}
      />
      {left !== null && right !== null && (
        <rect
          x={left}
          y={y - boxPx / 2}
          width={Math.max(1.5, right - left)}
          height={boxPx}
          rx={1.5}
          fill={hollow ? theme.background : colour}
          fillOpacity={hollow ? 1 : 0.28}
        />
      )}
      <line x1={median} x2={median} y1={y - boxPx / 2} y2={y + boxPx / 2} strokeWidth={3} />
      <circle cx={at(box.min)} cy={y} r={2.2} fill={theme.background} />
      <circle cx={at(box.max)} cy={y} r={2.2} fill={theme.background} />
    </g>
  );
}
