// @ts-check
'use strict';
// Run inside the Electron runtime: loads the addon for real and sends one
// datagram to itself. An addon for another ABI or memory layout often builds
// and only fails here. Usage: datagram-probe.cjs <addon folder>
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const unixDgram = require(path.resolve(process.argv[2] ?? ''));
const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-'));
const address = path.join(folder, 's');
const payload = Buffer.from('bulkhead');

const receiver = unixDgram.createSocket('unix_dgram', (/** @type {Buffer} */ received) => {
  finish(received.equals(payload) ? null : 'the datagram came back changed');
});
const sender = unixDgram.createSocket('unix_dgram');
const timer = setTimeout(() => finish('the datagram did not arrive within 10 s'), 10_000);
receiver.once('error', (/** @type {Error} */ error) => finish(error.message));
receiver.bind(address);
sender.send(payload, 0, payload.length, address, (/** @type {Error | undefined} */ error) => {
  if (error) finish(error.message);
});

/** @param {string | null} problem */
function finish(problem) {
  clearTimeout(timer);
  receiver.close();
  sender.close();
  rmSync(folder, { recursive: true, force: true });
  console.log(problem ?? 'datagram received');
  process.exit(problem === null ? 0 : 1);
}
