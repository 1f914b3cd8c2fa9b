// @ts-check
'use strict';
const { spawn } = require('node:child_process');
const path = require('node:path');

/**
 * Starts peers/<first argument>.cjs in this runtime and waits until it says that it is ready.
 *
 * @param {string[]} args
 * @param {import('node:child_process').ChildProcess[]} peers gets the child
 * @returns {Promise<{ kill(): Promise<void>, ended: Promise<string> }>}
 */
function startPeer([script, ...args], peers) {
  const child = spawn(process.execPath, [path.join(__dirname, '..', 'peers', `${script}.cjs`), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: process.env,
  });
  peers.push(child);
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(String(signal ?? code))));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', () =>
      resolve({
        ended,
        async kill() {
          child.kill('SIGKILL');
          await ended;
        },
      }),
    );
    void ended.then((how) => reject(new Error(`the peer ended before it was ready: ${how}`)));
  });
}

module.exports = { startPeer };
