// @ts-check
'use strict';
// Run inside the Electron runtime: loads Bulkhead's addon for real, moves a
// message through each of its parts and starts the floor program.
// Usage: native-probe.cjs <addon folder>
const { execFileSync } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const dir = path.resolve(process.argv[2] ?? '');
const native = require(dir);
const folder = makeFolder();
const payload = Buffer.from('bulkhead');
const into = Buffer.alloc(64);
const waitNs = 5e9;
try {
  const one = native.createSharedChannel(path.join(folder, 'm'), 4096);
  const two = native.openSharedChannel(path.join(folder, 'm'));
  one.send(payload);
  check('shared memory', two.receiveWait(into, 0, waitNs));
  two.close();
  one.close();

  const socket = native.createDatagramSocket();
  socket.bind(path.join(folder, 's'));
  socket.sendTo(payload, path.join(folder, 's'));
  check('the datagram socket', socket.receiveWait(into, 0, waitNs));
  socket.close();

  const floor = execFileSync(path.join(dir, 'bulkhead-floor'), ['--method', 'stdout', '--count', '3', '--warmup', '0']);
  if (JSON.parse(floor.toString()).rtt_ns.length !== 3) throw new Error('the floor program did not count to 3');
  console.log('native addon works');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** In memory where that can be. */
function makeFolder() {
  try {
    return mkdtempSync('/dev/shm/bulkhead-');
  } catch {
    return mkdtempSync(path.join(tmpdir(), 'bulkhead-'));
  }
}

/**
 * @param {string} part
 * @param {number} length
 */
function check(part, length) {
  if (!into.subarray(0, Math.max(length, 0)).equals(payload))
    throw new Error(`a message through ${part} did not come back`);
  into.fill(0);
}
