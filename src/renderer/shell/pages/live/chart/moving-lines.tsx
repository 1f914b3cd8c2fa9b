import { useEffect, useRef } from 'react';
import { type PlotArea, usePlotArea, useYAxisScale, ZIndexLayer } from 'recharts';
import type { ChartTheme } from '../../../charts/chart-theme';
import type { LineSpec } from '../../../charts/line-spec';
import { emphasis, FLOOR_DASH } from './line-emphasis';
import type { FloorLine } from './floor-layout';
import { useDrawing, type LatencySource } from './latency-source';
import type { PixelOf } from './line-path';
import { LinesCanvas, type Stroke } from './lines-canvas';

interface Props {
  source: LatencySource;
  lines: readonly LineSpec[];
  floors: readonly FloorLine[];
  spanNs: number;
  theme: ChartTheme;
  /** Place of the line whose min–max band is drawn. */
  band: number | null;
  highlighted: number | null;
  /** Ids of the lines of a process that has just died or hung. */
  struck: readonly string[];
}

/**
 * The lines of the channels and of the floors as pixels, in the axes that recharts has drawn. As paths of the document
 * every batch had them all laid out and painted again, which was more than half of what this process did.
 */
export function MovingLines(props: Props) {
  const plot = usePlotArea();
  const yOf = useYAxisScale();
  if (!plot || !yOf) return null;
  const { x, y, width, height } = plot;
  return (
    <ZIndexLayer zIndex={400}>
      <foreignObject x={x} y={y} width={width} height={height} pointerEvents="none">
        <Canvas {...props} plot={plot} yOf={yOf} />
      </foreignObject>
    </ZIndexLayer>
  );
}

function Canvas({
  source,
  lines,
  floors,
  spanNs,
  theme,
  band,
  highlighted,
  struck,
  plot: { width, height, y: top },
  yOf,
}: Props & { plot: PlotArea; yOf: PixelOf }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<LinesCanvas>(null);
  const channels = lines.map(({ id, colour, dash }, index): Stroke => {
    const { strokeWidth, opacity } = emphasis(highlighted === null ? null : highlighted === index, struck, id);
    return { id, colour, dash: dashOf(dash), widthPx: strokeWidth, opacity, cap: 'round' };
  });
  const kernel = floors.map(({ seriesId: id }): Stroke => ({
    id,
    colour: theme.inkSoft,
    dash: dashOf(FLOOR_DASH),
    widthPx: 1,
    opacity: 1,
    cap: 'butt',
  }));
  const draw = (): void => {
    if (canvas.current === null) return;
    drawing.current ??= new LinesCanvas(canvas.current.transferControlToOffscreen());
    drawing.current.draw(
      { width, height, top, spanNs, yOf },
      source.points.nowNs,
      [
        { points: source.floorPoints, strokes: kernel, band: null },
        { points: source.points, strokes: channels, band },
      ],
      devicePixelRatio,
    );
  };
  useDrawing(source, draw);
  useEffect(() => {
    // Told of another size of pixels as well.
    window.addEventListener('resize', draw);
    return () => window.removeEventListener('resize', draw);
  });
  return (
    <canvas ref={canvas} className="moving-lines">
      {[...kernel, ...channels].map(({ id, colour, widthPx }) => (
        <span key={id} data-line={id} data-colour={colour} data-width={widthPx} />
      ))}
    </canvas>
  );
}

function dashOf(dash: string): number[] {
  return dash === 'none' ? [] : dash.split(' ').map(Number);
}
