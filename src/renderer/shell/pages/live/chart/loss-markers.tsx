import { usePlotArea, useXAxisScale, ZIndexLayer } from 'recharts';
import type { LatencyPoints } from './latency-points';
import type { LatencySource } from './latency-source';
import { SlidingBox, useSliding } from './sliding';
import type { ChartTheme } from '../../../charts/chart-theme';
import type { LineSpec } from '../../../charts/line-spec';

/** Under the axis, so that no × lies on a line. */
export const LOSS_LANE_PX = 20;
/** Channels that lost at the same time stand below each other; from here on they start again at the top. */
const ROWS = 3;
const ROW_PX = 6;
const ARM_PX = 2.2;

interface Props {
  source: LatencySource;
  lines: readonly LineSpec[];
  theme: ChartTheme;
  /** A picture says by titles which line's they are; the window by its tooltip. */
  interactive: boolean;
}

/** Lost pings as × in a lane under the axis, at the time at which they were sent: one path per channel, however many. */
export function LossMarkers(props: Props) {
  return (
    <ZIndexLayer zIndex={440}>
      <Lane theme={props.theme} />
      <Losses {...props} />
    </ZIndexLayer>
  );
}

function Lane({ theme }: Pick<Props, 'theme'>) {
  const plot = usePlotArea();
  if (!plot) return null;
  const { x, y, width, height } = plot;
  return (
    <g className="loss-lane" data-testid="loss-lane">
      <rect x={x} y={y + height} width={width} height={LOSS_LANE_PX} fill={theme.grid} fillOpacity={0.45} />
      <text x={x - 8} y={y + height + LOSS_LANE_PX / 2 + 5} fill={theme.inkSoft} fontSize={11} textAnchor="end">
        lost
      </text>
    </g>
  );
}

function Losses({ source, lines, interactive }: Omit<Props, 'theme'>) {
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const { spanNs } = source;
  const box = useSliding(source, plot ? plot.width / spanNs : 0, () => lossesOf(source.points, lines.length, spanNs));
  if (box === null || !plot || !xOf) return null;
  const { points } = source;
  const paths: { id: string; label: string; colour: string; d: string; lost: number }[] = [];
  lines.forEach((line, place) => {
    let d = '';
    let lost = 0;
    const y = plot.y + plot.height + 5 + (paths.length % ROWS) * ROW_PX;
    for (const index of lostIn(points, place, spanNs)) {
      lost += points.lost[place]?.[index] ?? 0;
      const [left, top] = [((xOf(points.secondsAt(index)) ?? 0) - ARM_PX).toFixed(1), y - ARM_PX];
      d += `M${left} ${top}l${ARM_PX * 2} ${ARM_PX * 2}m0 ${-ARM_PX * 2}l${-ARM_PX * 2} ${ARM_PX * 2}`;
    }
    if (lost > 0) paths.push({ id: line.id, label: line.label, colour: line.colour, d, lost });
  });
  if (paths.length === 0) return null;
  const losses = (
    <g className="loss-markers" data-testid="loss-markers">
      {paths.map((path) => (
        <path
          key={path.id}
          d={path.d}
          stroke={path.colour}
          strokeWidth={1.5}
          fill="none"
          data-channel={path.id}
          data-lost={path.lost}
        >
          {!interactive && <title>{`${path.label}: ${path.lost} lost in view`}</title>}
        </path>
      ))}
    </g>
  );
  return interactive ? <SlidingBox box={box}>{losses}</SlidingBox> : losses;
}

/** The points of a line in the window that lost something. */
function lostIn(points: LatencyPoints, line: number, spanNs: number): number[] {
  const found: number[] = [];
  const lost = points.lost[line];
  for (let index = 0; index < points.count; index += 1)
    if ((lost?.[index] ?? 0) > 0 && points.secondsAt(index) >= -spanNs / 1e9) found.push(index);
  return found;
}

/** Which points of which lines lost how much; empty when none did. */
function lossesOf(points: LatencyPoints, lines: number, spanNs: number): string {
  if (points.lostInView === 0) return '';
  let text = '';
  for (let line = 0; line < lines; line += 1)
    for (const index of lostIn(points, line, spanNs))
      text += `${line}:${points.first + index}:${points.lost[line]?.[index]} `;
  return text;
}
