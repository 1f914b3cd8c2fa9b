import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatagramSocket } from '../../../native';
import { FRAME_HEADER_BYTES } from '../../shared/frame';
import { TRANSPORTS } from '../../shared/transport-catalog';
import { Channel, newRunKey } from '../channel';
import { datagramLimitBytes } from '../datagram-limit';
import { nativeAddon, nativeAvailability } from '../native/addon';
import { datagramEndpointLink } from '../native/datagram-endpoint';
import { checkSocketPath } from '../socket-path';
import type { Transport } from '../transport';

const info = {
  ...TRANSPORTS['unix-dgram-native'],
  id: 'unix-dgram-native' as const,
  maxPayloadBytes:
    datagramLimitBytes('unix', TRANSPORTS['unix-dgram-native'].maxPayloadBytes + FRAME_HEADER_BYTES) -
    FRAME_HEADER_BYTES,
};
const MAX_FRAME_BYTES = info.maxPayloadBytes + FRAME_HEADER_BYTES;

/**
 * The same two sockets as of `unix-dgram`, and for the same reasons: the peer's end connected, the browser's not. What
 * differs is who polls them: the addon drains the socket on one wake-up, into one buffer.
 */
export const unixDgramNativeTransport: Transport<'unix-dgram-native'> = {
  info,
  availability: nativeAvailability,
  async listen({ directory, name }) {
    const runKey = newRunKey();
    const browserPath = join(directory, `${name}.b`);
    const peerPath = join(directory, `${name}.p`);
    checkSocketPath(peerPath);
    const socket = boundSocket(browserPath);
    const link = datagramEndpointLink(
      socket,
      MAX_FRAME_BYTES,
      (frame) => (socket.sendTo(frame, peerPath) === 0 ? 'sent' : 'refused'),
      // A peer that was killed leaves its path behind.
      () => rmSync(peerPath, { force: true }),
    );
    return {
      ticket: { transport: 'unix-dgram-native', runKey, browserPath, peerPath },
      ports: [],
      channel: new Channel(info, link, runKey),
    };
  },
  async connect({ peerPath, browserPath, runKey }) {
    const socket = boundSocket(peerPath);
    try {
      socket.connect(browserPath);
    } catch (error) {
      socket.close();
      throw error;
    }
    return new Channel(info, datagramEndpointLink(socket, MAX_FRAME_BYTES), runKey);
  },
};

function boundSocket(path: string): DatagramSocket {
  const socket = nativeAddon().createDatagramSocket();
  try {
    socket.bind(path);
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}
