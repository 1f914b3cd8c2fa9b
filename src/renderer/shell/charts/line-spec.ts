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

// Line caps are round, so a dash of almost nothing is a point. Families look alike: sockets of one host are dashes with
// points between them, one point for each way in which the variant differs from the plain one. A period fits a swatch.
export const TRANSPORT_DASH: Record<TransportId, string> = {
  'message-port': 'none',
  'ipc-invoke': '14 4.5 3 4.5',
  'utility-post': '18 5',
  'unix-dgram': '6 5',
  'unix-dgram-native': '6 5 0.5 5',
  'unix-stream': '11 5',
  fifo: '0.5 4.5',
  stdout: '11 5 0.5 5',
  'stdout-alloc': '11 5 0.5 5 0.5 5',
  tcp: '9 4.5 0.5 4.5',
  'tcp-delay': '9 4.5 0.5 4.5 0.5 4.5',
  tcp6: '9 4.5 4 4.5',
  udp: '3 4.5 0.5 4.5',
  udp6: '3 4.5 0.5 4.5 0.5 4.5',
  icmp: '3 9',
  shmem: '3 3',
  'shmem-futex': '3 3 3 8',
  file: '2.5 8',
};

/** For places too narrow for the transport's full title: the names of the command line's methods, or shorter. */
export const SHORT_TITLE: Record<TransportId, string> = {
  'message-port': 'port',
  'ipc-invoke': 'invoke',
  'utility-post': 'post',
  'unix-dgram': 'datagram',
  'unix-dgram-native': 'native',
  'unix-stream': 'stream',
  fifo: 'fifo',
  stdout: 'stdout',
  'stdout-alloc': 'stdout-alloc',
  tcp: 'tcp',
  'tcp-delay': 'tcp-delay',
  tcp6: 'tcp6',
  udp: 'udp',
  udp6: 'udp6',
  icmp: 'icmp',
  shmem: 'shmem',
  'shmem-futex': 'futex',
  file: 'file',
};

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
