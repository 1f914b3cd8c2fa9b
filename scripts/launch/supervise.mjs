// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { killGroup } from '../lib/run-command.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';
import { removeRunFolders } from './run-folders.mjs';
import { stderrFilter } from './stderr-filter.mjs';

/** The number that the app finds its lifeline under: the first after the standard three. */
export const lifelineFd = 3;
/** One Ctrl+C under `npm start` arrives twice: from the terminal and from npm, which forwards it. */
const sameKeyPressMs = 300;
/** What the app says over the lifeline on its way up (`src/main/start-signals.ts`). */
const stages = Object.freeze({ window: 'w', started: 's' });
const stragglerGraceMs = 2_000;

/**
 * @typedef {object} StartLimits when an app that has not come so far is taken to hang, in ms after its start
 * @property {number} windowMs
 * @property {number} startedMs
 *
 * @typedef {object} AppEnd
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 * @property {"nothing" | "window" | "started"} reached how far it came
 * @property {boolean} overdue whether it was ended for not coming further in time
 * @property {boolean} asked whether this process passed a signal on to it
 * @property {boolean} spoke whether it wrote anything to standard error that a person was shown
 */

/**
 * Runs the app to its end, in a process group of its own, so that a terminal's
 * Ctrl+C reaches only this process: the app's children must not die before the
 * app has written its exports. If this process is killed, the lifeline closes and
 * the app quits.
 *
 * @param {import("./plan.mjs").LaunchPlan} plan
 * @param {string} cwd
 * @param {StartLimits | null} [limits] null for what tells nothing of its start
 * @returns {Promise<AppEnd>}
 */
export async function superviseApp(plan, cwd, limits = null) {
  const child = spawn(plan.executable, plan.args, {
    cwd,
    env: plan.env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
  });
  /** @type {Pick<AppEnd, "reached" | "overdue" | "asked" | "spoke">} */
  const seen = { reached: 'nothing', overdue: false, asked: false, spoke: false };
  // The reader of our output may leave early (`| head`): then the app still ends in order.
  process.stderr.on('error', () => {});
  // In objects of Node's the pipe is read as well as written.
  const lifeline = /** @type {import("node:net").Socket} */ (child.stdio[lifelineFd]);
  lifeline.on('error', () => {});
  lifeline.on('data', (/** @type {Buffer} */ said) => {
    for (const stage of /** @type {const} */ (['window', 'started']))
      if (said.includes(stages[stage])) seen.reached = stage;
  });
  const shown = child.stderr?.pipe(stderrFilter());
  shown?.once('data', () => (seen.spoke = true));
  shown?.pipe(process.stderr, { end: false });
  const kill = () => {
    if (child.pid !== undefined) killGroup(child.pid, 'SIGKILL');
  };
  const guard = (/** @type {number} */ limitMs, /** @type {readonly AppEnd["reached"][]} */ enough) =>
    setTimeout(() => {
      if (enough.includes(seen.reached)) return;
      seen.overdue = true;
      kill();
    }, limitMs);
  const guards =
    limits === null ? [] : [guard(limits.windowMs, ['window', 'started']), guard(limits.startedMs, ['started'])];
  const stopForwarding = forwardSignals((signal) => {
    seen.asked = true;
    if (signal === 'SIGKILL') kill();
    else askToEnd(child, signal);
  });
  process.on('SIGTSTP', stopAlone);
  try {
    const end = await ended(child, plan.executable);
    if (child.pid !== undefined) {
      await endStragglers(child.pid);
      removeRunFolders(child.pid);
    }
    return { ...end, ...seen };
  } finally {
    for (const each of guards) clearTimeout(each);
    stopForwarding();
    process.removeListener('SIGTSTP', stopAlone);
    lifeline.destroy();
  }
}

/**
 * Ctrl+Z. A stopped app would lose every ping and be taken for hung by whoever talks to it, so it goes on; but a person
 * who sees the prompt again is told.
 */
function stopAlone() {
  process.stderr.write('\nThis command is stopped, and Bulkhead goes on. To end it: fg, then Ctrl+C.\n', () =>
    process.kill(process.pid, 'SIGSTOP'),
  );
}

/**
 * Asks the app to end in order. On Windows a signal would be its death; the end of
 * the lifeline it takes as an end of this process, and goes in order as well.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 * @param {NodeJS.Platform} [platform]
 */
export function askToEnd(child, signal, platform = process.platform) {
  if (platform === 'win32') /** @type {import("node:net").Socket} */ (child.stdio[lifelineFd]).destroy();
  else child.kill(signal);
}

/**
 * @param {AppEnd} end
 * @returns {number} the exit code to end with: the app's, or 128 + n for signal n
 */
export function exitCodeOf({ code, signal }) {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
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
