import { selectChartedChannels, selectEvents, selectFloors } from '../../../store/selectors';
import { CHART_WINDOWS } from '../series/chart-windows';
import { liveSeries } from '../series/live-series';
import type { ChartKind } from '../view-slice';
import type { ShellState } from '../../../store/shell-store';
import { bandIndex, visibleChannels } from './chart-model';
import { LIGHT_CHART } from '../../../charts/chart-theme';
import { shownFloors } from './floor-layout';
import { LatencyPlot } from './latency-plot';
import { selectColouring } from './line-colouring';
import { LatencySource } from './latency-source';
import { lineSpec, type LineSpec } from '../../../charts/line-spec';
import { PercentilePlot } from '../../../charts/percentile-plot';
import { figuresAxis } from '../../../charts/percentile-axis';
import { percentileExtent, percentilePoints, percentilesAxisLabel } from './percentile-rows';
import { snapDomain } from '../../../charts/y-domain';

export interface ExportPlot {
  lines: LineSpec[];
  render(width: number, height: number): React.ReactElement;
}

/** The chart as the person has set it up, at this moment or at the moment of the pause, in the light theme. */
export function exportPlot(state: ShellState, chart: ChartKind): ExportPlot {
  const channels = visibleChannels(selectChartedChannels(state), state.hidden);
  const colouring = selectColouring(state);
  const lines = channels.map((channel) => lineSpec(channel, colouring, LIGHT_CHART));
  const common = { lines, scale: state.scale, theme: LIGHT_CHART, highlighted: null, interactive: false };
  if (chart === 'percentiles') {
    const points = percentilePoints(channels, state.timing);
    const domain = snapDomain(state.scale, ...percentileExtent(points));
    return {
      lines,
      render: (width, height) => (
        <PercentilePlot
          {...common}
          width={width}
          height={height}
          points={points}
          axis={figuresAxis(percentilesAxisLabel(state))}
          domain={domain}
          dotPx={2.5}
        />
      ),
    };
  }
  const { scale, timing, stretch } = state;
  const window = stretch?.window ?? CHART_WINDOWS[state.window];
  const band = bandIndex(lines, null);
  const floors = state.floor ? shownFloors(selectFloors(state), channels) : [];
  const source = new LatencySource({
    frozen: stretch?.view ?? state.frozen ?? liveSeries.view,
    lines,
    window,
    timing,
    ratePerSecond: state.snapshot?.settings.ratePerSecond ?? 20,
    scale,
    band,
    floors,
  });
  return {
    lines,
    render: (width, height) => (
      <LatencyPlot
        {...common}
        width={width}
        height={height}
        source={source}
        events={selectEvents(state)}
        floors={floors}
        window={window}
        absolute
        domain={source.domain()}
        band={band}
        struck={[]}
      />
    ),
  };
}
