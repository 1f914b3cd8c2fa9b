import { isMarked } from '../../../../../shared/event-kinds';
import type { LabEvent } from '../../../../../shared/events';
import type { Incident } from '../../../../../shared/incident';
import type { ChannelView } from '../../../../../shared/snapshot';
import type { ChartSpan } from '../series/chart-windows';

/** An event with its place on the chart's x axis. */
export interface ChartEvent {
  event: LabEvent;
  /** Seconds before the chart's right edge, negative. */
  x: number;
}

/** Whether there is, or was, anything of a channel to draw: it can run here, and was switched on at least once. */
export function isCharted(channel: ChannelView): boolean {
  return channel.status.kind !== 'unavailable' && channel.everEnabled;
}

/** Channels that have a line: those that the legend has and doesn't hide. */
export function visibleChannels<C extends ChannelView>(channels: readonly C[], hidden: ReadonlySet<string>): C[] {
  return channels.filter((channel) => isCharted(channel) && !hidden.has(channel.id));
}

/** The events that a chart of this window marks at this moment. */
export function markedEvents(events: readonly LabEvent[], nowNs: number, window: ChartSpan): ChartEvent[] {
  const from = nowNs - window.spanNs;
  return events
    .filter((event) => isMarked(event.kind) && event.tNs >= from && event.tNs <= nowNs)
    .map((event) => ({ event, x: (event.tNs - nowNs) / 1e9 }));
}

/** The incident that an event is of: the one it told of, or for what followed (a restart) the last of its process. */
export function incidentOf(event: LabEvent, incidents: readonly Incident[]): Incident | null {
  return (
    incidents.find(({ eventId }) => eventId === event.id) ??
    incidents.findLast(({ processId, atNs }) => processId === event.processId && atNs <= event.tNs) ??
    null
  );
}

/** The channels whose process has just died or hung: until the verdict on it is final, their lines stand out. */
export function struckChannels(channels: readonly ChannelView[], incidents: readonly Incident[]): string[] {
  const struck = new Set(incidents.filter(({ status }) => status === 'collecting').map(({ processId }) => processId));
  return channels.filter(({ processId }) => struck.has(processId)).map(({ id }) => id);
}

/** The place of the one line whose band is drawn: the highlighted one, else the only one there is. */
export function bandIndex(lines: readonly { id: string }[], highlighted: string | null): number | null {
  const index = placeOf(lines, highlighted);
  return index ?? (lines.length === 1 ? 0 : null);
}

export function placeOf(lines: readonly { id: string }[], id: string | null): number | null {
  const index = id === null ? -1 : lines.findIndex((line) => line.id === id);
  return index < 0 ? null : index;
}
