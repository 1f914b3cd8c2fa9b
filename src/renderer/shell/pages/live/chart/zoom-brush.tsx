import { useEffect, useRef, useState } from 'react';
import { usePlotArea, ZIndexLayer } from 'recharts';
import type { ChartTheme } from '../../../charts/chart-theme';
import type { LatencySource } from './latency-source';
import type { LineSpec } from '../../../charts/line-spec';
import type { Domain, ScaleKind } from '../../../charts/y-domain';
import { useShell } from '../../../store/shell-store';
import { openAnatomy } from '../anatomy/open-anatomy';
import { pointAt } from './point-at';
import { zoomTo } from './zoom';

/** Less than this is a click. */
const LEAST_PX = 6;

interface Props {
  source: LatencySource;
  spanNs: number;
  lines: readonly LineSpec[];
  domain: Domain;
  scale: ScaleKind;
  theme: ChartTheme;
}

interface Plot {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Drag over the plot: the stretch of time between is shown alone. Escape lets it go. A click at a line opens the anatomy
 * of the ping there.
 */
export function ZoomBrush(props: Props) {
  const { source, theme } = props;
  const plot = usePlotArea();
  // A state, not a ref: its layer may put it into the document later than this renders.
  const [rect, setRect] = useState<SVGRectElement | null>(null);
  const { x = 0, y = 0, width = 0, height = 0 } = plot ?? {};
  // The axis moves with what is measured, also between the pointer's going down and its coming up.
  const latest = useRef({ ...props, plot: { x, y, width, height } });
  useEffect(() => {
    latest.current = { ...props, plot: { x, y, width, height } };
  });
  const isThere = width > 0;
  useEffect(() => {
    const svg = rect?.ownerSVGElement;
    if (!svg || !rect || !isThere) return undefined;
    const clicked = (atNs: number, clickedY: number): void => {
      const { points } = source;
      const { lines, domain, scale } = latest.current;
      const at = points.nearest((atNs - points.nowNs) / 1e9);
      const medians = lines.map((_, place) => points.medians[place]?.[at] ?? Number.NaN);
      const { timing } = useShell.getState();
      const clickedPlot = { height: latest.current.plot.height, domain, scale, timing };
      const point = pointAt(clickedPlot, { atNs, y: clickedY, pointNs: points.pointNs }, medians);
      if (point !== null) openAnatomy(lines[point.line]?.id ?? null, point.ping);
    };
    return followDrags(svg, rect, () => latest.current, clicked);
  }, [rect, source, isThere]);
  return (
    <ZIndexLayer zIndex={470}>
      <rect
        ref={setRect}
        className="zoom-brush"
        y={y}
        height={height}
        visibility="hidden"
        pointerEvents="none"
        fill={theme.ink}
        fillOpacity={0.14}
        stroke={theme.ink}
        strokeOpacity={0.5}
      />
    </ZIndexLayer>
  );
}

/** Written straight into the document, as the lines are. Returns the unsubscribe. */
function followDrags(
  svg: SVGSVGElement,
  rect: SVGRectElement,
  latest: () => Pick<Props, 'source' | 'spanNs'> & { plot: Plot },
  onClick: (atNs: number, y: number) => void,
): () => void {
  /** When it began on the recording's clock, and where on the screen: the chart moves on under the pointer. */
  let from: { atNs: number; clientX: number } | null = null;

  const timeAt = (clientX: number): number => {
    const { plot, source, spanNs } = latest();
    const px = Math.min(plot.width, Math.max(0, clientX - svg.getBoundingClientRect().left - plot.x));
    return source.points.nowNs - spanNs + (px / plot.width) * spanNs;
  };
  const pxOf = (atNs: number): number => {
    const { plot, source, spanNs } = latest();
    return plot.x + Math.max(0, (1 - (source.points.nowNs - atNs) / spanNs) * plot.width);
  };
  const end = (): void => {
    from = null;
    rect.setAttribute('visibility', 'hidden');
    window.removeEventListener('keydown', onKey, true);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || from === null) return;
    event.stopPropagation();
    end();
  };
  const onDown = (event: PointerEvent): void => {
    const { plot } = latest();
    const { left, top } = svg.getBoundingClientRect();
    const [px, py] = [event.clientX - left, event.clientY - top];
    const inside = px >= plot.x && px <= plot.x + plot.width && py >= plot.y && py <= plot.y + plot.height;
    if (event.button !== 0 || !inside) return;
    from = { atNs: timeAt(event.clientX), clientX: event.clientX };
    window.addEventListener('keydown', onKey, true);
  };
  const onMove = (event: PointerEvent): void => {
    if (from === null || Math.abs(event.clientX - from.clientX) < LEAST_PX) return;
    // Not sooner: a captured pointer's click would not reach a marker.
    if (!svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    const [left, right] = [pxOf(from.atNs), pxOf(timeAt(event.clientX))].toSorted((a, b) => a - b) as [number, number];
    rect.setAttribute('x', left.toFixed(1));
    rect.setAttribute('width', (right - left).toFixed(1));
    rect.setAttribute('visibility', 'visible');
  };
  const onUp = (event: PointerEvent): void => {
    if (from === null) return;
    const { atNs, clientX } = from;
    end();
    if (Math.abs(event.clientX - clientX) >= LEAST_PX) return void zoomTo(atNs, timeAt(event.clientX));
    // A marker is clicked for its own sake.
    if (event.target instanceof Element && event.target.closest('[data-event]') !== null) return;
    onClick(atNs, event.clientY - svg.getBoundingClientRect().top - latest().plot.y);
  };
  svg.addEventListener('pointerdown', onDown);
  svg.addEventListener('pointermove', onMove);
  svg.addEventListener('pointerup', onUp);
  svg.addEventListener('pointercancel', end);
  return () => {
    end();
    svg.removeEventListener('pointerdown', onDown);
    svg.removeEventListener('pointermove', onMove);
    svg.removeEventListener('pointerup', onUp);
    svg.removeEventListener('pointercancel', end);
  };
}
