import { usePlotArea, useYAxisScale, ZIndexLayer } from 'recharts';
import type { ChartTheme } from '../../../charts/chart-theme';
import type { LineSpec } from '../../../charts/line-spec';
import { END_LABEL_PX, spreadLabels } from '../../../charts/end-label-layout';
import { useBeat, type LatencySource } from './latency-source';

/** A ping that is still under way must not take the label away. */
const RECENT_NS = 1.5e9;

interface Props {
  source: LatencySource;
  lines: readonly LineSpec[];
  theme: ChartTheme;
}

/** The lines' names beside their ends, so that nobody has to look them up in the legend. */
export function EndLabels(props: Props) {
  return (
    <ZIndexLayer zIndex={460}>
      <Labels {...props} />
    </ZIndexLayer>
  );
}

function Labels({ source, lines, theme }: Props) {
  const plot = usePlotArea();
  const yOf = useYAxisScale();
  useBeat(source);
  if (source.points.count === 0 || !plot || !yOf) return null;
  const ends = lines.flatMap((line, place) => {
    const y = yOf(lastMicros(source, place));
    return y === undefined || Number.isNaN(y) ? [] : [{ line, y }];
  });
  const bottom = plot.y + plot.height;
  const x = plot.x + plot.width;
  return (
    <g className="end-labels" data-testid="end-labels">
      {spreadLabels(ends, plot.y, bottom).map(({ line, y, labelY }) => (
        <g key={line.id}>
          <path d={`M${x + 1} ${y.toFixed(1)}L${x + 9} ${labelY.toFixed(1)}`} stroke={line.colour} fill="none" />
          <text x={x + 12} y={labelY + 4} fill={theme.ink} fontSize={END_LABEL_PX}>
            {line.label}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Of the line's newest point, or NaN when it has ended before the right edge. */
function lastMicros({ points }: LatencySource, place: number): number {
  const bucket = { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN };
  const recent = Math.max(3, Math.ceil(RECENT_NS / points.pointNs));
  for (let index = points.count - 1; index >= Math.max(0, points.count - recent); index -= 1) {
    points.read(place, index, bucket);
    if (!Number.isNaN(bucket.medianNs)) return bucket.medianNs / 1000;
  }
  return NaN;
}
