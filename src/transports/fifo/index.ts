import { closeSync, constants, fstat, open } from 'node:fs';
import { chmod, unlink } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Emitter } from '../../shared/emitter';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { type Message, MessageError, say } from '../../shared/messages/message';
import { boundedWrite } from '../bounded-write';
import { Channel, newRunKey } from '../channel';
import { dataPath } from '../native/data-path';
import { streamEndpointLink } from '../native/stream-endpoint';
import type { Link } from '../link';
import { makeFifos } from './make-fifos';
import type { Transport } from '../transport';

const info = { ...TRANSPORTS.fifo, id: 'fifo' as const };
const openDescriptor = promisify(open) as (path: string, flags: number) => Promise<number>;
const statDescriptor = promisify(fstat);
const FIFO_MODE = 0o640;

export const fifoTransport: Transport<'fifo'> = {
  info,
  availability: () =>
    process.platform === 'win32' ? { available: false, reason: say('transport.no-mkfifo') } : { available: true },
  async listen({ directory, name }) {
    const runKey = newRunKey();
    const toPeer = join(directory, `${name}.in`);
    const toBrowser = join(directory, `${name}.out`);
    await makeFifos(FIFO_MODE, [toPeer, toBrowser]);
    // Its mode is cut by no umask, but a file system may ignore it: say it once more.
    await Promise.all([toPeer, toBrowser].map((path) => chmod(path, FIFO_MODE)));
    const link = await fifoLink(toBrowser, toPeer, () => {
      for (const path of [toPeer, toBrowser]) unlink(path).catch(() => undefined);
    });
    return {
      ticket: { transport: 'fifo', runKey, readPath: toPeer, writePath: toBrowser },
      ports: [],
      channel: new Channel(info, link, runKey),
    };
  },
  async connect(ticket) {
    return new Channel(info, await fifoLink(ticket.readPath, ticket.writePath, () => undefined), ticket.runKey);
  },
};

/**
 * Both FIFOs are opened read-write: opening blocks for nobody, and a pipe whose other end died keeps its bytes
 * instead of raising SIGPIPE. Death is told by the supervisor, not by the pipe.
 */
async function fifoLink(readPath: string, writePath: string, cleanUp: () => void): Promise<Link> {
  const readFd = await openFifo(readPath);
  const writeFd = await openFifo(writePath).catch((error: unknown) => {
    closeSync(readFd);
    throw error;
  });
  if (dataPath() === 'node') return nodeLink(readFd, writeFd, cleanUp);
  try {
    return streamEndpointLink(readFd, writeFd, cleanUp);
  } finally {
    closeSync(readFd);
    closeSync(writeFd);
  }
}

/**
 * A `net.Socket` polls the descriptor; an `fs` stream would hold a thread of libuv's pool in a blocking read for each
 * FIFO.
 */
function nodeLink(readFd: number, writeFd: number, cleanUp: () => void): Link {
  const reader = new Socket({ fd: readFd, readable: true, writable: false });
  const writer = new Socket({ fd: writeFd, readable: false, writable: true });
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<Message>();
  let isOpen = true;
  const fail = (error: Error) => {
    if (!isOpen) return;
    closed.emit(say('link.pipe-failed', { cause: error.message }));
  };
  reader.on('data', (chunk: Buffer) => bytes.emit(chunk));
  reader.on('error', fail);
  writer.on('error', fail);
  return {
    send(frame) {
      return isOpen ? boundedWrite(writer, frame) : 'closed';
    },
    onBytes: (listener) => bytes.on(listener),
    onClose: (listener) => closed.on(listener),
    close() {
      if (!isOpen) return;
      isOpen = false;
      reader.destroy();
      writer.destroy();
      cleanUp();
    },
  };
}

async function openFifo(path: string): Promise<number> {
  // A bare descriptor, not a FileHandle: whoever takes it owns it, and a FileHandle would close it a second time.
  const fd = await openDescriptor(path, constants.O_RDWR | constants.O_NONBLOCK);
  if ((await statDescriptor(fd)).isFIFO()) return fd;
  closeSync(fd);
  throw new MessageError(say('transport.no-pipe', { path }));
}
