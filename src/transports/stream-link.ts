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
import { boundedWrite } from './bounded-write';
import { dataPath } from './native/data-path';
import { streamEndpointLink } from './native/stream-endpoint';
import type { Link } from './link';

/**
 * Connections over `net`, the same for Unix streams and TCP. Any local user can connect to a loopback port, so each side
 * says the run key before anything else: the peer first, and the listening side in answer. Whoever says something else,
 * or nothing in time, is turned away and counted; once the peer is there nobody is let in any more.
 */

/** How long a connection may take to say the run key. */
const PREFACE_LIMIT_MS = 2000;
/** Connections that may stand at the door at once, before any of them has said the key. */
const MAX_GUESTS = 16;

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
  const strangers = new Emitter<void>();
  const guests = new Map<Socket, NodeJS.Timeout>();
  const door = new Door(strangers, () => {
    server.close();
    for (const guest of guests.keys()) turnAway(guest);
  });
  const turnAway = (socket: Socket): void => {
    clearTimeout(guests.get(socket));
    guests.delete(socket);
    socket.destroy();
    if (door.open) strangers.emit();
  };
  server.on('connection', (socket) => {
    // What goes wrong with a stranger's connection is the stranger's matter.
    socket.on('error', () => undefined);
    if (door.taken || guests.size >= MAX_GUESTS) return turnAway(socket);
    guests.set(
      socket,
      setTimeout(() => turnAway(socket), PREFACE_LIMIT_MS),
    );
    void readPreface(socket, runKey).then((known) => {
      // It may have been turned away meanwhile.
      if (!guests.has(socket)) return;
      if (!known || door.taken) return turnAway(socket);
      clearTimeout(guests.get(socket));
      guests.delete(socket);
      tune(socket);
      socket.write(runKey);
      door.admit(socketLink(socket));
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
  return { link: door, server };
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
  throw new Error(
    `The browser process could not be reached: ${(failure as Error | null)?.message ?? 'nobody answered with the key of this channel'}. The channel has to be opened again.`,
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

/** The listening side's link: nobody is there at first, and one peer for good later. */
class Door implements Link {
  readonly #strangers: Emitter<void>;
  readonly #shut: () => void;
  readonly #bytes = new Emitter<Uint8Array>();
  readonly #closed = new Emitter<string>();
  #peer: Link | null = null;
  #open = true;

  constructor(strangers: Emitter<void>, shut: () => void) {
    this.#strangers = strangers;
    this.#shut = shut;
  }

  get open(): boolean {
    return this.#open;
  }

  get taken(): boolean {
    return this.#peer !== null || !this.#open;
  }

  admit(peer: Link): void {
    this.#peer = peer;
    this.#shut();
    peer.onClose((reason) => this.#closed.emit(reason));
    peer.onBytes((bytes) => this.#bytes.emit(bytes));
  }

  send(frame: Uint8Array): ReturnType<Link['send']> {
    if (!this.#open) return 'closed';
    return this.#peer?.send(frame) ?? 'refused';
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#bytes.on(listener);
  }

  onClose(listener: (reason: string) => void): () => void {
    return this.#closed.on(listener);
  }

  onStranger(listener: () => void): () => void {
    return this.#strangers.on(listener);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#shut();
    this.#peer?.close();
  }
}

function socketLink(socket: Socket): Link {
  // Node.js doesn't document it; on Windows it is no descriptor.
  const fd = (socket as unknown as { _handle: { fd: number } | null })._handle?.fd ?? -1;
  return dataPath() === 'native' && fd >= 0 ? nativeLink(socket, fd) : nodeLink(socket);
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

function nodeLink(socket: Socket): Link {
  const bytes = new Emitter<Uint8Array>();
  const closed = new Emitter<string>();
  let open = true;
  let reason = 'the other end closed the connection';
  // Until somebody listens, what comes stays in the socket.
  socket.pause();
  socket.on('data', (chunk: Buffer) => {
    if (open) bytes.emit(chunk);
  });
  socket.on('error', (error) => {
    reason = `the connection failed: ${error.message}`;
  });
  // Without this a half-closed connection would wait for its own queue to drain to a peer that is gone.
  socket.on('end', () => socket.destroy());
  socket.on('close', () => {
    if (open) closed.emit(reason);
  });
  return {
    send: (frame) => (open ? boundedWrite(socket, frame) : 'closed'),
    onBytes(listener) {
      const off = bytes.on(listener);
      socket.resume();
      return off;
    },
    onClose: (listener) => closed.on(listener),
    close() {
      if (!open) return;
      open = false;
      socket.destroy();
    },
  };
}
