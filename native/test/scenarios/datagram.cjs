// @ts-check
'use strict';
const assert = require('node:assert/strict');
const dgram = require('node:dgram');
const { statSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const sizes = [1, 64, 1024, 65536, 200_000];
const pause = () => new Promise((resolve) => setImmediate(resolve));

/** @param {() => boolean} condition */
async function until(condition) {
  while (!condition()) await pause();
}

/** @param {string} mode */
const echoes =
  (mode) =>
  async (/** @type {any} */ { native, folder, peer, files }) => {
    const own = path.join(folder, 'a');
    const others = path.join(folder, 'b');
    const socket = native.createDatagramSocket();
    socket.bind(own);
    assert.equal(statSync(own).mode & 0o777, 0o600);
    const other = await peer('datagram', others, own, mode);
    socket.connect(others);
    const into = Buffer.alloc(256 * 1024);
    for (const size of [...sizes, ...sizes]) {
      const sent = Buffer.alloc(size, size & 255);
      const answer = new Promise((resolve) => socket.onMessage(into, resolve));
      assert.equal(socket.send(sent), 0);
      assert.equal(await answer, size);
      assert.deepEqual(into.subarray(0, size), sent);
    }
    // Many in flight, more than the kernel queues: nothing is lost and the order holds.
    let expected = 0;
    const all = new Promise((resolve, reject) => {
      socket.onMessage(into, () => {
        if (into.readUInt32LE() !== expected) reject(new Error(`at ${expected}`));
        expected += 1;
        if (expected === 5000) resolve(undefined);
      });
    });
    const bytes = Buffer.alloc(64);
    for (let i = 0; i < 5000; i++) {
      bytes.writeUInt32LE(i);
      await until(() => i - expected <= 100);
      await until(() => socket.send(bytes) !== -1);
    }
    await all;
    if (mode === 'wait') {
      socket.send(Buffer.alloc(0));
      assert.equal(await other.ended, '0');
    }
    await other.kill();
    socket.close();
    socket.close();
    assert.equal(files().includes('a'), false);
  };

module.exports = {
  'echoes with a peer that waits': echoes('wait'),
  'echoes with a peer that listens': echoes('listen'),
  'echoes with a peer that listens and spins': echoes('spin'),
  'echoes with a peer that listens and lingers': echoes('linger'),

  'empty datagrams are messages': async ({ native, folder }) => {
    const socket = native.createDatagramSocket();
    const file = path.join(folder, 'a');
    socket.bind(file);
    socket.sendTo(Buffer.alloc(0), file);
    assert.equal(socket.receive(Buffer.alloc(8)), 0);
    assert.equal(socket.receive(Buffer.alloc(8)), -1);
    socket.close();
  },

  'a full peer queues here, then refuses; draining flushes in order': async ({ native, folder }) => {
    const file = path.join(folder, 'a');
    const receiver = native.createDatagramSocket();
    receiver.bind(file);
    const sender = native.createDatagramSocket();
    sender.connect(file);
    sender.setQueue(5, 1 << 20);
    const bytes = Buffer.alloc(4);
    const outcomes = [];
    for (let i = 0; outcomes.at(-1) !== -1; i++) {
      bytes.writeUInt32LE(i);
      outcomes.push(sender.send(bytes));
    }
    assert.deepEqual(outcomes.slice(-6), [1, 2, 3, 4, 5, -1]);
    const { sent, waiting, full } = sender.stats();
    assert.deepEqual({ sent, waiting, full }, { sent: outcomes.length - 6, waiting: 5, full: 1 });
    assert.equal(sender.send(bytes), -1);
    const into = Buffer.alloc(64);
    let expected = 0;
    await new Promise((resolve, reject) =>
      receiver.onMessage(into, () => {
        if (into.readUInt32LE() !== expected++) reject(new Error(`at ${expected}`));
        if (expected === outcomes.length - 1) resolve(undefined);
      }),
    );
    assert.equal(sender.stats().waiting, 0);
    assert.equal(sender.send(bytes), 0);
    sender.close();
    receiver.close();
  },

  'the queue is bounded in bytes, and an unconnected send is never queued': ({ native, folder }) => {
    const file = path.join(folder, 'a');
    const receiver = native.createDatagramSocket();
    receiver.bind(file);
    const sender = native.createDatagramSocket();
    while (sender.sendTo(Buffer.alloc(8), file) === 0) continue;
    assert.equal(sender.stats().waiting, 0);
    sender.connect(file);
    sender.setQueue(100, 1000);
    assert.equal(sender.send(Buffer.alloc(900)), 1);
    assert.equal(sender.send(Buffer.alloc(200)), -1);
    assert.equal(sender.send(Buffer.alloc(100)), 2);
    assert.throws(() => sender.send(Buffer.alloc(1 << 20)), { code: 'EMSGSIZE' });
    sender.close();
    receiver.close();
  },

  'drains many datagrams per wake-up': async ({ native, folder }) => {
    const file = path.join(folder, 'a');
    const receiver = native.createDatagramSocket();
    receiver.bind(file);
    let got = 0;
    const done = new Promise((resolve) =>
      receiver.onMessage(Buffer.alloc(64), () => {
        if (++got === 5) resolve(undefined);
      }),
    );
    const sender = native.createDatagramSocket();
    for (let i = 0; i < 5; i++) assert.equal(sender.sendTo(Buffer.alloc(8), file), 0);
    await done;
    assert.equal(receiver.stats().wakeUps, 1);
    sender.close();
    receiver.close();
  },

  'refuses what a socket would cut': ({ native, folder }) => {
    const socket = native.createDatagramSocket();
    const long = path.join(folder, 'x'.repeat(107 - folder.length));
    assert.throws(() => socket.bind(long), { code: 'ENAMETOOLONG', message: /108 bytes/ });
    assert.throws(() => socket.connect(long), { code: 'ENAMETOOLONG' });
    assert.throws(() => socket.sendTo(Buffer.alloc(1), long), { code: 'ENAMETOOLONG' });
    socket.bind(long.slice(0, 107));
    const { maxBytes } = socket.stats();
    assert.throws(() => socket.sendTo(Buffer.alloc(maxBytes + 1), long.slice(0, 107)), { code: 'EMSGSIZE' });
    assert.equal(socket.sendTo(Buffer.alloc(maxBytes), long.slice(0, 107)), 0);
    assert.throws(() => socket.receive(Buffer.alloc(100)), { code: 'EMSGSIZE' });
    assert.equal(socket.stats().truncated, 1);
    socket.close();
  },

  'says what failed': ({ native, folder }) => {
    const socket = native.createDatagramSocket();
    assert.throws(() => socket.connect(path.join(folder, 'none')), { code: 'ENOENT', syscall: 'connect', errno: -2 });
    assert.throws(() => socket.send(Buffer.alloc(1)), { code: 'ENOTCONN', syscall: 'send' });
    writeFileSync(path.join(folder, 'taken'), '');
    assert.throws(() => socket.bind(path.join(folder, 'taken')), { code: 'EADDRINUSE', syscall: 'bind' });
    assert.throws(() => native.wrapDatagramSocket(9999), { code: 'EBADF' });
    socket.close();
    socket.close();
    assert.throws(() => socket.send(Buffer.alloc(1)), { code: 'EBADF' });
    assert.throws(() => socket.onMessage(Buffer.alloc(1), () => {}), { code: 'EBADF' });
  },

  'a killed peer: what waits is dropped, sends say so, the socket lives on': async ({ native, folder, peer }) => {
    const others = path.join(folder, 'b');
    const socket = native.createDatagramSocket();
    socket.bind(path.join(folder, 'a'));
    const other = await peer('datagram', others, path.join(folder, 'a'), 'silent');
    socket.connect(others);
    const into = Buffer.alloc(64);
    let got = 0;
    socket.onMessage(into, () => (got += 1));
    while (socket.send(Buffer.alloc(64)) !== -1) continue;
    assert.ok(socket.stats().waiting > 0);
    await other.kill();
    while (socket.stats().waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(socket.stats().dropped, 256);
    assert.throws(() => socket.send(Buffer.alloc(1)), { code: /ECONNREFUSED|ENOTCONN/ });
    assert.equal(socket.receiveWait(into, 1000, 20e6), -1);
    const next = native.createDatagramSocket();
    next.sendTo(Buffer.from('on'), path.join(folder, 'a'));
    await until(() => got > 0);
    next.close();
    socket.close();
  },

  'close inside the callback; an exception in it is an uncaught one': async ({ native, folder }) => {
    const file = path.join(folder, 'a');
    const socket = native.createDatagramSocket();
    socket.bind(file);
    const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
    socket.onMessage(Buffer.alloc(8), () => {
      socket.close();
      throw new Error('from the callback');
    });
    socket.sendTo(Buffer.alloc(1), file);
    socket.sendTo(Buffer.alloc(1), file);
    assert.equal((await thrown).message, 'from the callback');
  },

  'UDP sockets of node:dgram through the native poll': async ({ native }) => {
    const near = dgram.createSocket('udp4');
    const far = dgram.createSocket('udp4');
    await new Promise((resolve) => near.bind(0, '127.0.0.1', () => far.bind(0, '127.0.0.1', () => resolve(undefined))));
    await new Promise((resolve) => near.connect(far.address().port, '127.0.0.1', () => resolve(undefined)));
    await new Promise((resolve) => far.connect(near.address().port, '127.0.0.1', () => resolve(undefined)));
    const fdOf = (/** @type {any} */ socket) =>
      socket[Object.getOwnPropertySymbols(socket).find((key) => String(key).includes('state symbol'))].handle.fd;
    const one = native.wrapDatagramSocket(fdOf(near));
    const two = native.wrapDatagramSocket(fdOf(far));
    near.close();
    far.close();
    const into = Buffer.alloc(64);
    const answer = new Promise((resolve) => one.onMessage(into, resolve));
    two.onMessage(Buffer.alloc(64), (/** @type {number} */ length) => two.send(Buffer.alloc(length, 7)));
    one.send(Buffer.alloc(10, 1));
    assert.equal(await answer, 10);
    assert.equal(into[9], 7);
    one.close();
    two.close();
  },

  'a UDP socket for node:dgram to bind, and for the addon to take over': async ({ native }) => {
    for (const family of [4, 6]) {
      const fd = native.openUdpSocket(family);
      const socket = dgram.createSocket(`udp${family}`);
      await new Promise((resolve) => socket.bind({ fd }, () => resolve(undefined)));
      assert.equal(socket.address().address, family === 4 ? '127.0.0.1' : '::1');
      assert.ok(socket.address().port > 0);
      const { port, address } = socket.address();
      await new Promise((resolve) => socket.connect(port, address, () => resolve(undefined)));
      const own = native.wrapDatagramSocket(fd);
      socket.close();
      const into = Buffer.alloc(8);
      const heard = new Promise((resolve) => own.onMessage(into, resolve));
      own.send(Buffer.from([1, 2, 3]));
      assert.equal(await heard, 3);
      own.close();
    }
    assert.throws(() => native.openUdpSocket(5), RangeError);
  },

  'a refusal that receiving brings up is thrown by the next send': async ({ native }) => {
    const fd = native.openUdpSocket(4);
    const nobody = native.openUdpSocket(4);
    const socket = dgram.createSocket('udp4');
    await new Promise((resolve) => socket.bind({ fd }, () => resolve(undefined)));
    const other = dgram.createSocket('udp4');
    await new Promise((resolve) => other.bind({ fd: nobody }, () => resolve(undefined)));
    const { port } = other.address();
    await new Promise((resolve) => socket.connect(port, '127.0.0.1', () => resolve(undefined)));
    await new Promise((resolve) => other.close(() => resolve(undefined)));
    const own = native.wrapDatagramSocket(fd);
    socket.close();
    own.onMessage(Buffer.alloc(8), () => undefined);
    own.send(Buffer.alloc(1));
    await until(() => own.stats().errors > 0);
    assert.throws(() => own.send(Buffer.alloc(1)), { code: 'ECONNREFUSED' });
    own.close();
  },
};
