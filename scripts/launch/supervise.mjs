// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { killGroup } from '../lib/run-command.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';
import { stderrFilter } from './stderr-filter.mjs';

/** The number that the app finds its lifeline under: the first after the standard three. */
export const lifelineFd = 3;
/** One Ctrl+C under `npm start` arrives twice: from the terminal and from npm, which forwards it. */
const sameKeyPressMs = 300;
const stragglerGraceMs = 2_000;

/**
 * Runs the app to its end, in a process group of its own, so that a terminal's
 * Ctrl+C reaches only this process: the app's children must not die before the
 * app has written its exports. If this process is killed, the lifeline closes and
 * the app quits.
 *
 * @param {import("./plan.mjs").LaunchPlan} plan
 * @param {string} cwd
 * @returns {Promise<number>} the exit code to end with: the app's, or 128 + n for signal n
 */
export async function superviseApp(plan, cwd) {
  const child = spawn(plan.executable, plan.args, {
    cwd,
    env: plan.env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
  });
  // The reader of our output may leave early (`| head`): then the app still ends in order.
  process.stderr.on('error', () => {});
  // In objects of Node's the pipe is read as well as written; unread data would pile up.
  const lifeline = /** @type {import("node:net").Socket} */ (child.stdio[lifelineFd]);
  lifeline.on('error', () => {});
  lifeline.resume();
  child.stderr?.pipe(stderrFilter()).pipe(process.stderr, { end: false });

  const stopForwarding = forwardSignals((signal) => {
    if (signal === 'SIGKILL' && child.pid !== undefined) killGroup(child.pid, signal);
    else child.kill(signal);
  });
  try {
    const { code, signal } = await ended(child, plan.executable);
    if (child.pid !== undefined) await endStragglers(child.pid);
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } finally {
    stopForwarding();
    lifeline.destroy();
  }
}

/**
 * Turns signals to this process into what to do with the app: the first is
 * passed on, which is the app's cue to end in order; a second asks without
 * politeness, a third kills.
 *
 * @param {(signal: NodeJS.Signals) => void} send
 * @param {{ target?: Pick<NodeJS.Process, "on" | "removeListener">, nowMs?: () => number }} [injected]
 * @returns {() => void} ends it
 */
export function forwardSignals(send, { target = process, nowMs = () => performance.now() } = {}) {
  let count = 0;
  let lastAtMs = Number.NEGATIVE_INFINITY;
  const handlers = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']).map((signal) => {
    const handler = () => {
      const again = nowMs() - lastAtMs < sameKeyPressMs;
      if (again) return;
      lastAtMs = nowMs();
      count += 1;
      send(count === 1 ? signal : count === 2 ? 'SIGTERM' : 'SIGKILL');
    };
    target.on(signal, handler);
    return () => target.removeListener(signal, handler);
  });
  return () => handlers.forEach((remove) => remove());
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {string} executable
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
function ended(child, executable) {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      reject(
        new SetUpError(`The Electron runtime could not be started (${executable}): ${cause.message}.`, {
          cause,
          nextStep: 'Run: npm run setup -- --refresh-runtime',
        }),
      );
    });
    // Not `close`: a straggler may hold the pipes open.
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/**
 * The app ends its children; if it was itself killed, a hung one may be left.
 *
 * @param {number} group
 */
async function endStragglers(group) {
  if (process.platform === 'win32') return;
  const deadlineMs = performance.now() + stragglerGraceMs;
  while (groupExists(group)) {
    if (performance.now() > deadlineMs) {
      killGroup(group, 'SIGKILL');
      return;
    }
    await delay(25);
  }
}

/** @param {number} group */
function groupExists(group) {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
