// @ts-check
'use strict';
// channel.cjs <path> wait|listen|silent|flood|close: the second end of a shared channel.
const native = require(String(process.env.BULKHEAD_NATIVE));
const [path, mode] = process.argv.slice(2);
const channel = native.openSharedChannel(path);
const into = Buffer.alloc(2 << 20);
console.log('ready');

/** @param {number} length */
function echo(length) {
  while (channel.send(into.subarray(0, length)) === -1) continue;
}

switch (mode) {
  case 'wait':
    for (;;) {
      const length = channel.receiveWait(into, 20_000, 1e9);
      if (length >= 0) echo(length);
      else if (channel.stats().peerClosed) break;
    }
    channel.close();
    break;
  case 'listen':
    channel.onMessage(into, (/** @type {number} */ length) => {
      if (length >= 0) echo(length);
      else channel.close();
    });
    break;
  case 'flood':
    for (let i = 0; ; i++) {
      into.writeUInt32LE(i);
      while (channel.send(into.subarray(0, 4 + (i % 97))) === -1) continue;
    }
  case 'close':
    channel.close();
    break;
  default:
    setInterval(() => {}, 1000);
}
