import { useId } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts';
import type { LatencyRow } from './latency-rows';
import { bandPath, linePath } from './line-path';
import type { LineSpec } from './line-spec';

interface Props {
  rows: readonly LatencyRow[];
  lines: readonly LineSpec[];
  /** Place of the line whose min–max band is drawn. */
  band: number | null;
  highlighted: number | null;
}

/**
 * One path per channel on the chart's own scales. recharts' <Line> measures its path and copies every point several
 * times on each update, also without animation: in a profile with 12 of them that alone was about 20 of the 100 ms
 * between two updates; all of this is about 2.
 */
export function ChannelLines({ rows, lines, band, highlighted }: Props) {
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const yOf = useYAxisScale();
  const clip = useId().replaceAll(/\W/g, '');
  if (!plot || !xOf || !yOf) return null;
  const xs = rows.map((row) => xOf(row.x) ?? 0);
  const banded = band === null ? undefined : lines[band];
  return (
    <ZIndexLayer zIndex={400}>
      <defs>
        <clipPath id={`plot-${clip}`}>
          <rect x={plot.x} y={plot.y} width={plot.width} height={plot.height} />
        </clipPath>
      </defs>
      <g
        className="channel-lines"
        clipPath={`url(#plot-${clip})`}
        fill="none"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {band !== null && banded && (
          <path
            className="channel-band"
            d={bandPath(
              xs,
              rows.map((row) => row.low[band] ?? null),
              rows.map((row) => row.high[band] ?? null),
              yOf,
            )}
            fill={banded.colour}
            fillOpacity={0.2}
          />
        )}
        {lines.map((line, index) => (
          <path
            key={line.id}
            className="channel-line"
            data-channel={line.id}
            d={linePath(
              xs,
              rows.map((row) => row.median[index] ?? null),
              yOf,
            )}
            stroke={line.colour}
            strokeDasharray={line.dash}
            strokeWidth={highlighted === index ? 3 : 1.6}
            strokeOpacity={highlighted === null || highlighted === index ? 1 : 0.25}
          />
        ))}
      </g>
    </ZIndexLayer>
  );
}
