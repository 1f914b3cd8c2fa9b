import type { Stretch } from '../pages/live/view-slice';
import type {
  ChannelStats,
  ChannelView,
  Environment,
  FloorView,
  Notice,
  OwnedProcessView,
  ProcessView,
  TabView,
} from '../../../shared/snapshot';
import type { Incident } from '../../../shared/incident';
import type { LabEvent } from '../../../shared/events';
import { chartedChannels, type ChartedChannel } from '../pages/live/series/charted-channels';
import type { ShellState } from './shell-store';

// Stable empties: a selector that made its own would re-render its component every time.
const NONE: readonly never[] = [];

export const selectProcesses = (s: ShellState): readonly ProcessView[] => s.snapshot?.processes ?? NONE;
export const selectAlsoRunning = (s: ShellState): readonly OwnedProcessView[] => s.snapshot?.alsoRunning ?? NONE;
export const selectChannels = (s: ShellState): readonly ChannelView[] => s.snapshot?.channels ?? NONE;
/** Those that the charts have now: of the stretch, of the pause, or of this moment. */
export const selectChartedChannels = (s: ShellState): readonly ChartedChannel[] =>
  s.stretch?.channels ?? s.frozenChannels ?? chartedChannels(s);
export const selectTableChannels = (s: ShellState): readonly ChannelView[] => ofStretch(selectChannels(s), s.stretch);
export const selectFloors = (s: ShellState): readonly FloorView[] => s.snapshot?.floors ?? NONE;
export const selectTabs = (s: ShellState): readonly TabView[] => s.snapshot?.tabs ?? NONE;
export const selectEvents = (s: ShellState): readonly LabEvent[] => s.snapshot?.events ?? NONE;
export const selectIncidents = (s: ShellState): readonly Incident[] => s.snapshot?.incidents ?? NONE;
export const selectNotices = (s: ShellState): readonly Notice[] => s.snapshot?.notices ?? NONE;
export const selectEnvironment = (s: ShellState): Environment | null => s.snapshot?.environment ?? null;
export const selectActiveTabId = (s: ShellState): number | null => s.snapshot?.activeTabId ?? null;
export const selectModalOpen = (s: ShellState): boolean => s.dialog.kind !== 'none' || s.glossary !== null;

export function selectActiveTab(s: ShellState): TabView | null {
  return s.snapshot?.tabs.find((tab) => tab.id === s.snapshot?.activeTabId) ?? null;
}

let last: { channels: readonly ChannelView[]; stretch: Stretch; rows: readonly ChannelView[] } | null = null;

/** The channels as they are, with the figures of the stretch, if there is one. Keeps its identity. */
function ofStretch(channels: readonly ChannelView[], stretch: Stretch | null): readonly ChannelView[] {
  if (stretch === null) return channels;
  if (last?.channels === channels && last.stretch === stretch) return last.rows;
  const figures = new Map(stretch.channels.map(({ id, stats }) => [id, stats]));
  const rows = channels.map((channel) => ({ ...channel, stats: figures.get(channel.id) ?? noStats(channel.stats) }));
  last = { channels, stretch, rows };
  return rows;
}

function noStats({ totals }: ChannelStats): ChannelStats {
  const none = { ...totals, sent: 0, answered: 0, lost: 0 };
  return { fromSent: null, fromIntended: null, totals: none, answeredPerSecond: 0 };
}
