import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { listenForStream } from './stream-link';
import { UdpLink } from './udp/udp-link';

/** The addon duplicates what it takes over, and a process that has no descriptor left can't. Nothing may die of that. */

vi.mock('./native/data-path', () => ({ dataPath: () => 'native' }));
vi.mock('./native/addon', () => {
  const noneLeft = () => {
    throw new Error('Too many open files');
  };
  return { nativeAddon: () => ({ wrapStream: noneLeft, wrapDatagramSocket: noneLeft }) };
});

const KEY = new Uint8Array(16).fill(7);

test('a peer over a stream is left outside, without an answer', async () => {
  const { link, server } = await listenForStream({ host: '127.0.0.1', port: 0 }, KEY, () => undefined);
  const peer = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let heard = 0;
  peer.on('data', (chunk: Buffer) => (heard += chunk.length));
  peer.on('error', () => undefined);
  peer.write(KEY);
  await once(peer, 'close');
  expect(heard).toBe(0);
  link.close();
});

test('a datagram channel closes before it has answered its peer', async () => {
  const bound = createSocket('udp4').bind(0, '127.0.0.1');
  await once(bound, 'listening');
  const link = UdpLink.waiting({ socket: bound, fd: 1_000_000 }, KEY);
  const closed = new Promise((resolve) => link.onClose(resolve));
  const peer = createSocket('udp4');
  peer.send(KEY, bound.address().port, '127.0.0.1');
  await closed;
  peer.close();
});
