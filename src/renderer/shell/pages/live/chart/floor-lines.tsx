import { useRef, useState, useSyncExternalStore } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts';
import type { ChartTheme } from '../../../charts/chart-theme';
import { layoutFloorLabels, roughMicros, type FloorLine } from './floor-layout';
import { useDrawing, type LatencySource } from './latency-source';
import type { PixelOf } from './line-path';
import { LinesDrawing } from './lines-drawing';

const FONT_PX = 11;

interface Props {
  source: LatencySource;
  floors: readonly FloorLine[];
  theme: ChartTheme;
  /** On the screen the lines are a layer of their own that slides; a picture has none. */
  sliding: boolean;
}

/** What the kernel alone takes at the same time, as thin lines with their names: the distance to them is what the runtime adds. */
export function FloorLines(props: Props) {
  const plot = usePlotArea();
  const xOf = useXAxisScale();
  const yOf = useYAxisScale();
  if (!plot || !xOf || !yOf || props.floors.length === 0) return null;
  const { x, y, width, height } = plot;
  return (
    <ZIndexLayer zIndex={350}>
      <g className="floor-lines" data-testid="floor-lines">
        <svg {...plot} viewBox={`${x} ${y} ${width} ${height}`} overflow="hidden">
          <SlidingFloors {...props} xOf={xOf} yOf={yOf} />
        </svg>
        <FloorLabels {...props} plot={plot} yOf={yOf} />
      </g>
    </ZIndexLayer>
  );
}

function SlidingFloors({ source, floors, theme, sliding, xOf, yOf }: Props & { xOf: PixelOf; yOf: PixelOf }) {
  const group = useRef<SVGGElement>(null);
  const [drawing] = useState(() => new LinesDrawing(sliding));
  useDrawing(source, () => {
    if (group.current) drawing.draw(group.current, source.floorPoints, null, xOf, yOf);
  });
  return (
    <g ref={group} fill="none" style={sliding ? { willChange: 'transform' } : undefined}>
      {floors.map(({ transports, seriesId }) => (
        <g
          key={seriesId}
          data-channel={seriesId}
          data-floor={transports.join(' ')}
          stroke={theme.inkSoft}
          strokeWidth={1}
          strokeDasharray="2 4"
        />
      ))}
    </g>
  );
}

interface LabelsProps extends Props {
  plot: { x: number; y: number; height: number };
  yOf: PixelOf;
}

/** Rendered only when a figure changes in the digits that are shown. */
function FloorLabels({ source, floors, theme, plot, yOf }: LabelsProps) {
  useSyncExternalStore(source.subscribe, () =>
    floors.map((_, at) => roughMicros(source.floorMicros(at) ?? 0)).join(' '),
  );
  const placed = floors.flatMap(({ transports }, at) => {
    const micros = source.floorMicros(at);
    const y = micros === null ? undefined : yOf(micros);
    return micros === null || y === undefined || y < plot.y || y > plot.y + plot.height
      ? []
      : [{ transports, micros, y }];
  });
  return layoutFloorLabels(placed, plot.y).map((label) => (
    <text
      key={label.text}
      x={plot.x + 6}
      y={label.y}
      fill={theme.inkSoft}
      fontSize={FONT_PX}
      stroke={theme.background}
      strokeWidth={3}
      paintOrder="stroke"
    >
      {label.text}
    </text>
  ));
}
