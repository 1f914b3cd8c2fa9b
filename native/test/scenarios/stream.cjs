// @ts-check
'use strict';
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const { closeSync, constants, openSync, writeFileSync } = require('node:fs');
const net = require('node:net');
const path = require('node:path');

/** Two ends of a TCP connection, taken over from node:net. @param {any} native */
async function tcpPair(native) {
  const accepted = new Promise((resolve) => {
    const server = net.createServer({ pauseOnConnect: true }, (socket) => {
      server.close();
      resolve(socket);
    });
    server.listen(0, '127.0.0.1', () =>
      near.connect({ port: /** @type {any} */ (server.address()).port, host: '127.0.0.1' }),
    );
  });
  const near = new net.Socket();
  near.pause();
  return [near, await accepted].map((/** @type {any} */ socket) => {
    const { fd } = socket._handle;
    const endpoint = native.wrapStream(fd, fd);
    socket.destroy();
    return endpoint;
  });
}

module.exports = {
  'a listener is told when a message was read, while it asks for that': async ({ native }) => {
    const [one, two] = await tcpPair(native);
    /** @param {boolean} on */
    const stampOf = (on) => {
      two.stampReads(on);
      return new Promise((resolve) => {
        two.onMessage(
          Buffer.alloc(16),
          (/** @type {number} */ length, /** @type {unknown} */ error, /** @type {unknown} */ at) =>
            resolve([length, error, at]),
        );
        one.send(Buffer.from('x'));
      });
    };
    assert.deepEqual(await stampOf(false), [1, undefined, undefined]);
    const before = native.monotonicNs();
    const [length, error, readAtNs] = await stampOf(true);
    assert.deepEqual([length, error], [1, undefined]);
    assert.ok(readAtNs >= before && readAtNs <= native.monotonicNs(), `${readAtNs}`);
    assert.deepEqual(await stampOf(false), [1, undefined, undefined]);
    assert.throws(() => two.stampReads(1), TypeError);
    one.close();
    two.close();
  },

  'a megabyte through TCP: partial writes, queue and order': async ({ native }) => {
    const [one, two] = await tcpPair(native);
    const sent = Buffer.from(Uint8Array.from({ length: 8 << 20 }, (_, i) => (i ^ (i >> 8)) & 255));
    const received = [];
    let bytes = 0;
    const into = Buffer.alloc(65536);
    const ended = new Promise((resolve) =>
      two.onMessage(into, (/** @type {number} */ length, /** @type {unknown} */ error) => {
        if (length === -1) return resolve(error);
        received.push(Buffer.from(into.subarray(0, length)));
        bytes += length;
      }),
    );
    let waited = false;
    for (let at = 0; at < sent.length; at += 1 << 20) {
      const outcome = one.send(sent.subarray(at, at + (1 << 20)));
      assert.notEqual(outcome, -1);
      waited ||= outcome > 0;
      while (one.stats().waiting > 1) await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(waited, true);
    while (one.stats().waiting > 0) await new Promise((resolve) => setImmediate(resolve));
    one.close();
    assert.equal(await ended, undefined);
    assert.equal(bytes, sent.length);
    assert.ok(Buffer.concat(received).equals(sent));
    two.close();
  },

  'FIFOs, opened read-write': async ({ native, folder }) => {
    const file = path.join(folder, 'f');
    execFileSync('mkfifo', [file]);
    const fd = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
    const fifo = native.wrapStream(fd, fd);
    closeSync(fd);
    fifo.setQueue(2, 100_000);
    const chunk = Buffer.alloc(40_000, 5);
    // The kernel takes 64 KiB; the rest of the second waits, and the fourth finds no room.
    assert.deepEqual(
      [0, 1, 2, 3].map(() => fifo.send(chunk)),
      [0, 1, 2, -1],
    );
    const into = Buffer.alloc(70_000);
    let bytes = 0;
    await new Promise((resolve) =>
      fifo.onMessage(into, (/** @type {number} */ length) => {
        bytes += length;
        if (bytes === 120_000) resolve(undefined);
      }),
    );
    fifo.close();
    fifo.close();
  },

  'a reader that is gone is an error, not a signal': ({ native, folder }) => {
    const file = path.join(folder, 'f');
    execFileSync('mkfifo', [file]);
    const reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const fd = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
    const writer = native.wrapStream(fd, fd);
    closeSync(fd);
    closeSync(reader);
    assert.throws(() => writer.send(Buffer.alloc(10)), { code: 'EPIPE', syscall: 'write' });
    writer.close();
  },

  'promises and ticks of a message run while its turn still waits for more': async ({ native, folder }) => {
    const file = path.join(folder, 'f');
    execFileSync('mkfifo', [file]);
    const fd = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
    const fifo = native.wrapStream(fd, fd);
    closeSync(fd);
    fifo.setWait(2_000_000, 0, 64);
    /** @type {string[]} */
    const heard = [];
    await new Promise((resolve) => {
      fifo.onMessage(Buffer.alloc(100), () => {
        heard.push('message');
        if (heard.length > 1) return resolve(undefined);
        // Were they kept until the waiting is over, there would be no second message to wait for.
        process.nextTick(() => heard.push('tick'));
        void Promise.resolve().then(() => {
          heard.push('promise');
          fifo.send(Buffer.alloc(1));
        });
      });
      fifo.send(Buffer.alloc(1));
    });
    assert.deepEqual(heard, ['message', 'tick', 'promise', 'message']);
    assert.equal(fifo.stats().wakeUps, 1);
    fifo.close();
  },

  'what a listener throws is an uncaught exception, and the next message comes': async ({ native, folder }) => {
    const file = path.join(folder, 'f');
    execFileSync('mkfifo', [file]);
    const fd = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
    const fifo = native.wrapStream(fd, fd);
    closeSync(fd);
    const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
    let count = 0;
    const second = new Promise((resolve) =>
      fifo.onMessage(Buffer.alloc(1), () => {
        count += 1;
        if (count === 1) throw new Error('from the listener');
        resolve(undefined);
      }),
    );
    fifo.send(Buffer.alloc(2));
    assert.equal(/** @type {Error} */ (await thrown).message, 'from the listener');
    await second;
    fifo.close();
  },

  'refuses descriptors that are no streams': ({ native, folder }) => {
    writeFileSync(path.join(folder, 'plain'), '');
    const fd = openSync(path.join(folder, 'plain'), 'r');
    assert.throws(() => native.wrapStream(fd, fd), { code: 'EINVAL', message: /not a pipe/ });
    assert.throws(() => native.wrapStream(-1, fd), RangeError);
    closeSync(fd);
  },
};
