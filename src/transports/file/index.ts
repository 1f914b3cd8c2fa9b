import { closeSync, constants, openSync, unlinkSync, watch } from 'node:fs';
import { join } from 'node:path';
import { Emitter } from '../../shared/emitter';
import { FRAME_HEADER_BYTES } from '../../shared/frame';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { type Message, saidBy, say } from '../../shared/messages/message';
import { Channel, newRunKey } from '../channel';
import type { Link } from '../link';
import type { Transport } from '../transport';
import { layOutMailbox, Mailboxes } from './mailboxes';

const info = { ...TRANSPORTS.file, id: 'file' as const };
const FILE_MODE = 0o600;

export const fileTransport: Transport<'file'> = {
  info,
  availability: () =>
    process.platform === 'linux' ? { available: true } : { available: false, reason: say('transport.no-inotify') },
  async listen({ directory, name }) {
    const runKey = newRunKey();
    const toPeer = join(directory, `${name}.to-peer`);
    const toBrowser = join(directory, `${name}.to-browser`);
    const removeFiles = () => [toPeer, toBrowser].forEach(removeIfThere);
    try {
      for (const path of [toPeer, toBrowser]) makeMailbox(path);
      const link = fileLink(toBrowser, toPeer, removeFiles);
      return {
        ticket: { transport: 'file', runKey, readPath: toPeer, writePath: toBrowser },
        ports: [],
        channel: new Channel(info, link, runKey),
      };
    } catch (error) {
      removeFiles();
      throw error;
    }
  },
  async connect(ticket) {
    return new Channel(
      info,
      fileLink(ticket.readPath, ticket.writePath, () => undefined),
      ticket.runKey,
    );
  },
};

/**
 * Wait strategy: asleep in the event loop until inotify tells of a write to the file that the other side writes; then
 * every message is taken, also those that come meanwhile, and back to the loop. Nothing spins. Each side watches only the
 * other's file, so its own writes don't wake it. A file says nothing of who has it open: death is told by the supervisor.
 */
function fileLink(readPath: string, writePath: string, cleanUp: () => void): Link {
  const own = openSync(writePath, constants.O_RDWR);
  const other = orClose(own, () => openSync(readPath, constants.O_RDONLY));
  const mailboxes = new Mailboxes(own, other, info.maxPayloadBytes + FRAME_HEADER_BYTES);
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<Message>();
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    watcher.close();
    closeSync(own);
    closeSync(other);
    cleanUp();
  };
  const fail = (error: unknown) => {
    if (!open) return;
    close();
    closed.emit(say('link.file-failed', { cause: saidBy(error) }));
  };
  const takeAll = () => {
    if (!open) return;
    try {
      mailboxes.take((message) => {
        bytes.emit(message);
        return open;
      });
    } catch (error) {
      fail(error);
    }
  };
  const watcher = orClose(own, () => orClose(other, () => watch(readPath, takeAll)));
  watcher.on('error', fail);
  return {
    send(frame) {
      if (!open) return 'closed';
      try {
        return mailboxes.put(frame);
      } catch (error) {
        fail(error);
        return 'closed';
      }
    },
    onBytes(listener) {
      const off = bytes.on(listener);
      // Messages may have been there before anybody watched; they are heard after whoever opens this has it.
      setImmediate(takeAll);
      return off;
    },
    onClose: (listener) => closed.on(listener),
    close,
  };
}

function makeMailbox(path: string): void {
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, FILE_MODE);
  try {
    layOutMailbox(fd);
  } finally {
    closeSync(fd);
  }
}

function orClose<T>(fd: number, make: () => T): T {
  try {
    return make();
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made, or the clean-up of the run directory was faster.
  }
}
