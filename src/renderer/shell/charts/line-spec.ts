import type { ChannelView } from '../../../shared/snapshot';
import type { TransportId } from '../../../shared/transport-catalog';
import { processHue, type ChartTheme } from './chart-theme';

/** How one channel's line looks: hue by process, dash by transport. */
export interface LineSpec {
  id: string;
  label: string;
  colour: string;
  /** An SVG stroke-dasharray; `none` is solid. */
  dash: string;
}

// Line caps are round, so the dotted line's dashes are (almost) points.
export const TRANSPORT_DASH: Record<TransportId, string> = {
  'message-port': 'none',
  'unix-dgram': '6 5',
  pipe: '0.5 4.5',
};

/** For places too narrow for the transport's full title. */
export const SHORT_TITLE: Record<TransportId, string> = {
  'message-port': 'port',
  'unix-dgram': 'datagram',
  pipe: 'pipe',
};

export function lineSpec(channel: ChannelView, colourIndex: Record<string, number>, theme: ChartTheme): LineSpec {
  return {
    id: channel.id,
    label: channel.label,
    colour: processHue(theme, colourIndex[channel.processId] ?? 0),
    dash: TRANSPORT_DASH[channel.transport],
  };
}
