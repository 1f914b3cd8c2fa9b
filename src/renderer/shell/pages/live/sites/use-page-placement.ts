import { useEffect, type RefObject } from 'react';
import type { PaneBounds } from '../../../../../shared/ipc-contract';
import { request } from '../../../bridge';

/**
 * Tells the browser process where to draw the active tab's page: over `element`, or nowhere while `shown` is false.
 * Only changes are reported.
 */
export function usePagePlacement(element: RefObject<HTMLElement | null>, shown: boolean): void {
  useEffect(() => {
    const place = (): void => report(shown && element.current ? boundsOf(element.current) : null);
    place();
    const observer = new ResizeObserver(place);
    // The element may move without changing its size, when something before it does: the root's size tells.
    for (const watched of [element.current, document.documentElement]) if (watched) observer.observe(watched);
    window.addEventListener('resize', place);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', place);
    };
  }, [element, shown]);
  // A pane that leaves the window takes its page along.
  useEffect(() => () => report(null), []);
}

let reported: string | null = null;

function report(bounds: PaneBounds | null): void {
  // The same pixels are elsewhere when the zoom has changed.
  const key = JSON.stringify([bounds, devicePixelRatio]);
  if (key === reported) return;
  reported = key;
  request('tab:place', bounds).catch(() => {
    // Not reported after all: the next change, or the next layout, tries again.
    reported = null;
  });
}

function boundsOf(element: HTMLElement): PaneBounds | null {
  const rect = element.getBoundingClientRect();
  const x = Math.max(0, Math.round(rect.left));
  const y = Math.max(0, Math.round(rect.top));
  const width = Math.max(0, Math.round(rect.right) - x);
  const height = Math.max(0, Math.round(rect.bottom) - y);
  return width === 0 || height === 0 ? null : { x, y, width, height };
}
