// @ts-check
'use strict';
// datagram.cjs <own path> <other's path> wait|listen|spin|linger|silent
const native = require(String(process.env.BULKHEAD_NATIVE));
const [own, other, mode] = process.argv.slice(2);
const socket = native.createDatagramSocket();
socket.bind(own);
const into = Buffer.alloc(256 * 1024);
const answer = (/** @type {number} */ length) => {
  if (length >= 0) socket.send(into.subarray(0, length));
};
if (mode === 'spin') socket.setWait(20_000, 0, 64);
if (mode === 'linger') socket.setWait(0, 500_000, 64);
if (mode !== 'silent') socket.connect(other);
if (mode === 'wait') {
  console.log('ready');
  // Nobody tells a datagram socket that its peer is gone; it says so itself, by an empty datagram.
  for (let length = -1; length !== 0; length = socket.receiveWait(into, 0, 10e9)) answer(length);
  socket.close();
} else {
  if (mode === 'silent') setInterval(() => {}, 1000);
  else socket.onMessage(into, answer);
  console.log('ready');
}
