import type { ChildProcess } from 'node:child_process';
import { type OnReadOpts, Socket } from 'node:net';
import { MessageError, say } from '../../shared/messages/message';

/** One end of a child's stdin and stdout. */
export interface StandardStreams {
  /** Makes the reading side; with `onread`, every read goes into that one buffer. At most once. */
  openReader(onread: OnReadOpts | null): Socket;
  writer: Socket;
  /** Lets the other side read the end of it. */
  closeWriter(): void;
}

/** The parent's end: it writes to the child's stdin and reads its stdout. */
export function streamsToChild(child: ChildProcess): StandardStreams {
  const { stdin, stdout } = child;
  if (!(stdin instanceof Socket) || !(stdout instanceof Socket))
    throw new MessageError(say('transport.streams-missing'));
  return {
    openReader: (onread) => (onread === null ? stdout : withBuffer(stdout, onread)),
    writer: stdin,
    closeWriter: () => stdin.destroy(),
  };
}

let taken = false;

/** The child's own end. Once in the life of a process: its other side has read the end of it after the first. */
export function ownStreams(): StandardStreams {
  if (taken) throw new MessageError(say('transport.streams-taken'));
  taken = true;
  const writer = new Socket({ fd: 1, readable: false, writable: true });
  return {
    openReader: (onread) =>
      new Socket({ fd: 0, readable: true, writable: false, ...(onread === null ? {} : { onread }) }),
    writer,
    // libuv never closes the descriptors 0 to 2, whatever becomes of their sockets: the stream has to be ended.
    closeWriter: () => void writer.end(),
  };
}

/**
 * Node lets one choose the buffer of a socket that one makes, but makes a child's sockets itself. So another one is put
 * around the same handle, before anything was read from it.
 */
function withBuffer(made: Socket, onread: OnReadOpts): Socket {
  const holder = made as unknown as { _handle: object | null };
  const handle = holder._handle;
  if (handle === null || typeof handle !== 'object') throw new MessageError(say('transport.streams-no-handle'));
  holder._handle = null;
  made.destroy();
  return new Socket({ handle, readable: true, writable: false, onread } as ConstructorParameters<typeof Socket>[0]);
}
