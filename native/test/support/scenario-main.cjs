// @ts-check
'use strict';
// scenario-main.cjs <file> <name>: runs one scenario; exit code 0 means that every assertion in it held.
const { existsSync, mkdtempSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { startPeer } = require('./peer.cjs');

const [file, name] = process.argv.slice(2);
const scenario = require(String(file))[String(name)];
const folder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'bh-'));
const native = require(String(process.env.BULKHEAD_NATIVE));
/** @type {import('node:child_process').ChildProcess[]} */
const peers = [];

async function main() {
  let code = 0;
  try {
    await scenario({
      native,
      folder,
      files: () => readdirSync(folder),
      peer: (/** @type {string[]} */ ...args) => startPeer(args, peers),
    });
  } catch (error) {
    console.error(error);
    code = 1;
  }
  for (const peer of peers) peer.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code;
  // What a scenario left open would keep the loop alive: that is a failure, too.
  setTimeout(() => {
    console.error('Something keeps the event loop alive.');
    process.exit(1);
  }, 3000).unref();
}
void main();
