import type { ChannelView } from '../../../shared/snapshot';
import { TRANSPORT_IDS, TRANSPORTS, type TransportId } from '../../../shared/transport-catalog';
import { processHue, type ChartTheme } from './chart-theme';

/** How a line looks. */
export interface LineLook {
  id: string;
  label: string;
  colour: string;
  /** An SVG stroke-dasharray; `none` is solid. */
  dash: string;
}

/** A channel's. */
export interface LineSpec extends LineLook {
  transport: TransportId;
}

/** How the lines of each transport are dashed, and its name for narrow places: both stand in its row. */
export const TRANSPORT_DASH = columnOf('dash');
export const SHORT_TITLE = columnOf('short');

/** What the hue of a line tells; its dash tells the other. */
export type ColourBy = 'process' | 'transport';

export interface Colouring {
  by: ColourBy;
  /** Which hue a process has. */
  colourIndex: Record<string, number>;
  /** Which dash a process has where the hue is the transport's: the first is solid. */
  dashIndex: Record<string, number>;
}

/** Dashes of processes; the second of each pair is for transports beyond the number of hues. */
export const PROCESS_DASHES = [
  ['none', '16 5 0.5 5'],
  ['9 5', '9 5 0.5 5'],
  ['3 4.5', '3 4.5 0.5 4.5'],
  ['14 4.5 3 4.5', '14 4.5 3 4.5 3 4.5'],
  ['0.5 4.5', '0.5 4.5 0.5 9'],
  ['4 10', '4 10 0.5 10'],
] as const;

/** Hues of transports: those that can be measured live come first. */
const HUE_ORDER = [
  ...TRANSPORT_IDS.filter((id) => TRANSPORTS[id].notLive === undefined),
  ...TRANSPORT_IDS.filter((id) => TRANSPORTS[id].notLive !== undefined),
];

export function lineSpec(channel: ChannelView, colouring: Colouring, theme: ChartTheme): LineSpec {
  const { id, label, transport, processId } = channel;
  if (colouring.by === 'process')
    return {
      id,
      label,
      transport,
      colour: processHue(theme, colouring.colourIndex[processId] ?? 0),
      dash: TRANSPORT_DASH[transport],
    };
  const order = HUE_ORDER.indexOf(transport);
  const dashes = PROCESS_DASHES[(colouring.dashIndex[processId] ?? 0) % PROCESS_DASHES.length] ?? PROCESS_DASHES[0];
  return {
    id,
    label,
    transport,
    colour: processHue(theme, order),
    dash: dashes[Math.floor(order / theme.hues.length) % 2 === 0 ? 0 : 1],
  };
}

function columnOf(column: 'dash' | 'short'): Record<TransportId, string> {
  return Object.fromEntries(TRANSPORT_IDS.map((id) => [id, TRANSPORTS[id][column]])) as Record<TransportId, string>;
}
