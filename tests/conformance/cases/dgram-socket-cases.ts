import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FRAME_HEADER_BYTES } from '../../../src/shared/frame';
import { datagramLimitBytes } from '../../../src/transports/datagram-limit';
import { nativeAddon } from '../../../src/transports/native/addon';
import { transports } from '../../../src/transports/registry';
import { maxSocketPathBytes } from '../../../src/transports/socket-path';
import { DgramSocket, MAX_DATAGRAM_BYTES } from '../../../src/transports/unix-dgram/dgram-socket';
import { until } from '../wait';

/** What a path that would be cut is refused with. */
const TOO_LONG = /bytes long and a Unix socket takes/;

/** The guards of the one wrapper of the unix-dgram package: no peer is needed for them, only the addon. */
export interface SoloCase {
  name: string;
  run(directory: string): Promise<void>;
}

const MAX_PATH_BYTES = maxSocketPathBytes();

const pathOf = (directory: string, bytes: number) => `${directory}/`.padEnd(bytes, 'x');

export const dgramSocketCases: SoloCase[] = [
  {
    name: `binds to a path of ${MAX_PATH_BYTES} bytes`,
    async run(directory) {
      const path = pathOf(directory, MAX_PATH_BYTES);
      using socket = new DgramSocket();
      socket.bind(path);
      assert.ok(existsSync(path));
    },
  },
  {
    name: `refuses to bind to a path over ${MAX_PATH_BYTES} bytes, and says so`,
    async run(directory) {
      using socket = new DgramSocket();
      assert.throws(() => socket.bind(pathOf(directory, MAX_PATH_BYTES + 1)), {
        message: new RegExp(`${MAX_PATH_BYTES + 1} bytes.*${MAX_PATH_BYTES}.*Set TMPDIR`, 's'),
      });
      assert.deepEqual(readdirSync(directory), []);
    },
  },
  {
    name: `refuses to connect to a path over ${MAX_PATH_BYTES} bytes`,
    async run(directory) {
      using socket = new DgramSocket();
      assert.throws(() => socket.connect(pathOf(directory, MAX_PATH_BYTES + 1)), TOO_LONG);
    },
  },
  {
    name: 'counts the bytes of a path, not its characters',
    async run(directory) {
      using socket = new DgramSocket();
      const characters = Math.ceil((MAX_PATH_BYTES - directory.length) / 2) + 1;
      assert.throws(() => socket.bind(join(directory, 'ü'.repeat(characters))), TOO_LONG);
    },
  },
  {
    name: 'holds itself to the limit that the kernel says its sockets have',
    async run() {
      const socket = nativeAddon().createDatagramSocket();
      const { maxBytes } = socket.stats();
      socket.close();
      assert.equal(datagramLimitBytes('unix', Number.MAX_SAFE_INTEGER), maxBytes);
      assert.ok(transports['unix-dgram'].info.maxPayloadBytes + FRAME_HEADER_BYTES <= maxBytes);
    },
  },
  {
    name: 'refuses to bind to a path that exists, says which, and leaves the file alone',
    async run(directory) {
      const path = join(directory, 'taken');
      writeFileSync(path, 'mine');
      const socket = new DgramSocket();
      assert.throws(
        () => socket.bind(path),
        (error: Error) => error.message.includes(path),
      );
      socket.close();
      assert.ok(existsSync(path));
    },
  },
  {
    name: 'refuses to bind where there is no folder',
    async run(directory) {
      using socket = new DgramSocket();
      assert.throws(() => socket.bind(join(directory, 'nowhere', 's')), /Check that its directory exists/);
    },
  },
  {
    name: 'refuses to connect where nobody listens',
    async run(directory) {
      using socket = new DgramSocket();
      assert.throws(() => socket.connect(join(directory, 'nobody')), /Could not connect/);
    },
  },
  {
    name: 'takes a second close, before and after a bind',
    async run(directory) {
      const unbound = new DgramSocket();
      unbound.close();
      unbound.close();
      const bound = new DgramSocket();
      bound.bind(join(directory, 's'));
      bound.close();
      bound.close();
      assert.deepEqual(readdirSync(directory), []);
    },
  },
  {
    name: 'says that it is closed instead of sending after its close',
    async run(directory) {
      using receiver = new DgramSocket();
      receiver.bind(join(directory, 'r'));
      const socket = new DgramSocket();
      socket.connect(join(directory, 'r'));
      socket.close();
      assert.equal(socket.send(new Uint8Array(1)), 'closed');
      assert.equal(socket.sendTo(new Uint8Array(1), join(directory, 'r')), 'closed');
    },
  },
  {
    name: 'carries a datagram of 64 KiB whole, and refuses one byte more',
    async run(directory) {
      using receiver = new DgramSocket();
      using sender = new DgramSocket();
      const path = join(directory, 'r');
      receiver.bind(path);
      let heard = -1;
      receiver.onMessage((bytes) => {
        heard = bytes.byteLength;
      });
      assert.throws(() => sender.sendTo(new Uint8Array(MAX_DATAGRAM_BYTES + 1), path), RangeError);
      assert.equal(sender.sendTo(new Uint8Array(MAX_DATAGRAM_BYTES), path), 'sent');
      await until(() => heard !== -1, 'the datagram arrives');
      assert.equal(heard, MAX_DATAGRAM_BYTES);
    },
  },
  {
    name: 'refuses at once when the queue of an unconnected send is full',
    async run(directory) {
      using receiver = new DgramSocket();
      using sender = new DgramSocket();
      const path = join(directory, 'r');
      receiver.bind(path);
      let heard = 0;
      receiver.onMessage(() => {
        heard += 1;
      });
      let sent = 0;
      while (sent < 10_000 && sender.sendTo(new Uint8Array(100), path) === 'sent') sent += 1;
      assert.ok(sent > 0 && sent < 10_000, `${sent} datagrams were accepted without anybody reading`);
      await until(
        () => heard === sent,
        () => `every accepted datagram arrives (${heard} of ${sent})`,
      );
    },
  },
  {
    name: 'queues up to a bound on a connected socket, and sends it all once there is room',
    async run(directory) {
      using receiver = new DgramSocket();
      using sender = new DgramSocket();
      const path = join(directory, 'r');
      receiver.bind(path);
      sender.connect(path);
      const heard: number[] = [];
      receiver.onMessage((bytes) => heard.push(Buffer.from(bytes).readUInt32LE(0)));
      let sent = 0;
      for (; sent < 10_000; sent += 1) {
        const datagram = Buffer.alloc(100);
        datagram.writeUInt32LE(sent);
        if (sender.send(datagram) !== 'sent') break;
      }
      assert.ok(sent > 0 && sent < 10_000, `${sent} datagrams were accepted without anybody reading`);
      await until(
        () => heard.length === sent,
        () => `every accepted datagram arrives (${heard.length} of ${sent})`,
      );
      assert.deepEqual(heard, [...Array(sent).keys()]);
    },
  },
  {
    name: 'keeps unauthenticated peers out of a connected end',
    async run(directory) {
      using browser = new DgramSocket();
      using peer = new DgramSocket();
      using third = new DgramSocket();
      browser.bind(join(directory, 'b'));
      peer.bind(join(directory, 'p'));
      peer.connect(join(directory, 'b'));
      let heard = '';
      peer.onMessage((bytes) => {
        heard += Buffer.from(bytes).toString();
      });
      assert.equal(third.sendTo(Buffer.from('third'), join(directory, 'p')), 'closed');
      assert.equal(browser.sendTo(Buffer.from('browser'), join(directory, 'p')), 'sent');
      await until(() => heard !== '', 'a datagram arrives');
      assert.equal(heard, 'browser');
    },
  },
  {
    name: 'says that it is closed when the other end is gone',
    async run(directory) {
      const receiver = new DgramSocket();
      using connected = new DgramSocket();
      using unconnected = new DgramSocket();
      receiver.bind(join(directory, 'r'));
      connected.connect(join(directory, 'r'));
      receiver.close();
      assert.equal(connected.send(new Uint8Array(1)), 'closed');
      assert.equal(unconnected.sendTo(new Uint8Array(1), join(directory, 'r')), 'closed');
    },
  },
  {
    name: 'makes its transport refuse a folder whose paths would be cut, and leave nothing behind',
    async run(directory) {
      const folder = pathOf(directory, MAX_PATH_BYTES);
      mkdirSync(folder);
      const listening = transports['unix-dgram'].listen({
        directory: folder,
        name: 'x',
        createPortPair: () => {
          throw new Error('A datagram transport needs no ports.');
        },
      });
      await assert.rejects(listening, TOO_LONG);
      assert.deepEqual(readdirSync(folder), []);
    },
  },
];
