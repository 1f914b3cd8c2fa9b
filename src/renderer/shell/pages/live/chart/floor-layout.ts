import type { ChannelView, FloorView } from '../../../../../shared/snapshot';
import { TRANSPORTS, type TransportId } from '../../../../../shared/transport-catalog';

/** A floor as the chart draws it. */
export interface FloorLine {
  /** Those of one mechanism of the kernel share a floor. */
  transports: TransportId[];
  /** Its samples. */
  seriesId: string;
  /** How many groups of round trips come in a second, of which each is worth a point. */
  pointsPerSecond: number;
}

/** A floor and what it takes now. */
export interface FloorLabel {
  transports: readonly TransportId[];
  micros: number;
  /** Pixels. */
  y: number;
}

/** Labels nearer than this would overlap: they become one. */
const LABEL_PX = 14;
/** Names in one label at most; the others are counted. */
const NAMES = 4;
/** An average character of a label, pixels, on the generous side. */
const CHAR_PX = 6.2;
/** Round trips in one burst of a floor whose channels ping more often than it does. */
const BURST = 20;

/** One floor for each mechanism of the kernel that has a line on the chart. */
export function shownFloors(floors: readonly FloorView[], channels: readonly ChannelView[]): FloorLine[] {
  const shown = floors.filter(
    ({ transport, p50 }) => p50 !== null && channels.some((channel) => channel.transport === transport),
  );
  return [...new Set(shown.map(({ seriesId }) => seriesId))].map((seriesId) => {
    const same = shown.filter((floor) => floor.seriesId === seriesId);
    const { ratePerSecond, atMostPerSecond } = same[0] as FloorView;
    return {
      transports: same.map(({ transport }) => transport),
      seriesId,
      pointsPerSecond: ratePerSecond > atMostPerSecond ? atMostPerSecond / BURST : ratePerSecond,
    };
  });
}

/** Labels over their lines, none wider than the plot. Floors that lie close together share one. */
export function layoutFloorLabels(
  floors: readonly FloorLabel[],
  top: number,
  width: number,
): { text: string; y: number }[] {
  const groups: FloorLabel[][] = [];
  for (const floor of floors.toSorted((a, b) => b.y - a.y)) {
    const group = groups.at(-1);
    if (group !== undefined && (group.at(-1)?.y ?? Infinity) - floor.y < LABEL_PX) group.push(floor);
    else groups.push([floor]);
  }
  return groups.map((group) => ({
    text: fittingText(group, width),
    y: Math.max(top + 10, (group.at(-1)?.y ?? 0) - 3),
  }));
}

/** With as many names as have room, else without any. */
function fittingText(group: readonly FloorLabel[], width: number): string {
  for (let names = NAMES; names > 0; names -= 1) {
    const text = `kernel floor: ${namesOf(group, names)}`;
    if (text.length * CHAR_PX <= width) return text;
  }
  return group.length === 1 ? `kernel floor ${roughMicros(group[0]?.micros ?? 0)}` : `${group.length} kernel floors`;
}

function namesOf(group: readonly FloorLabel[], names: number): string {
  const named = group
    .slice(0, names)
    .map(({ transports, micros }) => `${TRANSPORTS[transports[0] as TransportId].title} ${roughMicros(micros)}`);
  const more = group.length - named.length;
  return named.join(', ') + (more > 0 ? `, ${more} more` : '');
}

/** Two digits: a third would never stand still. */
export function roughMicros(micros: number): string {
  return `${Number(micros.toPrecision(2))}\u202fµs`;
}
