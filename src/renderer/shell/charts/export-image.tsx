import { createRoot } from 'react-dom/client';
import type { FeedMessage } from '../../../shared/feed';
import { formatBytes } from '../../../shared/format';
import { messageOf, request } from '../bridge';
import { CHART_WINDOWS } from '../series/chart-windows';
import { useShell, type ShellState } from '../store/shell-store';
import type { ChartKind } from '../store/view-slice';
import { LIGHT_CHART } from './chart-theme';
import { exportPlot } from './export-plot';
import { rasterise } from './rasterise';
import { composeDocument, layoutDocument, PLOT_TOP } from './svg-document';

const WIDTH = 1200;
const HEIGHT = 675;
/** recharts puts its items in place in effects after the first render; a few turns of the event loop are enough. */
const DRAW_LIMIT_MS = 4000;

type RenderRequest = Extract<FeedMessage, { kind: 'render-chart' }>;

/** Answers a `render-chart` message: the chart as one SVG document, and as PNG when asked for. */
export async function renderChart({ requestId, view, png, title }: RenderRequest): Promise<void> {
  try {
    const state = useShell.getState();
    const { svg, width, height } = await drawChart(state, view === 'shown' ? state.chart : view, title);
    await request('chart:rendered', requestId, { svg, png: png ? await rasterise(svg, width, height) : null });
  } catch (error) {
    await request('chart:rendered', requestId, {
      error: `The chart could not be drawn: ${messageOf(error)}`.slice(0, 2000),
    });
  }
}

async function drawChart(
  state: ShellState,
  chart: ChartKind,
  title: string,
): Promise<{ svg: string; width: number; height: number }> {
  const plot = exportPlot(state, chart);
  const parts = {
    width: WIDTH,
    height: HEIGHT,
    title,
    subtitle: subtitle(state, chart),
    lines: plot.lines,
    theme: LIGHT_CHART,
  };
  const layout = layoutDocument(parts);
  const host = document.createElement('div');
  host.className = 'export-host';
  host.inert = true;
  document.body.append(host);
  const root = createRoot(host);
  try {
    root.render(plot.render(layout.width, layout.plotHeight));
    const surface = await drawnSurface(host, plot.lines.length);
    return {
      svg: composeDocument(parts, layout, plotText(surface, layout.width, layout.plotHeight)),
      width: layout.width,
      height: layout.height,
    };
  } finally {
    root.unmount();
    host.remove();
  }
}

/** Waits until the axes and every line that has data are in the document and have stopped changing. */
async function drawnSurface(host: HTMLElement, lines: number): Promise<SVGSVGElement> {
  const limit = performance.now() + DRAW_LIMIT_MS;
  let before = '';
  while (performance.now() < limit) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    const surface = host.querySelector<SVGSVGElement>('svg.recharts-surface');
    if (!surface) continue;
    const ready =
      surface.querySelector('.recharts-yAxis-tick-labels text') !== null &&
      surface.querySelectorAll('.channel-line, .recharts-line').length >= lines;
    const now = surface.innerHTML;
    if (ready && now === before) return surface;
    before = now;
  }
  throw new Error(`it was not ready within ${DRAW_LIMIT_MS / 1000} s`);
}

/** The plot as an inner `<svg>` with nothing in it that needs this page: no classes, styles or focus. */
function plotText(surface: SVGSVGElement, width: number, height: number): string {
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

function subtitle({ snapshot, window, timing }: ShellState, chart: ChartKind): string {
  if (!snapshot) return '';
  const { environment, settings } = snapshot;
  return [
    `Bulkhead ${environment.bulkhead}`,
    `Electron ${environment.electron}`,
    environment.os,
    `${settings.ratePerSecond} pings/s`,
    `${formatBytes(settings.payloadBytes)} payload`,
    chart === 'latency'
      ? `medians of ${CHART_WINDOWS[window].bucketNs / 1e6} ms over ${CHART_WINDOWS[window].label}`
      : 'last 30 s',
    `timed from ${timing === 'sent' ? 'actual' : 'intended'} send`,
  ].join(' · ');
}
