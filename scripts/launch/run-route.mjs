// @ts-check
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { SetUpError } from '../lib/set-up-error.mjs';
import { forwardSignals } from './supervise.mjs';

/**
 * @typedef {Exclude<ReturnType<typeof import("./route-options.mjs").parseRoute>, { command: "help" }>} RouteCommand
 * @typedef {{ type: string, url?: string, route?: string, mode?: string, [field: string]: unknown }} Report
 */

/**
 * Runs one program of a route to its end, with this Node.js: it needs nothing of
 * Electron's. It ends with this process, whose IPC channel it watches.
 *
 * @param {string} root
 * @param {RouteCommand} command
 * @param {(line: string) => void} [print]
 * @returns {Promise<number>} the program's exit code
 */
export async function runRoute(root, { role, settings }, print = console.log) {
  const file = path.join(root, 'out', 'main', 'routes', `${role}.js`);
  if (!existsSync(file)) throw new SetUpError(`${file} has not been built.`, { nextStep: 'Run: npm run build' });
  const child = fork(file, [JSON.stringify(settings)], {
    // A group of its own: Ctrl+C reaches it through this process, and once.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  /** @type {Report | null} */
  let last = null;
  child.on('message', (message) => {
    const report = /** @type {Report} */ (message);
    if (report.type === 'ready') print(readyLine(role, report));
    if (report.type === 'stats') last = report;
  });
  const stopForwarding = forwardSignals((signal) => child.kill(signal));
  try {
    const { code, signal } = await ended(child);
    if (last !== null) print(JSON.stringify(last));
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } finally {
    stopForwarding();
  }
}

/**
 * @param {RouteCommand["role"]} role
 * @param {Report} report
 */
export function readyLine(role, { url = '', route, mode }) {
  const what = route === undefined ? `The ${role}` : `The ${role} of ${route} (${mode})`;
  const where = withoutSecrets(url);
  switch (role) {
    case 'receiver':
      return `${what} takes records: POST ${where}. What it has done: ${where}stats. Ctrl+C ends it.`;
    case 'collector':
      return `${what} counts what is posted to ${where}. What has arrived: ${where}stats. Ctrl+C ends it.`;
    case 'subscriber':
      return `${what} takes messages ${route === 'grpc' ? 'at' : 'off'} ${where}. Ctrl+C ends it.`;
    case 'server':
      return `${what} is at ${where}, on this machine only. Ctrl+C ends it.`;
  }
}

/**
 * The password of the server that Bulkhead starts is everybody's; any other is not for a screen.
 *
 * @param {string} url
 */
function withoutSecrets(url) {
  return url.replaceAll(/\/\/(?!guest:guest@)[^@/,]*@/g, '//');
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
