import type { ChildProcess } from 'node:child_process';
import type { SendOutcome } from '../shared/measure/probe';
import type { Unsubscribe } from '../shared/emitter';
import type { Ticket, TicketFor } from '../shared/control';
import type { Availability, TransportId, TransportInfo } from '../shared/transport-catalog';
import type { Channel } from './channel';
import type { Invokes } from './ipc-invoke/invokes';
import type { PortLike } from './message-port/port-like';
import type { Posts } from './utility-post/posts';

/**
 * What a transport has to provide. To add one: a row in `src/shared/transport-catalog.ts` and in
 * `transport-notes.ts`, a ticket in `src/shared/control.ts`, a folder here that exports a `Transport`, a line in
 * `registry.ts`. The compiler then names every other place that wants a word about it: its dash on the chart, and how a stranger writes
 * to it in the conformance suite, which runs for it from then on.
 */
export interface Transport<T extends TransportId = TransportId> {
  readonly info: TransportInfo & { id: T };
  /** Whether it can run in this process. Cheap; asked often. */
  availability(): Availability;
  /** The browser's side: makes the meeting place and says how the peer gets there. Rejects when it can't be made. */
  listen(context: ListenContext): Promise<Listener>;
  /** The peer's side: goes where the ticket says. Rejects when it can't. `posts` is what `listen` had of the other end. */
  connect(ticket: TicketFor<T>, ports: readonly PortLike[], posts?: Posts): Promise<Channel>;
}

export interface ListenContext {
  /** A directory of mode 0700 that only this run uses. */
  directory: string;
  /** Short unique name for socket and FIFO files, `[a-z0-9-]+`. */
  name: string;
  /** Makes a pair of entangled ports in the way of the process that listens. */
  createPortPair: () => { near: PortLike; far: PortLike };
  /** The post to the peer, where the peer is a utility process. */
  posts?: Posts | undefined;
  /** The invokes of the peer, where the peer is a renderer. */
  invokes?: Invokes | undefined;
  /** Starts the peer as a child of this process, with stdin and stdout piped. For a process that has children. */
  spawnPeer?: (() => ChildProcess) | undefined;
}

/** A meeting place: hand `ticket` and `ports` to the peer; `channel` is this side's end. */
export interface Listener {
  ticket: Ticket;
  /** Far ends to transfer with the ticket. */
  ports: PortLike[];
  channel: Channel;
}

/** Moves the bytes of frames. One instance is one end; `Channel` puts the frame format on top. */
export interface Link {
  /**
   * Sends one encoded frame. The bytes are copied or gone to the kernel when this returns: the caller reuses the
   * buffer. `refused` means that a queue is full at this moment and nothing was sent.
   */
  send(frame: Uint8Array): SendOutcome;
  /** Whole messages, or any cut of a stream, as `TransportInfo.framing` says. The bytes hold until the listener returns. */
  onBytes(listener: (bytes: Uint8Array) => void): Unsubscribe;
  /** The link can't be used any more, and why. Comes at most once, not for one's own `close`. */
  onClose(listener: (reason: string) => void): Unsubscribe;
  /** Somebody other than the peer came to the meeting place, or stood where only the peer may, and was turned away. */
  onStranger?(listener: () => void): Unsubscribe;
  /** Gives everything back, files included. A second call does nothing. */
  close(): void;
}
