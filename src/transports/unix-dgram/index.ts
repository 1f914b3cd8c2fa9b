import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Emitter } from '../../shared/emitter';
import { FRAME_HEADER_BYTES } from '../../shared/frame';
import { TRANSPORTS } from '../../shared/transport-catalog';
import type { SendOutcome } from '../../shared/measure/probe';
import type { Message } from '../../shared/messages/message';
import { Channel, newRunKey } from '../channel';
import { datagramLimitBytes } from '../datagram-limit';
import type { Link } from '../link';
import type { Transport } from '../transport';
import { unixDgramAvailability } from './addon';
import { DgramSocket } from './dgram-socket';

const info = {
  ...TRANSPORTS['unix-dgram'],
  id: 'unix-dgram' as const,
  maxPayloadBytes:
    datagramLimitBytes('unix', TRANSPORTS['unix-dgram'].maxPayloadBytes + FRAME_HEADER_BYTES) - FRAME_HEADER_BYTES,
};

/**
 * Two bound sockets. The peer's end is connected to the browser's, so it hears from nobody else and learns of
 * congestion. The browser's end is not connected: a full queue refuses at once and never blocks, and datagrams from
 * other senders arrive, fail the frame check and are counted.
 */
export const unixDgramTransport: Transport<'unix-dgram'> = {
  info,
  availability: unixDgramAvailability,
  async listen({ directory, name }) {
    const runKey = newRunKey();
    const browserPath = join(directory, `${name}.b`);
    const peerPath = join(directory, `${name}.p`);
    const socket = new DgramSocket();
    try {
      socket.bind(browserPath);
      chmodSync(browserPath, 0o600);
    } catch (error) {
      socket.close();
      throw error;
    }
    const link = dgramLink(
      socket,
      (frame) => socket.sendTo(frame, peerPath),
      // A peer that was killed leaves its path behind.
      () => rmSync(peerPath, { force: true }),
    );
    return {
      ticket: { transport: 'unix-dgram', runKey, browserPath, peerPath },
      ports: [],
      channel: new Channel(info, link, runKey),
    };
  },
  async connect(ticket) {
    const socket = new DgramSocket();
    try {
      socket.bind(ticket.peerPath);
      chmodSync(ticket.peerPath, 0o600);
      socket.connect(ticket.browserPath);
    } catch (error) {
      socket.close();
      throw error;
    }
    return new Channel(
      info,
      dgramLink(
        socket,
        (frame) => socket.send(frame),
        () => undefined,
      ),
      ticket.runKey,
    );
  },
};

function dgramLink(socket: DgramSocket, send: (frame: Uint8Array) => SendOutcome, cleanUp: () => void): Link {
  const closed = new Emitter<Message>();
  let open = true;
  return {
    send,
    onBytes: (listener) => socket.onMessage(listener),
    // A datagram socket never hears that its peer is gone; sends answer `closed` then.
    onClose: (listener) => closed.on(listener),
    close() {
      if (!open) return;
      open = false;
      socket.close();
      cleanUp();
    },
  };
}
