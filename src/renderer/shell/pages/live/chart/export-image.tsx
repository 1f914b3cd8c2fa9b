import type { FeedMessage } from '../../../../../shared/feed';
import { formatBytes } from '../../../../../shared/format';
import { messageOf, request } from '../../../bridge';
import { CHART_WINDOWS } from '../series/chart-windows';
import { useShell, type ShellState } from '../../../store/shell-store';
import type { ChartKind } from '../view-slice';
import { LIGHT_CHART } from '../../../charts/chart-theme';
import { exportPlot } from './export-plot';
import { bucketsPerPoint } from './latency-points';
import { percentilesSpan } from './percentile-rows';
import { stretchText } from './time-axis';
import { rasterise } from '../../../charts/rasterise';
import { standalonePlot } from '../../../charts/standalone-plot';
import { composeDocument, layoutDocument } from '../../../charts/svg-document';

const WIDTH = 1200;
const HEIGHT = 675;

type RenderRequest = Extract<FeedMessage, { kind: 'render-chart' }>;

/** Answers a `render-chart` message: the chart as one SVG document, and as PNG when asked for. */
export async function renderChart({ requestId, view, png, title }: RenderRequest): Promise<void> {
  try {
    // Only what is exported as shown may be a stretch: a report is of the whole recording.
    const present = useShell.getState();
    const state = view === 'shown' ? present : { ...present, stretch: null };
    const { svg, width, height } = await drawChart(state, view === 'shown' ? state.chart : view, title);
    await request('chart:rendered', requestId, { svg, png: png ? await rasterise(svg, width, height) : null });
  } catch (error) {
    await request('chart:rendered', requestId, {
      error: `The chart could not be drawn: ${messageOf(error)}`.slice(0, 2000),
    });
  }
}

/** The chart as it stands, as a picture for the clipboard. */
export async function shownChartPicture(): Promise<Uint8Array<ArrayBuffer>> {
  const state = useShell.getState();
  const title = state.chart === 'latency' ? 'round trip by channel' : 'percentiles by channel';
  const { svg, width, height } = await drawChart(state, state.chart, `Bulkhead: ${title}`);
  return rasterise(svg, width, height);
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
  const drawn = await standalonePlot(
    plot.render(layout.width, layout.plotHeight),
    layout.width,
    layout.plotHeight,
    (surface) =>
      surface.querySelector('.recharts-yAxis-tick-labels text') !== null &&
      surface.querySelectorAll('.channel-line, .plot-line').length >= plot.lines.length,
  );
  return { svg: composeDocument(parts, layout, drawn), width: layout.width, height: layout.height };
}

function subtitle({ snapshot, window, stretch, timing }: ShellState, chart: ChartKind): string {
  if (!snapshot) return '';
  const { environment, settings } = snapshot;
  const shown = stretch?.window ?? CHART_WINDOWS[window];
  return [
    `Bulkhead ${environment.bulkhead}`,
    `Electron ${environment.electron}`,
    environment.os,
    `${settings.ratePerSecond} pings/s`,
    `${formatBytes(settings.payloadBytes)} payload`,
    chart === 'latency'
      ? `medians of ${(shown.bucketNs * bucketsPerPoint(shown, settings.ratePerSecond)) / 1e6} ms over ${stretch ? stretchText(stretch) : CHART_WINDOWS[window].label}`
      : percentilesSpan({ stretch }),
    `timed from ${timing === 'sent' ? 'actual' : 'intended'} send`,
  ].join(' · ');
}
