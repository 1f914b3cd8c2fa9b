import { createSocket } from 'node:dgram';
import type { TicketFor } from '../../shared/control';
import { FRAME_HEADER_BYTES } from '../../shared/frame';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { Channel, newRunKey } from '../channel';
import { datagramLimitBytes } from '../datagram-limit';
import { LOOPBACK_ADDRESS, loopbackAvailability, type LoopbackFamily } from '../loopback';
import { nativeAddon } from '../native/addon';
import { dataPath } from '../native/data-path';
import type { Transport } from '../transport';
import { type BoundSocket, UdpLink } from './udp-link';

/**
 * The browser's end waits, bound and unconnected, for the datagram that holds nothing but the run key; then it connects
 * to where that came from, and says the key in answer. From then on the kernel lets neither end hear from anyone else.
 */
function udp<T extends 'udp' | 'udp6'>(id: T, family: LoopbackFamily): Transport<T> {
  const info = {
    ...TRANSPORTS[id],
    id,
    maxPayloadBytes:
      datagramLimitBytes('udp', TRANSPORTS[id].maxPayloadBytes + FRAME_HEADER_BYTES) - FRAME_HEADER_BYTES,
  };
  const address = LOOPBACK_ADDRESS[family];
  const bound = async (): Promise<BoundSocket> => {
    const fd = dataPath() === 'native' ? nativeAddon().openUdpSocket(family) : null;
    const socket = createSocket({ type: `udp${family}` });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', (error) => {
        socket.close();
        reject(error);
      });
      socket.bind(fd === null ? { address, port: 0, exclusive: true } : { fd, exclusive: true }, resolve);
    });
    socket.removeAllListeners('error');
    return { socket, fd };
  };
  return {
    info,
    availability: () => loopbackAvailability(family),
    async listen() {
      const runKey = newRunKey();
      const { socket, fd } = await bound();
      const link = UdpLink.waiting({ socket, fd }, runKey);
      return {
        ticket: { transport: id as 'udp' | 'udp6', runKey, port: socket.address().port },
        ports: [],
        channel: new Channel(info, link, runKey),
      };
    },
    async connect(ticket) {
      // The compiler doesn't look into the ticket of a T that it doesn't know yet.
      const { port, runKey } = ticket as TicketFor<'udp' | 'udp6'>;
      return new Channel(info, await UdpLink.greeting(await bound(), runKey, { address, port }), runKey);
    },
  };
}

export const udpTransport = udp('udp', 4);
export const udp6Transport = udp('udp6', 6);
