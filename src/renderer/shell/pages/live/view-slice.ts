import { chartedChannels, type ChartedChannel } from './series/charted-channels';
import type { ColourBy } from '../../charts/line-spec';
import type { ScaleKind } from '../../charts/y-domain';
import type { ChartWindowId, Timing } from './series/chart-windows';
import { liveSeries } from './series/live-series';
import type { SeriesView } from './series/series-store';
import type { StretchSeries } from './series/stretch';
import type { LabSlice } from './lab-slice';
import type { SliceCreator } from '../../store/slice';

export type ChartKind = 'latency' | 'percentiles';

/** A stretch of time that the person zoomed into, with the channels that have pings in it and their figures of it. */
export interface Stretch extends StretchSeries {
  channels: readonly ChartedChannel[];
}

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
  frozenChannels: readonly ChartedChannel[] | null;
  /** What the charts and the table show instead of the present; null while it is that. */
  stretch: Stretch | null;
  /** Whether the list of events stands beside the chart. */
  eventsShown: boolean;
  /** The event that was chosen in the list or on the chart: it stands out in both. */
  selectedEvent: number | null;
  /** Channels whose lines are switched off in the legend. */
  hidden: ReadonlySet<string>;
  /** The channel under the pointer or the focus in the legend or table. */
  highlighted: string | null;
  setView(
    patch: Partial<Pick<ViewSlice, 'chart' | 'window' | 'scale' | 'timing' | 'colourBy' | 'floor' | 'eventsShown'>>,
  ): void;
  /** Also ends a stretch. */
  togglePause(): void;
  showStretch(stretch: Stretch | null): void;
  /** Opens the list at it. */
  selectEvent(eventId: number | null): void;
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
  stretch: null,
  eventsShown: false,
  selectedEvent: null,
  hidden: new Set(),
  highlighted: null,
  setView: (patch) => set(patch),
  togglePause() {
    if (get().frozen) set({ frozen: null, frozenChannels: null });
    else set({ frozen: liveSeries.freeze(), frozenChannels: chartedChannels(get()), stretch: null });
  },
  showStretch: (stretch) => set({ stretch }),
  selectEvent: (eventId) =>
    set(eventId === null ? { selectedEvent: null } : { selectedEvent: eventId, eventsShown: true }),
  toggleLine(channelId) {
    const hidden = new Set(get().hidden);
    if (!hidden.delete(channelId)) hidden.add(channelId);
    set({ hidden });
  },
  isolateLine(channelId) {
    const all = chartedChannels(get())
      .filter((channel) => channel.everEnabled)
      .map((channel) => channel.id);
    const others = all.filter((id) => id !== channelId);
    const alone = !get().hidden.has(channelId) && others.every((id) => get().hidden.has(id));
    set({ hidden: new Set(alone ? [] : others) });
  },
  showAllLines: () => set({ hidden: new Set() }),
  highlight(channelId) {
    if (get().highlighted !== channelId) set({ highlighted: channelId });
  },
});
