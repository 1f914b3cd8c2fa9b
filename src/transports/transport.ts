import type { ChildProcess } from 'node:child_process';
import type { Ticket, TicketFor } from '../shared/control';
import type { Availability, TransportId, TransportInfo } from '../shared/transport-catalog';
import type { Channel } from './channel';
import type { Invokes } from './ipc-invoke/invokes';
import type { PortLike } from './message-port/port-like';
import type { FrameRouter } from './utility-post/frame-router';

/**
 * What a transport has to provide. To add one: a row in `src/shared/transport-catalog.ts`, a ticket in
 * `src/shared/control.ts`, a folder here that exports a `Transport`, a line in `registry.ts`. Its two ends are `Link`s
 * (`link.ts`). The compiler then asks how an injector writes to it in the conformance suite, which runs for it from then on.
 */
export interface Transport<T extends TransportId = TransportId> {
  readonly info: TransportInfo & { id: T };
  /** Whether it can run in this process. Cheap; asked often. */
  availability(): Availability;
  /** The browser's side: makes the meeting place and says how the peer gets there. Rejects when it can't be made. */
  listen(context: ListenContext): Promise<Listener>;
  /** The peer's side: goes where the ticket says. Rejects when it can't. `frameRouter` is that of the other end. */
  connect(ticket: TicketFor<T>, ports: readonly PortLike[], frameRouter?: FrameRouter): Promise<Channel>;
}

export interface ListenContext {
  /** A directory of mode 0700 that only this run uses. */
  directory: string;
  /** Short unique name for socket and FIFO files, `[a-z0-9-]+`. */
  name: string;
  /** Makes a pair of entangled ports in the way of the process that listens. */
  createPortPair: () => { near: PortLike; far: PortLike };
  /** What routes the frames on the peer's parent port, where the peer is a utility process. */
  frameRouter?: FrameRouter | undefined;
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
