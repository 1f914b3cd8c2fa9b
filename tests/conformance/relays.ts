import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import type { SharedChannel } from '../../native';
import type { Ticket, TicketFor } from '../../src/shared/control';
import { FRAME_HEADER_BYTES } from '../../src/shared/frame';
import { TRANSPORTS } from '../../src/shared/transport-catalog';
import { layOutMailbox, Mailboxes } from '../../src/transports/file/mailboxes';
import { nativeAddon } from '../../src/transports/native/addon';
import type { InvokeAnswer, Invokes } from '../../src/transports/ipc-invoke/invokes';
import { LOOPBACK_ADDRESS } from '../../src/transports/loopback';

/** Somebody between the two ends who passes everything on, and now and then something of his own. */
export interface Relay {
  /** For the peer, instead of the browser's. */
  ticket: Ticket;
  toBrowser(bytes: Uint8Array): void;
  toPeer(bytes: Uint8Array): void;
  close(): void;
}

export async function relayStream(ticket: TicketFor<'unix-stream' | 'tcp' | 'tcp-delay' | 'tcp6'>): Promise<Relay> {
  const host = LOOPBACK_ADDRESS[ticket.transport === 'tcp6' ? 6 : 4];
  const path = ticket.transport === 'unix-stream' ? `${ticket.path}r` : null;
  const server = createServer();
  const sockets: { browser?: Socket; peer?: Socket } = {};
  server.once('connection', (peer) => {
    const browser =
      ticket.transport === 'unix-stream'
        ? createConnection({ path: ticket.path })
        : createConnection({ host, port: ticket.port });
    sockets.browser = browser;
    sockets.peer = peer;
    for (const socket of [browser, peer]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
    }
    browser.on('data', (bytes) => peer.write(bytes)).on('close', () => peer.destroy());
    peer.on('data', (bytes) => browser.write(bytes)).on('close', () => browser.destroy());
  });
  server.listen(path === null ? { host, port: 0 } : { path });
  await once(server, 'listening');
  return {
    ticket:
      ticket.transport === 'unix-stream'
        ? { ...ticket, path: path as string }
        : { ...ticket, port: (server.address() as AddressInfo).port },
    toBrowser: (bytes) => void sockets.browser?.write(bytes),
    toPeer: (bytes) => void sockets.peer?.write(bytes),
    close() {
      server.close();
      sockets.browser?.destroy();
      sockets.peer?.destroy();
    },
  };
}

export async function relayDatagrams(ticket: TicketFor<'udp' | 'udp6'>): Promise<Relay> {
  const family = ticket.transport === 'udp6' ? 6 : 4;
  const address = LOOPBACK_ADDRESS[family];
  const toBrowser = createSocket(`udp${family}`);
  const toPeer = createSocket(`udp${family}`);
  for (const socket of [toBrowser, toPeer]) {
    socket.on('error', () => undefined);
    socket.bind({ address, port: 0 });
    await once(socket, 'listening');
  }
  let peerPort = 0;
  toPeer.on('message', (bytes, from) => {
    peerPort = from.port;
    toBrowser.send(bytes, ticket.port, address);
  });
  toBrowser.on('message', (bytes) => toPeer.send(bytes, peerPort, address));
  return {
    ticket: { ...ticket, port: toPeer.address().port },
    toBrowser: (bytes) => toBrowser.send(bytes, ticket.port, address),
    toPeer: (bytes) => toPeer.send(bytes, peerPort, address),
    close() {
      toBrowser.close();
      toPeer.close();
    },
  };
}

/** Holds the peer's invokes itself, and the browser's end holds its: as many as the peer has begun. */
export function relayInvokes(ticket: TicketFor<'ipc-invoke'>, invokes: Invokes): Relay {
  const address = `${ticket.address}r`;
  const held: Array<(answer: InvokeAnswer) => void> = [];
  const waiting: Uint8Array[] = [];
  const toPeer = (bytes: Uint8Array) => {
    const answer = held.shift();
    if (answer === undefined) waiting.push(bytes);
    else answer(bytes);
  };
  const pass = async (said: unknown) => {
    const answer = await invokes.take(ticket.address, said);
    if (answer !== null) toPeer(answer);
  };
  const leave = invokes.receive(address, (said) => {
    void pass(said);
    return waiting.shift() ?? new Promise((answer) => held.push(answer));
  });
  return {
    ticket: { ...ticket, address },
    toBrowser: (bytes) => void pass(bytes),
    toPeer,
    close() {
      leave();
      for (const answer of held) answer(null);
    },
  };
}

export async function relayFiles(ticket: TicketFor<'file'>): Promise<Relay> {
  const paths = { readPath: `${ticket.readPath}.r`, writePath: `${ticket.writePath}.r` };
  const maxMessageBytes = TRANSPORTS.file.maxPayloadBytes + FRAME_HEADER_BYTES;
  const descriptors: number[] = [];
  const opened = (path: string, flags: number) => {
    const fd = openSync(path, flags, 0o600);
    descriptors.push(fd);
    return fd;
  };
  const made = (path: string) => {
    const fd = opened(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL);
    layOutMailbox(fd);
    return fd;
  };
  const asPeer = new Mailboxes(
    opened(ticket.writePath, constants.O_RDWR),
    opened(ticket.readPath, constants.O_RDONLY),
    maxMessageBytes,
  );
  const asBrowser = new Mailboxes(made(paths.readPath), made(paths.writePath), maxMessageBytes);
  const pass = (from: Mailboxes, to: Mailboxes) => from.take((message) => to.put(message) === 'sent');
  const passing = setInterval(() => {
    pass(asPeer, asBrowser);
    pass(asBrowser, asPeer);
  }, 1);
  return {
    ticket: { ...ticket, ...paths },
    toBrowser: (bytes) => void asPeer.put(bytes),
    toPeer: (bytes) => void asBrowser.put(bytes),
    close() {
      clearInterval(passing);
      for (const fd of descriptors.splice(0)) closeSync(fd);
      for (const path of Object.values(paths)) rmSync(path, { force: true });
    },
  };
}

export async function relaySharedMemory(ticket: TicketFor<'shmem' | 'shmem-futex'>): Promise<Relay> {
  const path = `${ticket.path}r`;
  const asPeer = nativeAddon().openSharedChannel(ticket.path);
  const asBrowser = nativeAddon().createSharedChannel(path, asPeer.stats().ringBytes);
  const into = new Uint8Array(asPeer.stats().maxBytes);
  const pass = (from: SharedChannel, to: SharedChannel) => {
    for (let length = from.receive(into); length !== -1; length = from.receive(into)) to.send(into.subarray(0, length));
  };
  const passing = setInterval(() => {
    pass(asPeer, asBrowser);
    pass(asBrowser, asPeer);
  }, 1);
  return {
    ticket: { ...ticket, path },
    toBrowser: (bytes) => void asPeer.send(bytes),
    toPeer: (bytes) => void asBrowser.send(bytes),
    close() {
      clearInterval(passing);
      asPeer.close();
      asBrowser.close();
    },
  };
}
