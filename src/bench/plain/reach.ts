import { createSocket } from 'node:dgram';
import { createConnection, type NetConnectOpts } from 'node:net';
import { Emitter } from '../../shared/emitter';
import { TRANSPORTS, type TransportInfo } from '../../shared/transport-catalog';
import { type Message, MessageError, say } from '../../shared/messages/message';
import { Channel } from '../../transports/channel';
import { LOOPBACK_ADDRESS } from '../../transports/loopback';
import { nodeSocketLink } from '../../transports/node-socket-link';
import { transports } from '../../transports/registry';
import { checkSocketPath } from '../../transports/socket-path';
import type { Link } from '../../transports/link';
import { lookAt, PlaceTaken } from './endpoint';
import { takeOnlyPlace } from './one-client';
import { type Place, PLAIN_KEY, type PlainMethod } from './options';
import { replyPathOf } from './serve-streams';

/** The client's end of a channel to a server. Rejects with a sentence when nobody serves there. */
export async function reach(method: PlainMethod, place: Place): Promise<Channel> {
  const path = place.kind === 'path' ? place.path : '';
  const port = place.kind === 'port' ? place.port : 0;
  // A path of its own beside the server's, to be answered at.
  const ownPath = `${path}.${process.pid}`;
  // Before: it is not that nobody serves there.
  if (method === 'unix-stream') checkSocketPath(path, { given: true });
  if (method === 'unix-dgram') checkSocketPath(ownPath, { given: true });
  try {
    switch (method) {
      case 'unix-dgram':
        return await transports['unix-dgram'].connect(
          { transport: 'unix-dgram', runKey: PLAIN_KEY, browserPath: path, peerPath: ownPath },
          [],
        );
      case 'fifo':
        if (lookAt(path, 'fifo') !== 'right') throw new MessageError(say('plain.no-pipe'));
        await takeOnlyPlace(path);
        return await transports.fifo.connect(
          { transport: 'fifo', runKey: PLAIN_KEY, readPath: replyPathOf(path), writePath: path },
          [],
        );
      case 'unix-stream':
        return await connected({ path }, TRANSPORTS['unix-stream'], true);
      case 'tcp':
      case 'tcp-delay':
      case 'tcp6':
        return await connected(
          { host: LOOPBACK_ADDRESS[method === 'tcp6' ? 6 : 4], port },
          TRANSPORTS[method],
          method !== 'tcp-delay',
        );
      case 'udp':
      case 'udp6':
        return new Channel(transports[method].info, await udpLink(method, port), PLAIN_KEY);
    }
  } catch (error) {
    if (error instanceof PlaceTaken) throw error;
    const where = place.kind === 'path' ? `--path ${path}` : `--port ${port}`;
    const why = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    throw new MessageError(say('plain.nobody', { where, method, cause: why }), { cause: error });
  }
}

async function connected(where: NetConnectOpts, info: TransportInfo, noDelay: boolean): Promise<Channel> {
  const socket = createConnection(where);
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', resolve);
  });
  socket.removeAllListeners('error');
  socket.setNoDelay(noDelay);
  return new Channel(info, nodeSocketLink(socket), PLAIN_KEY);
}

async function udpLink(method: 'udp' | 'udp6', port: number): Promise<Link> {
  const socket = createSocket({ type: method === 'udp' ? 'udp4' : 'udp6' });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, LOOPBACK_ADDRESS[method === 'udp' ? 4 : 6], resolve);
  });
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<Message>();
  socket.removeAllListeners('error');
  // A port where nobody listens is told by the kernel only after a send.
  socket.on('error', (error) => closed.emit(say('verbatim', { text: error.message })));
  socket.on('message', (buffer) => bytes.emit(buffer));
  let open = true;
  return {
    send(frame) {
      if (!open) return 'closed';
      socket.send(Buffer.from(frame), (error) => {
        if (error !== null && open) closed.emit(say('verbatim', { text: error.message }));
      });
      return 'sent';
    },
    onBytes: (listener) => bytes.on(listener),
    onClose: (listener) => closed.on(listener),
    close() {
      if (!open) return;
      open = false;
      socket.close();
    },
  };
}
