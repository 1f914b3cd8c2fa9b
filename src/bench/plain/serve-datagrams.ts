import { createSocket } from 'node:dgram';
import { chmodSync, unlinkSync } from 'node:fs';
import { LOOPBACK_ADDRESS, loopbackAvailability } from '../../transports/loopback';
import { transports } from '../../transports/registry';
import { checkSocketPath } from '../../transports/socket-path';
import { DGRAM_ERROR, dgramErrorName, loadUnixDgram, type RawDgramSocket } from '../../transports/unix-dgram/addon';
import { DatagramAnswers } from './datagram-answers';
import { identityOf, lookAt, removeOwn, servedAlready, type Server, wrongKind } from './endpoint';
import { MessageError, say } from '../../shared/messages/message';

/**
 * A Unix datagram socket at a known path. The package is used raw, because the answer goes to whoever wrote, and its
 * wrapper, which is for two ends that know one another, doesn't say who that was. Its traps: an `error` event without a
 * listener throws, a second close aborts the process, a path too long is cut.
 */
export function serveUnixDatagrams(path: string): Server {
  checkSocketPath(path, { given: true });
  const addon = loadUnixDgram();
  if ('reason' in addon) throw new MessageError(addon.reason);
  if (lookAt(path, 'socket') === 'wrong') throw wrongKind(path);
  if (lookAt(path, 'socket') === 'right') {
    if (!nobodyAnswers(addon.package.createSocket('unix_dgram'), path)) throw servedAlready(path);
    unlinkSync(path);
  }
  const socket = addon.package.createSocket('unix_dgram');
  const code = failureOf(socket, () => socket.bind(path));
  if (code === DGRAM_ERROR.addressInUse) throw servedAlready(path);
  if (code !== 0) throw new MessageError(say('plain.socket-not-made', { path, cause: dgramErrorName(code) }));
  chmodSync(path, 0o600);
  const identity = identityOf(path);
  const answers = new DatagramAnswers<string>(transports['unix-dgram'].info, (bytes, to) => {
    let error = 0;
    socket.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.byteLength, to, (failure) => {
      error = failure?.code ?? 0;
    });
    return error === 0 ? 'sent' : error === DGRAM_ERROR.again || error === DGRAM_ERROR.noBuffers ? 'refused' : 'closed';
  });
  socket.on('message', (buffer, { path: from }) => {
    // A socket without a path can't be answered.
    if (from !== null && from !== '') answers.take(buffer, from);
  });
  let open = true;
  return {
    where: path,
    answered: () => answers.answered,
    close() {
      if (!open) return;
      open = false;
      socket.close();
      removeOwn(path, identity);
    },
  };
}

/** A socket file whose process is gone refuses a connection. Anything else, no permission included, counts as served. */
function nobodyAnswers(socket: RawDgramSocket, path: string): boolean {
  const code = failureOf(socket, () => socket.connect(path));
  socket.close();
  return code === DGRAM_ERROR.refused;
}

/** The package reports by events that come within the call. Later errors are those of sends, told in their callbacks. */
function failureOf(socket: RawDgramSocket, call: () => void): number {
  let code = 0;
  socket.on('error', (error) => {
    code = error.code;
  });
  call();
  return code;
}

export async function serveUdp(method: 'udp' | 'udp6', port: number): Promise<Server> {
  const family = method === 'udp' ? 4 : 6;
  const availability = loopbackAvailability(family);
  if (!availability.available) throw new MessageError(availability.reason);
  const address = LOOPBACK_ADDRESS[family];
  const socket = createSocket({ type: family === 4 ? 'udp4' : 'udp6' });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? servedAlready(`UDP port ${port} of ${address}`) : error),
    );
    socket.bind({ address, port, exclusive: true }, resolve);
  });
  socket.removeAllListeners('error');
  socket.on('error', () => undefined);
  const answers = new DatagramAnswers<{ port: number; address: string }>(transports[method].info, (bytes, to) => {
    // The next datagram may come before this one is sent: it needs bytes of its own.
    socket.send(Buffer.from(bytes), to.port, to.address, () => undefined);
    return 'sent';
  });
  socket.on('message', (buffer, from) => answers.take(buffer, from));
  return {
    where: `UDP port ${socket.address().port} of ${address}`,
    answered: () => answers.answered,
    close: () => socket.close(),
  };
}
