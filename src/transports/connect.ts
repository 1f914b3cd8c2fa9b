import type { Ticket } from '../shared/control';
import type { Channel } from './channel';
import type { PortLike } from './message-port/port-like';
import { transports } from './registry';
import type { Transport } from './transport';
import type { FrameRouter } from './utility-post/frame-router';

/** The peer's end of the channel that `ticket` names. Rejects with a sentence for a person when it can't be opened. */
export function connect(ticket: Ticket, ports: readonly PortLike[], frameRouter?: FrameRouter): Promise<Channel> {
  // The registry gives each id the transport that takes this id's tickets, which the type of a lookup can't say.
  const transport = transports[ticket.transport] as Pick<Transport, 'connect'>;
  return transport.connect(ticket, ports, frameRouter);
}
