import { usePlotArea, useXAxisScale, ZIndexLayer } from 'recharts';
import { useWhile, type LatencySource } from './latency-source';
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
      <text x={x - 8} y={y + height + LOSS_LANE_PX / 2 + 4} fill={theme.inkSoft} fontSize={11} textAnchor="end">
        lost
      </text>
    </g>
  );
}

function Losses({ source, lines, interactive }: Omit<Props, 'theme'>) {
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const any = useWhile(source, () => source.points.lostInView > 0);
  if (!any || !plot || !xOf) return null;
  const { points } = source;
  const paths: { id: string; label: string; colour: string; d: string; lost: number }[] = [];
  lines.forEach((line, place) => {
    let d = '';
    let lost = 0;
    const y = plot.y + plot.height + 5 + (paths.length % ROWS) * ROW_PX;
    for (let index = 0; index < points.count; index += 1) {
      const count = points.lost[place]?.[index] ?? 0;
      if (count === 0) continue;
      const x = xOf(points.secondsAt(index));
      if (x === undefined || x < plot.x || x > plot.x + plot.width) continue;
      lost += count;
      const [left, top] = [(x - ARM_PX).toFixed(1), y - ARM_PX];
      d += `M${left} ${top}l${ARM_PX * 2} ${ARM_PX * 2}m0 ${-ARM_PX * 2}l${-ARM_PX * 2} ${ARM_PX * 2}`;
    }
    if (lost > 0) paths.push({ id: line.id, label: line.label, colour: line.colour, d, lost });
  });
  if (paths.length === 0) return null;
  return (
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
}
