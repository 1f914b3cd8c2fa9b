import type { Ticket } from '../../shared/control';
import type { Thread } from '../../shared/bench/request';
import type { PingFigures } from '../../shared/measure/ping-figures';
import type { Message } from '../../shared/messages/message';
import type { ProbeSettings } from '../../shared/probe-settings';
import type { PortLike } from '../../transports/message-port/port-like';
import type { ListenContext } from '../../transports/transport';

/** Where the peer finds the end, once it listens. */
export interface MeetingPlace {
  ticket: Ticket;
  ports: PortLike[];
}

export type MeetingContext = Omit<ListenContext, 'createPortPair' | 'spawnPeer'>;

/**
 * The browser process's end of one channel: opened again and again, and pinging all the time with one sequence of
 * pings. In this thread, or in the measuring thread.
 */
export interface NearEnd {
  readonly thread: Thread;
  readonly figures: PingFigures;
  /** Bytes that came in and were no frame of the channel, over all openings. */
  readonly rejected: number;
  /** Makes a meeting place. Rejects when it can't be made; null when it was closed meanwhile. */
  listen(context: MeetingContext): Promise<MeetingPlace | null>;
  /** The peer is there: pings go out from now on. `broken` hears why the end can't be used any more. */
  start(broken: (reason: Message) => void): void;
  /** Pings under way end with `outcome`; the end gives everything back. Does nothing when it is closed. */
  close(outcome: 'peer-gone' | 'skipped'): void;
  configure(settings: ProbeSettings): void;
}
