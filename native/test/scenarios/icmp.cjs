// @ts-check
'use strict';
const assert = require('node:assert/strict');

/**
 * A socket, or null where this process has no right to one, which is then said in these words.
 *
 * @param {any} native
 */
function open(native) {
  try {
    return native.openIcmpSocket();
  } catch (error) {
    const { code, syscall, message } = /** @type {any} */ (error);
    assert.deepEqual([code, syscall], ['EPERM', 'socket']);
    assert.match(message, /raw socket/);
    return null;
  }
}

/** @param {number} length @param {number} seed */
const payload = (length, seed) => Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 131 + seed) & 255));

module.exports = {
  'the kernel sends back every size, odd ones and the largest, as it was': ({ native }) => {
    const socket = open(native);
    if (socket === null) return;
    assert.equal(socket.stats().maxBytes, 65507);
    const into = Buffer.alloc(65507);
    for (const size of [0, 1, 2, 3, 4, 5, 63, 64, 65, 1471, 1473, 4095, 32769, 65506, 65507]) {
      const sent = payload(size, size);
      assert.equal(socket.send(sent), 0);
      assert.equal(socket.receiveWait(into, 0, 5e9), size);
      assert.ok(into.subarray(0, size).equals(sent), `${size} bytes came back changed`);
    }
    assert.throws(() => socket.send(Buffer.alloc(65508)), { code: 'EMSGSIZE' });
    assert.equal(socket.send(Buffer.alloc(100)), 0);
    assert.throws(() => socket.receive(Buffer.alloc(99)), { code: 'EMSGSIZE' });
    assert.equal(socket.stats().truncated, 1);
    socket.close();
    socket.close();
    assert.throws(() => socket.send(Buffer.alloc(1)), { code: 'EBADF' });
  },

  'each socket hears its own answers alone': ({ native }) => {
    const [one, two] = [open(native), open(native)];
    if (one === null || two === null) return;
    const into = Buffer.alloc(64);
    for (let i = 0; i < 20; i += 1) {
      one.send(payload(10, i));
      two.send(payload(20, i));
    }
    for (const [socket, size] of [
      [one, 10],
      [two, 20],
    ]) {
      for (let i = 0; i < 20; i += 1) {
        assert.equal(socket.receiveWait(into, 0, 5e9), size);
        assert.ok(into.subarray(0, size).equals(payload(size, i)), 'out of order');
      }
      assert.equal(socket.receive(into), -1);
      socket.close();
    }
  },

  'through the event loop, and an answer that nobody takes is lost, not waited for': async ({ native }) => {
    const socket = open(native);
    if (socket === null) return;
    let sent = 0;
    while (sent < 100) {
      assert.equal(socket.send(Buffer.alloc(60_000)), 0);
      sent += 1;
    }
    const into = Buffer.alloc(60_000);
    let got = 0;
    while (socket.receive(into) === into.length) got += 1;
    assert.ok(got > 0 && got < sent, `${got} of ${sent}`);
    const answered = new Promise((resolve) => socket.onMessage(into, resolve));
    socket.send(Buffer.alloc(60_000));
    assert.equal(await answered, 60_000);
    socket.close();
  },
};
