import type { ChannelView, DepartedChannel, Snapshot } from '../../../../../shared/snapshot';
import { CHART_WINDOWS, type ChartWindowId } from './chart-windows';

/** A channel that charts may draw: one that there is, or one of a site that was closed, until its past has left the chart. */
export type ChartedChannel = ChannelView & {
  /** The name of the process that nobody needs any more. */
  departedFrom?: string;
};

interface Shown {
  snapshot: Snapshot | null;
  chart: 'latency' | 'percentiles';
  window: ChartWindowId;
}

const NONE: readonly ChartedChannel[] = [];
/** So far back the percentile chart reaches. */
const PERCENTILES_SPAN_NS = 30e9;

let last: {
  channels: readonly ChannelView[];
  departed: readonly DepartedChannel[];
  charted: readonly ChartedChannel[];
} | null = null;

/** The channels of the laboratory, then those departed that the chart still has something of. Keeps its identity. */
export function chartedChannels({ snapshot, chart, window }: Shown): readonly ChartedChannel[] {
  if (snapshot === null) return NONE;
  const { channels, nowNs } = snapshot;
  const spanNs = chart === 'latency' ? CHART_WINDOWS[window].spanNs : PERCENTILES_SPAN_NS;
  const departed = snapshot.departed.filter(({ lastNs }) => lastNs >= nowNs - spanNs);
  if (departed.length === 0) return channels;
  const same =
    last?.channels === channels &&
    last.departed.length === departed.length &&
    departed.every((each, index) => each === last?.departed[index]);
  if (last === null || !same) last = { channels, departed, charted: [...channels, ...departed.map(toCharted)] };
  return last.charted;
}

/** All departed ones that are known, however long ago. */
export function allChannels({ channels, departed }: Pick<Snapshot, 'channels' | 'departed'>): ChartedChannel[] {
  return [...channels, ...departed.map(toCharted)];
}

function toCharted({ channel, processName }: DepartedChannel): ChartedChannel {
  return { ...channel, departedFrom: processName };
}
