import type { AddressInfo, Socket } from 'node:net';
import type { TicketFor } from '../../shared/control';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { Channel, newRunKey } from '../channel';
import { LOOPBACK_ADDRESS, loopbackAvailability, type LoopbackFamily } from '../loopback';
import { connectStream, listenForStream } from '../stream-link';
import type { Transport } from '../transport';

type TcpId = 'tcp' | 'tcp-delay' | 'tcp6';

/** `noDelay` goes for both ends: with it off, Nagle's algorithm holds a small segment back while another is unacknowledged. */
function tcp<T extends TcpId>(id: T, family: LoopbackFamily, noDelay: boolean): Transport<T> {
  const info = { ...TRANSPORTS[id], id };
  const host = LOOPBACK_ADDRESS[family];
  const tune = (socket: Socket) => void socket.setNoDelay(noDelay);
  return {
    info,
    availability: () => loopbackAvailability(family),
    async listen() {
      const runKey = newRunKey();
      const { link, server } = await listenForStream({ host, port: 0, exclusive: true }, runKey, tune);
      const { port } = server.address() as AddressInfo;
      return { ticket: { transport: id as TcpId, runKey, port }, ports: [], channel: new Channel(info, link, runKey) };
    },
    async connect(ticket) {
      // The compiler doesn't look into the ticket of a T that it doesn't know yet.
      const { port, runKey } = ticket as TicketFor<TcpId>;
      return new Channel(info, await connectStream({ host, port }, runKey, tune), runKey);
    },
  };
}

export const tcpTransport = tcp('tcp', 4, true);
export const tcpDelayTransport = tcp('tcp-delay', 4, false);
export const tcp6Transport = tcp('tcp6', 6, true);
