import { timingSafeEqual } from 'node:crypto';
import {
  createConnection,
  createServer,
  type ListenOptions,
  type NetConnectOpts,
  type Server,
  type Socket,
} from 'node:net';
import { Emitter } from '../shared/emitter';
import { type Message, MessageError, say } from '../shared/messages/message';
import { dataPath } from './native/data-path';
import { streamEndpointLink } from './native/stream-endpoint';
import type { Link } from './link';
import { nodeSocketLink } from './node-socket-link';

/**
 * Connections over `net`, the same for Unix streams and TCP. Any local user can connect to a loopback port, so each side
 * says the run key before anything else: the peer first, and the listening side in answer. Whoever says something else,
 * or nothing in time, is dropped and counted; once the peer is there nobody is let in any more.
 */

/** How long a connection may take to say the run key. */
const PREFACE_LIMIT_MS = 2000;
/** Connections that may be pending at once: open, and without the key so far. */
const MAX_PENDING = 16;

export interface StreamListening {
  link: Link;
  server: Server;
}

/** Listens at `where` for one peer. `tune` sets the options of its socket. Rejects when it can't listen there. */
export async function listenForStream(
  where: ListenOptions,
  runKey: Uint8Array,
  tune: (socket: Socket) => void,
): Promise<StreamListening> {
  const server = createServer();
  const unauthenticated = new Emitter<void>();
  const pending = new Map<Socket, NodeJS.Timeout>();
  const acceptor = new Acceptor(unauthenticated, () => {
    server.close();
    for (const socket of pending.keys()) drop(socket);
  });
  const drop = (socket: Socket): void => {
    clearTimeout(pending.get(socket));
    pending.delete(socket);
    socket.destroy();
    if (acceptor.open) unauthenticated.emit();
  };
  server.on('connection', (socket) => {
    // An error of a connection that never authenticates concerns nobody but its peer.
    socket.on('error', () => undefined);
    if (acceptor.settled || pending.size >= MAX_PENDING) return drop(socket);
    pending.set(
      socket,
      setTimeout(() => drop(socket), PREFACE_LIMIT_MS),
    );
    void readPreface(socket, runKey).then((known) => {
      // It may have been dropped meanwhile.
      if (!pending.has(socket)) return;
      if (!known || acceptor.settled) return drop(socket);
      clearTimeout(pending.get(socket));
      pending.delete(socket);
      tune(socket);
      const link = linkOrNull(socket);
      // The peer's opening fails for want of an answer.
      if (link === null) return drop(socket);
      link.send(runKey);
      acceptor.accept(link);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // An accept that fails (out of descriptors) leaves the peer outside, whose opening then fails with a time limit.
  server.on('error', () => undefined);
  return { link: acceptor, server };
}

/** Connects to a listening side and has the run key said in both directions. Rejects with a sentence when that fails. */
export async function connectStream(
  where: NetConnectOpts,
  runKey: Uint8Array,
  tune: (socket: Socket) => void,
): Promise<Link> {
  const socket = createConnection(where);
  let failure: Error | null = null;
  socket.on('error', (error) => {
    failure ??= error;
  });
  tune(socket);
  socket.write(runKey);
  const limit = setTimeout(() => socket.destroy(), PREFACE_LIMIT_MS);
  const known = await readPreface(socket, runKey);
  clearTimeout(limit);
  if (known) return socketLink(socket);
  socket.destroy();
  throw new MessageError(
    say('transport.unreachable', { cause: (failure as Error | null)?.message ?? say('link.nobody') }),
  );
}

/** Whether the first bytes that come are the run key. False as well when the connection ends before. */
function readPreface(socket: Socket, runKey: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (known: boolean) => {
      socket.off('readable', look);
      socket.off('close', ended);
      resolve(known);
    };
    const ended = () => settle(false);
    const look = () => {
      const said = socket.read(runKey.byteLength) as Buffer | null;
      if (said === null) return;
      settle(said.byteLength === runKey.byteLength && timingSafeEqual(said, runKey));
    };
    socket.on('readable', look);
    socket.on('close', ended);
  });
}

/** The listening side's link: without a peer at first, and with one for good later. */
class Acceptor implements Link {
  readonly #unauthenticated: Emitter<void>;
  readonly #stopAccepting: () => void;
  readonly #bytes = new Emitter<Uint8Array>();
  readonly #closed = new Emitter<Message>();
  #peer: Link | null = null;
  #open = true;
  #stampsReads = false;

  constructor(unauthenticated: Emitter<void>, stopAccepting: () => void) {
    this.#unauthenticated = unauthenticated;
    this.#stopAccepting = stopAccepting;
  }

  get open(): boolean {
    return this.#open;
  }

  get settled(): boolean {
    return this.#peer !== null || !this.#open;
  }

  accept(peer: Link): void {
    this.#peer = peer;
    this.#stopAccepting();
    peer.onClose((reason) => this.#closed.emit(reason));
    peer.onBytes((bytes) => this.#bytes.emit(bytes));
    peer.stampReads?.(this.#stampsReads);
  }

  send(frame: Uint8Array): ReturnType<Link['send']> {
    if (!this.#open) return 'closed';
    return this.#peer?.send(frame) ?? 'refused';
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#bytes.on(listener);
  }

  onClose(listener: (reason: Message) => void): () => void {
    return this.#closed.on(listener);
  }

  stampReads(on: boolean): void {
    this.#stampsReads = on;
    this.#peer?.stampReads?.(on);
  }

  readAtNs(): number | undefined {
    return this.#peer?.readAtNs?.();
  }

  onUnauthenticatedPeer(listener: () => void): () => void {
    return this.#unauthenticated.on(listener);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#stopAccepting();
    this.#peer?.close();
  }
}

/** Null where the addon can't take the connection over: out of descriptors. */
function linkOrNull(socket: Socket): Link | null {
  try {
    return socketLink(socket);
  } catch {
    return null;
  }
}

function socketLink(socket: Socket): Link {
  // Node.js doesn't document it; on Windows it is no descriptor.
  const fd = (socket as unknown as { _handle: { fd: number } | null })._handle?.fd ?? -1;
  return dataPath() === 'native' && fd >= 0 ? nativeLink(socket, fd) : nodeSocketLink(socket);
}

/** What comes and goes on the connection is the addon's from here on. Node's hold on it is given up. */
function nativeLink(socket: Socket, fd: number): Link {
  const link = streamEndpointLink(fd, fd, () => undefined);
  // Node may have read it together with the key.
  const early = socket.read() as Buffer | null;
  socket.destroy();
  let told = early === null;
  return {
    ...link,
    onBytes(listener) {
      if (!told && early !== null) listener(early);
      told = true;
      return link.onBytes(listener);
    },
  };
}
