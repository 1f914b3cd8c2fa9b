import { type ReactNode, type RefObject, useRef, useSyncExternalStore } from 'react';
import { useChartHeight, useChartWidth } from 'recharts';
import { useDrawing, type LatencySource } from './latency-source';

/**
 * For what slides with the time: a box that is moved to the left by whole pixels while `arrangement`, read with every
 * batch, stays the same text. Only when it changes is the component rendered anew. Null while it is empty.
 */
export function useSliding(
  source: LatencySource,
  pxPerNs: number,
  arrangement: () => string,
): RefObject<HTMLDivElement | null> | null {
  const box = useRef<HTMLDivElement>(null);
  const shown = useSyncExternalStore(source.subscribe, arrangement);
  const { nowNs } = source.points;
  useDrawing(source, () => {
    const px = Math.round((nowNs - source.points.nowNs) * pxPerNs);
    if (box.current) box.current.style.transform = `translateX(${px}px)`;
  });
  return shown === '' ? null : box;
}

/** A box of the page, not a group of the drawing: it moves without layout and without being painted again. */
export function SlidingBox({ box, children }: { box: RefObject<HTMLDivElement | null>; children: ReactNode }) {
  const width = useChartWidth();
  const height = useChartHeight();
  return (
    <foreignObject width={width} height={height} pointerEvents="none">
      <div ref={box} className="sliding">
        <svg width={width} height={height}>
          {children}
        </svg>
      </div>
    </foreignObject>
  );
}
