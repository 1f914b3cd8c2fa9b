// @ts-check
'use strict';
const assert = require('node:assert/strict');
const { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } = require('node:fs');
const path = require('node:path');

const ringBytes = 4 << 20;
const sizes = [0, 1, 7, 8, 9, 64, 1024, 65536, 1 << 20];

/** @param {number} size @param {number} seed */
const message = (size, seed) => Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 31 + seed) & 255));

/** @param {string} mode */
const echoes =
  (mode) =>
  async (/** @type {any} */ { native, folder, peer, files }) => {
    const file = path.join(folder, 'm');
    const channel = native.createSharedChannel(file, ringBytes);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const other = await peer('channel', file, mode);
    const into = Buffer.alloc(2 << 20);
    for (const [seed, size] of [...sizes, ...sizes].entries()) {
      assert.equal(channel.send(message(size, seed)), 0);
      assert.equal(channel.receiveWait(into, 50_000, 10e9), size);
      assert.deepEqual(into.subarray(0, size), message(size, seed));
    }
    channel.close();
    channel.close();
    assert.equal(await other.ended, '0');
    assert.deepEqual(files(), []);
  };

/** @param {any} native @param {string} folder */
const pair = (native, folder, bytes = 4096) => {
  const one = native.createSharedChannel(path.join(folder, 'm'), bytes);
  return [one, native.openSharedChannel(path.join(folder, 'm'))];
};

