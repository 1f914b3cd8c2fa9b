import type { ChildProcess } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { Ticket, TicketFor } from '../../src/shared/control';
import type { TransportId } from '../../src/shared/transport-catalog';
import type { Invokes } from '../../src/transports/ipc-invoke/invokes';
import type { PortLike } from '../../src/transports/message-port/port-like';
import type { FrameRouter } from '../../src/transports/utility-post/frame-router';
import { DgramSocket } from '../../src/transports/unix-dgram/dgram-socket';
import { haveChildPrint } from './peers/child-peer';
import { type Relay, relayDatagrams, relayFiles, relayInvokes, relaySharedMemory, relayStream } from './relays';

/** The two ends of a port pair, where the transport made one. */
export interface PortPair {
  near: PortLike;
  far: PortLike;
}

/** What the two ends of an opening have that an injector may use. */
export interface Means {
  pair: PortPair | null;
  frameRouter: FrameRouter | undefined;
  invokes: Invokes | undefined;
  child: ChildProcess | undefined;
}

/** How bytes that no `Channel` wrote get into either end of a transport. */
export interface Injector<T extends TransportId> {
  /** Into the browser's end. A port can be used so only until it is handed over. */
  toBrowser(ticket: TicketFor<T>, means: Means, bytes: Uint8Array): void | Promise<void>;
  toPeer(ticket: TicketFor<T>, means: Means, bytes: Uint8Array): void;
  /** False when only the two ends themselves can reach the browser's end once the channel is open. */
  worksWhileOpen: boolean;
  /** False when the kernel lets nobody but the browser send to the peer's end. */
  reachesPeer: boolean;
}

/** A transport that has but two ends: bytes get in only through a relay between them from the start. */
export interface Interposed<T extends TransportId> {
  relay(ticket: TicketFor<T>, means: Means): Promise<Relay>;
}

const stream = { relay: relayStream };
const datagrams = { relay: relayDatagrams };

/** The child itself prints what is no frame, or the parent has another writer than the channel. */
const aroundTheChannel = {
  toBrowser: (_ticket: unknown, { child }: Means, bytes: Uint8Array) => haveChildPrint(child as ChildProcess, bytes),
  toPeer: (_ticket: unknown, { child }: Means, bytes: Uint8Array) => void child?.stdin?.write(bytes),
  worksWhileOpen: true,
  reachesPeer: true,
};

function nobody(): never {
  throw new Error('Nobody can write to this transport.');
}

/** The compiler asks for an entry here when the catalogue gets a new row. */
const injectors: { [T in TransportId]: Injector<T> | Interposed<T> } = {
  'message-port': {
    toBrowser: (_ticket, { pair }, bytes) => pair?.far.postMessage(bytes),
    toPeer: (_ticket, { pair }, bytes) => pair?.near.postMessage(bytes),
    worksWhileOpen: false,
    reachesPeer: true,
  },
  'ipc-invoke': { relay: async (ticket, { invokes }) => relayInvokes(ticket, invokes as Invokes) },
  'utility-post': {
    toBrowser: ({ address }, { frameRouter }, bytes) => void frameRouter?.take({ kind: 'frame', to: address, bytes }),
    toPeer: ({ address }, { frameRouter }, bytes) => frameRouter?.post(address, bytes),
    worksWhileOpen: true,
    reachesPeer: true,
  },
  'unix-dgram': {
    toBrowser: (ticket, _means, bytes) => sendDatagram(ticket.browserPath, bytes),
    toPeer: (ticket, _means, bytes) => sendDatagram(ticket.peerPath, bytes),
    worksWhileOpen: true,
    reachesPeer: false,
  },
  'unix-dgram-native': {
    toBrowser: (ticket, _means, bytes) => sendDatagram(ticket.browserPath, bytes),
    toPeer: (ticket, _means, bytes) => sendDatagram(ticket.peerPath, bytes),
    worksWhileOpen: true,
    reachesPeer: false,
  },
  'unix-stream': stream,
  fifo: {
    toBrowser: (ticket, _means, bytes) => writeFifo(ticket.writePath, bytes),
    toPeer: (ticket, _means, bytes) => writeFifo(ticket.readPath, bytes),
    worksWhileOpen: true,
    reachesPeer: true,
  },
  stdout: aroundTheChannel,
  'stdout-alloc': aroundTheChannel,
  tcp: stream,
  'tcp-delay': stream,
  tcp6: stream,
  udp: datagrams,
  udp6: datagrams,
  // The kernel lets in nothing but the answers to the socket itself.
  icmp: { toBrowser: nobody, toPeer: nobody, worksWhileOpen: false, reachesPeer: false },
  shmem: { relay: relaySharedMemory },
  'shmem-futex': { relay: relaySharedMemory },
  file: { relay: relayFiles },
};

/** Whoever may write to an opening: without standing in the way of it, or by relaying it. */
export function injectorFor(ticket: Ticket): Injector<TransportId> | Interposed<TransportId> {
  return injectors[ticket.transport] as Injector<TransportId> | Interposed<TransportId>;
}

function sendDatagram(path: string, bytes: Uint8Array): void {
  using socket = new DgramSocket();
  socket.sendTo(bytes, path);
}

function writeFifo(path: string, bytes: Uint8Array): void {
  const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    const written = writeSync(fd, bytes);
    if (written !== bytes.byteLength) throw new Error(`only ${written} of ${bytes.byteLength} bytes went into ${path}`);
  } finally {
    closeSync(fd);
  }
}
