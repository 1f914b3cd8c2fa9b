import type { ChildProcess } from 'node:child_process';
import type { TicketFor } from '../../shared/control';
import { Emitter } from '../../shared/emitter';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { type Message, MessageError, say } from '../../shared/messages/message';
import { Channel, newRunKey } from '../channel';
import type { Link } from '../link';
import type { Transport } from '../transport';
import { ownStreams, type StandardStreams, streamsToChild } from './standard-streams';
import { allocatingWriter, reusingWriter } from './stream-writer';

type StdoutId = 'stdout' | 'stdout-alloc';

/** As much as Node itself would read at once. */
const READ_BYTES = 64 * 1024;
/** The end of the child's output may come before the news of its death, which says more. */
const DEATH_NEWS_MS = 200;

/** `reuse`: whether messages share one buffer, at both ends and in both directions, or each has its own. */
function standardStreams<T extends StdoutId>(id: T, reuse: boolean): Transport<T> {
  const info = { ...TRANSPORTS[id], id };
  return {
    info,
    availability: () =>
      process.platform === 'win32'
        ? { available: false, reason: say('transport.no-standard-streams') }
        : { available: true },
    async listen({ spawnPeer }) {
      if (spawnPeer === undefined) throw new MessageError(say('transport.no-child', { method: id }));
      const runKey = newRunKey();
      const link = parentLink(spawnPeer(), reuse);
      return { ticket: { transport: id as StdoutId, runKey }, ports: [], channel: new Channel(info, link, runKey) };
    },
    async connect(ticket) {
      // The compiler doesn't look into the ticket of a T that it doesn't know yet.
      const { runKey } = ticket as TicketFor<StdoutId>;
      const { fail, ...link } = streamsLink(ownStreams(), {
        reuse,
        onEnd: () => fail(say('link.parent-closed')),
        cleanUp: () => undefined,
      });
      return new Channel(info, link, runKey);
    },
  };
}

export const stdoutTransport = standardStreams('stdout', true);
export const stdoutAllocTransport = standardStreams('stdout-alloc', false);

/** The child goes with the channel: it is killed when this end is closed, and its death closes this end. */
function parentLink(child: ChildProcess, reuse: boolean): Link {
  const { fail, ...link } = streamsLink(streamsToChild(child), {
    reuse,
    onEnd: () => void setTimeout(() => fail(say('link.child-closed')), DEATH_NEWS_MS).unref(),
    // It has nothing to put in order. A child that is stopped or hangs would keep a SIGTERM waiting.
    cleanUp: () => void child.kill('SIGKILL'),
  });
  child.once('exit', (code, signal) =>
    fail(signal === null ? say('link.child-exited', { exitCode: code }) : say('link.child-killed', { signal })),
  );
  child.once('error', (error) => fail(say('link.child-failed', { cause: error.message })));
  return link;
}

interface StreamsLinkOptions {
  reuse: boolean;
  /** Either stream has ended, or has failed. */
  onEnd: () => void;
  cleanUp: () => void;
}

/** A link that `fail` ends with a reason. */
function streamsLink(
  streams: StandardStreams,
  { reuse, onEnd, cleanUp }: StreamsLinkOptions,
): Link & { fail: (reason: Message) => void } {
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<Message>();
  const reader = streams.openReader(
    reuse
      ? {
          buffer: Buffer.alloc(READ_BYTES),
          callback(count, buffer) {
            bytes.emit(buffer.subarray(0, count));
            return true;
          },
        }
      : null,
  );
  const { writer } = streams;
  const write = reuse ? reusingWriter(writer) : allocatingWriter(writer);
  let open = true;
  for (const socket of [reader, writer]) {
    // What failed is told by the end that follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (open) onEnd();
    });
  }
  reader.on('end', () => reader.destroy());
  if (!reuse) reader.on('data', (chunk: Buffer) => bytes.emit(chunk));
  reader.resume();
  const close = () => {
    if (!open) return;
    open = false;
    reader.destroy();
    streams.closeWriter();
    cleanUp();
  };
  return {
    send: (frame) => (open ? write(frame) : 'closed'),
    onBytes: (listener) => bytes.on(listener),
    onClose: (listener) => closed.on(listener),
    close,
    fail(reason) {
      if (!open) return;
      close();
      closed.emit(reason);
    },
  };
}