module.exports = {
  'echoes every size with a peer that waits': echoes('wait'),
  'echoes every size with a peer that listens on its event loop': echoes('listen'),

  'keeps order through a ring that is full again and again': async ({ native, folder, peer }) => {
    const channel = native.createSharedChannel(path.join(folder, 'm'), 4096);
    const other = await peer('channel', path.join(folder, 'm'), 'flood');
    const into = Buffer.alloc(4096);
    let expected = 0;
    await new Promise((resolve, reject) => {
      channel.onMessage(into, (/** @type {number} */ length, /** @type {unknown} */ error) => {
        if (error) return reject(error);
        if (length !== 4 + (expected % 97) || into.readUInt32LE() !== expected)
          return reject(new Error(`at ${expected}`));
        expected += 1;
        if (expected === 20_000) resolve(undefined);
      });
    });
    await other.kill();
    channel.close();
  },

  'says full, and has room again when the other took one': ({ native, folder }) => {
    const [one, two] = pair(native, folder);
    const into = Buffer.alloc(4096);
    let sent = 0;
    while (one.send(message(100, sent)) === 0) sent += 1;
    assert.ok(sent > 30 && sent < 41);
    assert.equal(two.receive(into), 100);
    assert.equal(one.send(message(100, sent)), 0);
    for (let i = 1; i <= sent; i++) {
      assert.equal(two.receive(into), 100);
      assert.deepEqual(into.subarray(0, 100), message(100, i));
    }
    assert.equal(two.receive(into), -1);
    assert.equal(one.send(message(4088, 0)), 0);
    assert.throws(() => one.send(message(4089, 0)), { code: 'EMSGSIZE' });
    assert.throws(() => two.receive(into.subarray(0, 10)), { code: 'EMSGSIZE' });
    assert.equal(two.receive(into), 4088);
    one.close();
    two.close();
  },

  'refuses files that are no sound channel': ({ native, folder }) => {
    const file = path.join(folder, 'm');
    const good = native.createSharedChannel(path.join(folder, 'good'), 4096);
    const bytes = readFileSync(path.join(folder, 'good'));
    const damaged = (/** @type {number} */ offset, /** @type {number} */ value) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt32LE(value, offset);
      writeFileSync(file, copy);
      return () => native.openSharedChannel(file);
    };
    assert.throws(damaged(0, 1), { code: 'EPROTO' });
    assert.throws(damaged(8, 2), { code: 'EPROTO', message: /version 2/ });
    assert.throws(damaged(12, 8192), { code: 'EPROTO' });
    assert.throws(damaged(12, 0x80000000), { code: 'EPROTO' });
    writeFileSync(file, '');
    assert.throws(() => native.openSharedChannel(file), { code: 'EPROTO' });
    assert.throws(() => native.openSharedChannel(folder), { code: /EISDIR|EPERM/ });
    assert.throws(() => native.openSharedChannel(path.join(folder, 'none')), { code: 'ENOENT', syscall: 'open' });
    assert.throws(() => native.createSharedChannel(path.join(folder, 'good'), 4096), { code: 'EEXIST' });
    assert.throws(() => native.createSharedChannel(file, 5000), { code: 'EINVAL' });
    assert.throws(() => native.createSharedChannel(file, 1), RangeError);
    native.openSharedChannel(path.join(folder, 'good')).close();
    assert.throws(() => native.openSharedChannel(path.join(folder, 'good')), { code: 'EBUSY' });
    good.close();
  },

  'indexes and lengths of a peer that lies are refused, not followed': ({ native, folder }) => {
    // src/core/shared-layout.h: the rings' words begin at 128 and 512, each tail then head; ring 1's bytes at 4096 + 4096.
    const tailOfRing1 = 512;
    const lies = [
      [tailOfRing1, 4104n, 'write index beyond the ring'],
      [tailOfRing1, 12n, 'write index off the grid'],
      [tailOfRing1, -8n, 'write index before the read index'],
      [8192, 0xffffffffffffffffn, 'length beyond everything'],
      [8192, 4096n, 'length beyond the ring'],
    ];
    for (const [offset, value, what] of lies) {
      const file = path.join(folder, 'm');
      const one = native.createSharedChannel(file, 4096);
      const two = native.openSharedChannel(file);
      two.send(message(8, 1));
      poke(file, Number(offset), BigInt.asUintN(64, BigInt(value)));
      assert.throws(() => one.receive(Buffer.alloc(5000)), { code: 'EPROTO' }, String(what));
      two.close();
      one.close();
    }
    const [one, two] = pair(native, folder);
    while (one.send(message(500, 0)) === 0) continue;
    poke(path.join(folder, 'm'), 128 + 128, 1n << 60n);
    assert.throws(() => one.send(message(500, 0)), { code: 'EPROTO' });
    one.close();
    two.close();
  },

  'a listener hears of a lie once, as the end': async ({ native, folder }) => {
    const [one, two] = pair(native, folder);
    two.send(message(8, 1));
    poke(path.join(folder, 'm'), 512, 12n);
    const heard = await new Promise((resolve) =>
      one.onMessage(Buffer.alloc(64), (/** @type {number} */ length, /** @type {any} */ error) =>
        resolve([length, error?.code]),
      ),
    );
    assert.deepEqual(heard, [-1, 'EPROTO']);
    one.close();
    two.close();
  },

  'a killed peer costs a time-out and no more': async ({ native, folder, peer }) => {
    const file = path.join(folder, 'm');
    const channel = native.createSharedChannel(file, 65536);
    const other = await peer('channel', file, 'flood');
    const into = Buffer.alloc(4096);
    assert.ok(channel.receiveWait(into, 0, 10e9) >= 0);
    await other.kill();
    // What it had written is still whole messages.
    for (let expected = 1; channel.receive(into) >= 0; expected++) assert.equal(into.readUInt32LE(), expected);
    assert.equal(channel.receiveWait(into, 1000, 50e6), -1);
    while (channel.send(message(1000, 0)) === 0) continue;
    assert.equal(channel.stats().peerClosed, false);
    channel.close();
  },

  'an orderly close ends a wait and a listener': async ({ native, folder, peer }) => {
    const channel = native.createSharedChannel(path.join(folder, 'm'), 4096);
    const heard = new Promise((resolve) =>
      channel.onMessage(Buffer.alloc(64), (/** @type {number} */ length, /** @type {unknown} */ error) =>
        resolve([length, error]),
      ),
    );
    await peer('channel', path.join(folder, 'm'), 'close');
    assert.deepEqual(await heard, [-1, undefined]);
    assert.equal(channel.stats().peerClosed, true);
    channel.close();
  },

  'close inside the callback, twice, and use after it': async ({ native, folder }) => {
    const [one, two] = pair(native, folder);
    const { send } = two;
    await new Promise((resolve) => {
      one.onMessage(Buffer.alloc(64), () => {
        one.close();
        one.close();
        resolve(undefined);
      });
      send(message(8, 1));
      send(message(8, 2));
    });
    assert.throws(() => one.send(message(1, 1)), { code: 'EBADF' });
    assert.throws(() => one.receiveWait(Buffer.alloc(8), 0, 1), { code: 'EBADF' });
    assert.equal(one.stats().peerClosed, false);
    two.close();
  },

  'a buffer that was transferred away ends the listener with an error': async ({ native, folder }) => {
    const [one, two] = pair(native, folder);
    const into = new Uint8Array(64);
    const heard = new Promise((resolve) =>
      one.onMessage(into, (/** @type {number} */ length, /** @type {any} */ error) => resolve([length, error?.code])),
    );
    structuredClone(into, { transfer: [into.buffer] });
    two.send(message(8, 1));
    assert.deepEqual(await heard, [-1, 'EFAULT']);
    one.close();
    two.close();
  },

  'wrong arguments are told': ({ native, folder }) => {
    const [one, two] = pair(native, folder);
    assert.throws(() => one.send('text'), TypeError);
    assert.throws(() => one.send(new Uint16Array(2)), TypeError);
    assert.throws(() => one.receiveWait(Buffer.alloc(1), -1, 0), RangeError);
    assert.throws(() => one.receiveWait(Buffer.alloc(1), 0.5, 0), RangeError);
    assert.throws(() => one.receiveWait(Buffer.alloc(1), 0, Number.NaN), RangeError);
    assert.throws(() => one.onMessage(Buffer.alloc(1)), TypeError);
    assert.throws(() => native.createSharedChannel('a\0b', 4096), RangeError);
    assert.throws(() => native.createSharedChannel(), TypeError);
    one.onMessage(Buffer.alloc(8), () => {});
    assert.throws(() => one.receiveWait(Buffer.alloc(1), 0, 0), { code: 'EBUSY' });
    one.close();
    two.close();
  },
};

/** @param {string} file @param {number} offset @param {bigint} value */
function poke(file, offset, value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  const fd = openSync(file, 'r+');
  writeSync(fd, bytes, 0, 8, offset);
  closeSync(fd);
}
