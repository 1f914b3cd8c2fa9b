import { useRef, useState } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts';
import { useDrawing, type LatencySource } from './latency-source';
import type { PixelOf } from './line-path';
import type { LineSpec } from '../../../charts/line-spec';
import { LinesDrawing } from './lines-drawing';

interface Props {
  source: LatencySource;
  lines: readonly LineSpec[];
  /** Place of the line whose min–max band is drawn. */
  band: number | null;
  highlighted: number | null;
  /** On the screen the lines are a layer of their own that slides; a picture has none. */
  sliding: boolean;
}

/** One group per channel on the chart's own scales, whose paths are written straight into the document. */
export function ChannelLines(props: Props) {
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const yOf = useYAxisScale();
  if (!plot || !xOf || !yOf) return null;
  const { x, y, width, height } = plot;
  return (
    <ZIndexLayer zIndex={400}>
      {/* Cuts the lines off at the plot. Not a clip path: that would be a mask over a layer, which costs more. */}
      <svg className="channel-lines" {...plot} viewBox={`${x} ${y} ${width} ${height}`} overflow="hidden">
        <SlidingLines {...props} xOf={xOf} yOf={yOf} />
      </svg>
    </ZIndexLayer>
  );
}

function SlidingLines({ source, lines, band, highlighted, sliding, xOf, yOf }: Props & { xOf: PixelOf; yOf: PixelOf }) {
  const group = useRef<SVGGElement>(null);
  const [drawing] = useState(() => new LinesDrawing(sliding));
  useDrawing(source, () => {
    if (group.current) drawing.draw(group.current, source, band, xOf, yOf);
  });
  const banded = band === null ? undefined : lines[band];
  return (
    <g
      ref={group}
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={sliding ? { willChange: 'transform' } : undefined}
    >
      {banded && <path className="channel-band" fill={banded.colour} fillOpacity={0.2} />}
      {lines.map((line, index) => (
        <g
          key={line.id}
          className="channel-line"
          data-channel={line.id}
          stroke={line.colour}
          strokeDasharray={line.dash}
          strokeWidth={highlighted === index ? 3 : 1.6}
          opacity={highlighted === null || highlighted === index ? 1 : 0.25}
        />
      ))}
    </g>
  );
}
