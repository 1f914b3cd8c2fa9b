import { chmodSync, closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { createConnection, createServer, type ListenOptions, type Socket } from 'node:net';
import { makeFifosSync } from '../../transports/fifo/make-fifos';
import { TRANSPORTS, type TransportInfo } from '../../shared/transport-catalog';
import { MessageError, say } from '../../shared/messages/message';
import { answerPings } from '../../transports/answer-pings';
import { Channel } from '../../transports/channel';
import { LOOPBACK_ADDRESS, loopbackAvailability } from '../../transports/loopback';
import { nodeSocketLink } from '../../transports/node-socket-link';
import { transports } from '../../transports/registry';
import { checkSocketPath } from '../../transports/socket-path';
import { identityOf, lookAt, removeOwn, servedAlready, type Server, wrongKind } from './endpoint';
import { PLAIN_KEY } from './options';

/** The FIFO of the answers; that of the questions has the path itself. */
export function replyPathOf(path: string): string {
  return `${path}.reply`;
}

/** Two FIFOs, mode 0640. One client at a time: a byte that one reads, no other gets. */
export async function serveFifo(path: string): Promise<Server> {
  const availability = transports.fifo.availability();
  if (!availability.available) throw new MessageError(availability.reason);
  const paths = [path, replyPathOf(path)];
  for (const each of paths) if (lookAt(each, 'fifo') === 'wrong') throw wrongKind(each);
  if (lookAt(path, 'fifo') === 'right' && someoneReads(path)) throw servedAlready(path);
  for (const each of paths) if (lookAt(each, 'fifo') === 'right') unlinkSync(each);
  try {
    makeFifosSync(0o640, paths);
  } catch (error) {
    const { message } = error as Error;
    throw new MessageError(say('plain.pipe-not-made', { path, cause: message.split('\n').at(1) ?? message }), {
      cause: error,
    });
  }
  for (const each of paths) chmodSync(each, 0o640);
  const identities = paths.map(identityOf);
  const channel = await transports.fifo.connect(
    { transport: 'fifo', runKey: PLAIN_KEY, readPath: path, writePath: replyPathOf(path) },
    [],
  );
  answerPings(channel, (payload) => payload);
  return {
    where: path,
    answered: () => channel.counters.sent,
    close() {
      channel.close();
      paths.forEach((each, i) => removeOwn(each, identities[i] ?? null));
    },
  };
}

/** Opening a FIFO to write without waiting fails exactly when nobody has it open to read. */
function someoneReads(path: string): boolean {
  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENXIO';
  }
}

export async function serveUnixStream(path: string): Promise<Server> {
  checkSocketPath(path, { given: true });
  if (lookAt(path, 'socket') === 'wrong') throw wrongKind(path);
  if (lookAt(path, 'socket') === 'right') {
    if (await someoneAccepts(path)) throw servedAlready(path);
    unlinkSync(path);
  }
  const server = await listen({ path }, path, TRANSPORTS['unix-stream'], () => undefined);
  chmodSync(path, 0o600);
  const identity = identityOf(path);
  return {
    ...server,
    close() {
      server.close();
      removeOwn(path, identity);
    },
  };
}

function someoneAccepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ path });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // No permission, a full backlog: somebody is there.
    socket.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'),
    );
  });
}

export async function serveTcp(method: 'tcp' | 'tcp-delay' | 'tcp6', port: number): Promise<Server> {
  const family = method === 'tcp6' ? 6 : 4;
  const availability = loopbackAvailability(family);
  if (!availability.available) throw new MessageError(availability.reason);
  const host = LOOPBACK_ADDRESS[family];
  return listen(
    { host, port, exclusive: true },
    `TCP port ${port} of ${host}`,
    TRANSPORTS[method],
    (socket) => void socket.setNoDelay(method !== 'tcp-delay'),
  );
}

async function listen(
  where: ListenOptions,
  name: string,
  info: TransportInfo,
  tune: (socket: Socket) => void,
): Promise<Server> {
  const channels = new Set<Channel>();
  let answeredBefore = 0;
  const server = createServer((socket) => {
    tune(socket);
    const channel = new Channel(info, nodeSocketLink(socket), PLAIN_KEY);
    channels.add(channel);
    answerPings(channel, (payload) => payload);
    channel.onClose(() => {
      answeredBefore += channel.counters.sent;
      channels.delete(channel);
      channel.close();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? servedAlready(name) : error),
    );
    server.listen(where, resolve);
  });
  server.removeAllListeners('error');
  server.on('error', () => undefined);
  const address = server.address();
  return {
    where: typeof address === 'object' && address !== null ? name.replace(/port \d+/, `port ${address.port}`) : name,
    answered: () => [...channels].reduce((sum, { counters }) => sum + counters.sent, answeredBefore),
    close() {
      server.close();
      for (const channel of channels) channel.close();
    },
  };
}
