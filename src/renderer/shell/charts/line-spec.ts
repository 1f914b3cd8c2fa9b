import type { ChannelView } from '../../../shared/snapshot';
import type { TransportId } from '../../../shared/transport-catalog';
import { processHue, type ChartTheme } from './chart-theme';

/** How a line looks. */
export interface LineLook {
  id: string;
  label: string;
  colour: string;
  /** An SVG stroke-dasharray; `none` is solid. */
  dash: string;
}

/** A channel's: hue by process, dash by transport. */
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

export function lineSpec(channel: ChannelView, colourIndex: Record<string, number>, theme: ChartTheme): LineSpec {
  return {
    id: channel.id,
    label: channel.label,
    transport: channel.transport,
    colour: processHue(theme, colourIndex[channel.processId] ?? 0),
    dash: TRANSPORT_DASH[channel.transport],
  };
}
