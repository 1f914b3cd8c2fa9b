import type { ChannelView } from '../../../../shared/snapshot';
import type { ColourBy } from '../../charts/line-spec';
import type { ScaleKind } from '../../charts/y-domain';
import type { ChartWindowId, Timing } from './series/chart-windows';
import { liveSeries } from './series/live-series';
import type { SeriesView } from './series/series-store';
import type { LabSlice } from './lab-slice';
import type { SliceCreator } from '../../store/slice';

export type ChartKind = 'latency' | 'percentiles';

/** How the person has set up the charts and the table. */
export interface ViewSlice {
  chart: ChartKind;
  window: ChartWindowId;
  scale: ScaleKind;
  timing: Timing;
  /** What hues tell; null is whichever tells the visible lines apart better. */
  colourBy: ColourBy | null;
  /** Whether the kernel's floor is drawn. */
  floor: boolean;
  /** The series as they were when the person pressed Pause; null while live. */
  frozen: SeriesView | null;
  /** … and the channels with their percentiles at that moment. */
  frozenChannels: readonly ChannelView[] | null;
  /** Channels whose lines are switched off in the legend. */
  hidden: ReadonlySet<string>;
  /** The channel under the pointer or the focus in the legend or table. */
  highlighted: string | null;
  setView(patch: Partial<Pick<ViewSlice, 'chart' | 'window' | 'scale' | 'timing' | 'colourBy' | 'floor'>>): void;
  togglePause(): void;
  toggleLine(channelId: string): void;
  /** Shows this line alone, or all of them again when it already is alone. */
  isolateLine(channelId: string): void;
  showAllLines(): void;
  highlight(channelId: string | null): void;
}

export const createViewSlice: SliceCreator<ViewSlice, LabSlice> = (set, get) => ({
  chart: 'latency',
  window: '30s',
  scale: 'log',
  timing: 'sent',
  colourBy: null,
  floor: true,
  frozen: null,
  frozenChannels: null,
  hidden: new Set(),
  highlighted: null,
  setView: (patch) => set(patch),
  togglePause() {
    if (get().frozen) set({ frozen: null, frozenChannels: null });
    else set({ frozen: liveSeries.freeze(), frozenChannels: get().snapshot?.channels ?? [] });
  },
  toggleLine(channelId) {
    const hidden = new Set(get().hidden);
    if (!hidden.delete(channelId)) hidden.add(channelId);
    set({ hidden });
  },
  isolateLine(channelId) {
    const all = (get().snapshot?.channels ?? []).filter((channel) => channel.everEnabled).map((channel) => channel.id);
    const others = all.filter((id) => id !== channelId);
    const alone = !get().hidden.has(channelId) && others.every((id) => get().hidden.has(id));
    set({ hidden: new Set(alone ? [] : others) });
  },
  showAllLines: () => set({ hidden: new Set() }),
  highlight(channelId) {
    if (get().highlighted !== channelId) set({ highlighted: channelId });
  },
});
