import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { PLOT_TOP } from './svg-document';

/** recharts puts its items in place in effects after the first render; a few turns of the event loop are enough. */
const DRAW_LIMIT_MS = 4000;

/** Draws a chart beside the window and gives it as an inner `<svg>` of that size, in its place in a document. */
export async function standalonePlot(
  chart: ReactElement,
  width: number,
  height: number,
  isReady: (surface: SVGSVGElement) => boolean,
): Promise<string> {
  const host = document.createElement('div');
  host.className = 'export-host';
  host.inert = true;
  document.body.append(host);
  const root = createRoot(host);
  try {
    root.render(chart);
    return plotText(await drawnSurface(host, isReady), width, height);
  } finally {
    root.unmount();
    host.remove();
  }
}

/** Waits until what has to be in the document is in it and has stopped changing. */
async function drawnSurface(host: HTMLElement, isReady: (surface: SVGSVGElement) => boolean): Promise<SVGSVGElement> {
  const limit = performance.now() + DRAW_LIMIT_MS;
  let before = '';
  while (performance.now() < limit) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    const surface = host.querySelector<SVGSVGElement>('svg');
    if (!surface) continue;
    const now = surface.innerHTML;
    if (isReady(surface) && now === before) return surface;
    before = now;
  }
  throw new Error(`it was not ready within ${DRAW_LIMIT_MS / 1000} s`);
}

/** The plot as an inner `<svg>` with nothing in it that needs this page: no classes, styles or focus. */
export function plotText(surface: SVGSVGElement, width: number, height: number): string {
  const copy = surface.cloneNode(true) as SVGSVGElement;
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    // Anchors come as style where recharts takes no attribute; a viewer without CSS must see them too.
    const anchor = element instanceof SVGElement ? element.style.textAnchor : '';
    for (const name of ['class', 'style', 'tabindex', 'role', 'aria-label', 'orientation'])
      element.removeAttribute(name);
    for (const { name } of Array.from(element.attributes)) if (name.startsWith('data-')) element.removeAttribute(name);
    if (anchor) element.setAttribute('text-anchor', anchor);
  }
  copy.querySelector(':scope > title')?.remove();
  copy.querySelector(':scope > desc')?.remove();
  copy.setAttribute('x', '0');
  copy.setAttribute('y', String(PLOT_TOP));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  return new XMLSerializer().serializeToString(copy);
}
