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
  /** Ids of the lines of a process that has just died or hung. */
  struck: readonly string[];
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

function SlidingLines({
  source,
  lines,
  band,
  highlighted,
  struck,
  sliding,
  xOf,
  yOf,
}: Props & { xOf: PixelOf; yOf: PixelOf }) {
  const group = useRef<SVGGElement>(null);
  const [drawing] = useState(() => new LinesDrawing(sliding));
  useDrawing(source, () => {
    if (group.current) drawing.draw(group.current, source.points, band, xOf, yOf);
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
          {...emphasis(highlighted === null ? null : highlighted === index, struck, line.id)}
        />
      ))}
    </g>
  );
}

/** What a person points at goes before what has just happened. */
function emphasis(pointedAt: boolean | null, struck: readonly string[], id: string) {
  if (pointedAt !== null) return pointedAt ? POINTED_AT : FADED;
  if (struck.length === 0) return PLAIN;
  return struck.includes(id) ? STRUCK : FADED;
}

const PLAIN = { strokeWidth: 1.6, opacity: 1 };
const POINTED_AT = { strokeWidth: 3, opacity: 1 };
/** There may be many of them. */
const STRUCK = { strokeWidth: 2.2, opacity: 1 };
const FADED = { strokeWidth: 1.6, opacity: 0.3 };
