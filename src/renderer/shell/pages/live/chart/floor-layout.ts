import { formatMicros } from '../../../../../shared/format';
import type { ChannelView, FloorView } from '../../../../../shared/snapshot';
import { TRANSPORTS, type TransportId } from '../../../../../shared/transport-catalog';

/** A floor as the chart draws it. */
export interface FloorLine {
  transport: TransportId;
  micros: number;
}

/** Labels nearer than this would overlap: they become one. */
const LABEL_PX = 14;
/** Names in one label; the others are counted. */
const NAMES = 4;

/** One floor for each transport that has a line on the chart, lowest first. */
export function shownFloors(floors: readonly FloorView[], channels: readonly ChannelView[]): FloorLine[] {
  return floors
    .filter((floor) => channels.some(({ transport }) => transport === floor.transport))
    .flatMap(({ transport, p50 }) => (p50 === null ? [] : [{ transport, micros: p50 / 1000 }]))
    .sort((a, b) => a.micros - b.micros);
}

/** Labels over their lines, from the bottom up (`y` falls). Floors that lie close together share one. */
export function layoutFloorLabels(
  floors: readonly (FloorLine & { y: number })[],
  top: number,
): { text: string; y: number }[] {
  const groups: (FloorLine & { y: number })[][] = [];
  for (const floor of floors) {
    const group = groups.at(-1);
    if (group !== undefined && (group.at(-1)?.y ?? Infinity) - floor.y < LABEL_PX) group.push(floor);
    else groups.push([floor]);
  }
  return groups.map((group) => ({
    text: `kernel floor: ${namesOf(group)}`,
    y: Math.max(top + 10, (group.at(-1)?.y ?? 0) - 3),
  }));
}

function namesOf(group: readonly FloorLine[]): string {
  const named = group
    .slice(0, NAMES)
    .map(({ transport, micros }) => `${TRANSPORTS[transport].title} ${formatMicros(micros * 1000)}`);
  const more = group.length - named.length;
  return named.join(', ') + (more > 0 ? `, ${more} more` : '');
}
