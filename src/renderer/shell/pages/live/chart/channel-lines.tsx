import { usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts';
import type { LineSpec } from '../../../charts/line-spec';
import { bandOf, type LatencySource } from './latency-source';
import { PLAIN } from './line-emphasis';
import { bandPath, linePath } from './line-path';

interface Props {
  source: LatencySource;
  lines: readonly LineSpec[];
  /** Place of the line whose min–max band is drawn. */
  band: number | null;
}

/** The channels' lines of a picture, as paths. */
export function ChannelLines({ source, lines, band }: Props) {
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const yOf = useYAxisScale();
  if (!plot || !xOf || !yOf) return null;
  const { points } = source;
  const { x, y, width, height } = plot;
  const xs = Array.from({ length: points.count }, (_, index) => xOf(points.secondsAt(index)) ?? 0);
  const banded = band === null ? undefined : lines[band];
  const { lows, highs } = band === null ? { lows: [], highs: [] } : bandOf(points, band);
  return (
    <ZIndexLayer zIndex={400}>
      {/* Cuts the lines off at the plot. */}
      <svg {...plot} viewBox={`${x} ${y} ${width} ${height}`} overflow="hidden">
        <g fill="none" strokeLinecap="round" strokeLinejoin="round">
          {banded && <path d={bandPath(xs, lows, highs, yOf)} fill={banded.colour} fillOpacity={0.2} />}
          {lines.map(({ id, colour, dash }, place) => (
            <path
              key={id}
              className="channel-line"
              d={linePath(xs, points.medians[place] ?? [], yOf)}
              stroke={colour}
              strokeDasharray={dash}
              {...PLAIN}
            />
          ))}
        </g>
      </svg>
    </ZIndexLayer>
  );
}
