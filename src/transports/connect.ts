import type { Ticket } from '../shared/control';
import type { Channel } from './channel';
import type { PortLike } from './message-port/port-like';
import { transports } from './registry';

/** The peer's end of the channel that `ticket` names. Rejects with a sentence for a person when it can't be opened. */
export function connect(ticket: Ticket, ports: readonly PortLike[]): Promise<Channel> {
  switch (ticket.transport) {
    case 'message-port':
      return transports['message-port'].connect(ticket, ports);
    case 'unix-dgram':
      return transports['unix-dgram'].connect(ticket, ports);
    case 'pipe':
      return transports.pipe.connect(ticket, ports);
  }
}
