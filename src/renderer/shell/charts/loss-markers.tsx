import { usePlotArea, useXAxisScale, ZIndexLayer } from 'recharts';
import type { LatencyRow } from './latency-rows';
import type { LineSpec } from './line-spec';

const LANE_PX = 7;
const LANES = 8;
const ARM_PX = 2.2;

interface Props {
  rows: readonly LatencyRow[];
  lines: readonly LineSpec[];
}

/** Lost pings as × along the bottom of the plot, one lane per channel that lost any: one path each, however many. */
export function LossMarkers({ rows, lines }: Props) {
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  if (!plot || !xOf) return null;
  const paths: { id: string; label: string; colour: string; d: string; lost: number }[] = [];
  lines.forEach((line, index) => {
    let d = '';
    let lost = 0;
    const y = plot.y + plot.height - 6 - (paths.length % LANES) * LANE_PX;
    for (const row of rows) {
      const count = row.lost[index] ?? 0;
      const x = xOf(row.x);
      if (count === 0 || x === undefined || x < plot.x || x > plot.x + plot.width) continue;
      lost += count;
      const [left, top] = [(x - ARM_PX).toFixed(1), y - ARM_PX];
      d += `M${left} ${top}l${ARM_PX * 2} ${ARM_PX * 2}m0 ${-ARM_PX * 2}l${-ARM_PX * 2} ${ARM_PX * 2}`;
    }
    if (lost > 0) paths.push({ id: line.id, label: line.label, colour: line.colour, d, lost });
  });
  if (paths.length === 0) return null;
  return (
    <ZIndexLayer zIndex={440}>
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
            <title>{`${path.label}: ${path.lost} lost in view`}</title>
          </path>
        ))}
      </g>
    </ZIndexLayer>
  );
}
