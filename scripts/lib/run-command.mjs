// @ts-check
import { spawn } from 'node:child_process';
import process from 'node:process';

/**
 * @typedef {object} CommandOutcome
 * @property {number | null} code exit code; null when a signal or a limit ended it
 * @property {NodeJS.Signals | null} signal
 * @property {string} output the end of standard output and error, as they came
 * @property {string} stdout
 * @property {string | null} ended why this side ended it, or could not start it; null when it ended by itself
 */

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs]
 * @property {"capture" | "inherit"} [output] default `capture`
 * @property {(stop: (reason: string) => void) => () => void} [watch]
 *   called once it runs, with a way to end it; returns what to call when it is over
 */

const capturedCharacters = 200_000;
/** Leaders of process groups that must not outlive this process. */
const running = new Set(/** @type {number[]} */ ([]));
let watchingExit = false;
/** @type {(groups: readonly number[]) => void} */
let reportRunning = () => {};

/**
 * Tells what is running whenever that changes, so that it can be written down:
 * if this process is killed outright, somebody else has to end its commands.
 *
 * @param {(groups: readonly number[]) => void} report
 */
export function onRunningChange(report) {
  reportRunning = report;
}

/**
 * Runs a command to its end and never throws for what the command does: the
 * caller judges the outcome. It gets a process group of its own where there are
 * such groups, so that a time limit or an interruption takes its children too.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<CommandOutcome>}
 */
export function runCommand(file, args, options = {}) {
  const { cwd, env, timeoutMs, output = 'capture', watch } = options;
  const ownGroup = process.platform !== 'win32';
  return new Promise((resolve) => {
    const child = spawn(file, [...args], {
      cwd,
      env,
      detached: ownGroup,
      stdio: ['ignore', output === 'inherit' ? 'inherit' : 'pipe', output === 'inherit' ? 'inherit' : 'pipe'],
      // npm is a .cmd file on Windows, which only a shell can start.
      shell: process.platform === 'win32' && /\.cmd$/i.test(file),
      windowsHide: true,
    });
    let text = '';
    let stdout = '';
    /** @type {string | null} */
    let ended = null;
    const { pid } = child;
    if (pid !== undefined) rememberRunning(pid);

    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      stdout = (stdout + chunk).slice(-capturedCharacters);
      text = (text + chunk).slice(-capturedCharacters);
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk) => {
      text = (text + chunk).slice(-capturedCharacters);
    });

    /** @param {string} reason */
    const stop = (reason) => {
      ended ??= reason;
      if (pid !== undefined) killGroup(pid, 'SIGKILL');
    };
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => stop(`it took longer than ${Math.round(timeoutMs / 1000)} s`), timeoutMs);
    const unwatch = pid === undefined ? undefined : watch?.(stop);
    const settle = (/** @type {number | null} */ code, /** @type {NodeJS.Signals | null} */ signal) => {
      clearTimeout(timer);
      unwatch?.();
      if (pid !== undefined && running.delete(pid)) reportRunning([...running]);
      resolve({ code: ended === null ? code : null, signal, output: text, stdout, ended });
    };
    child.once('error', (error) => {
      ended ??= `it could not be started (${error.message})`;
      if (pid === undefined) settle(null, null);
    });
    child.once('close', settle);
  });
}

/**
 * Why a command failed, as half a sentence; null when it succeeded.
 *
 * @param {CommandOutcome} outcome
 */
export function failureOf(outcome) {
  if (outcome.ended !== null) return outcome.ended;
  if (outcome.signal !== null) return `it was ended by ${outcome.signal}`;
  return outcome.code === 0 ? null : `exit code ${outcome.code}`;
}

/**
 * The last lines of what a command said, for an error message.
 *
 * @param {string} output
 * @param {number} [lines]
 */
export function lastLines(output, lines = 12) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}

/**
 * @param {number} pid leader of a process group
 * @param {NodeJS.Signals} signal
 */
export function killGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Already gone: that is what was wanted.
  }
}

/** @param {number} pid */
function rememberRunning(pid) {
  running.add(pid);
  reportRunning([...running]);
  if (watchingExit) return;
  watchingExit = true;
  // In groups of their own, children do not hear a terminal's Ctrl+C. First of all: others then remove what these
  // were writing.
  process.prependListener('exit', () => {
    for (const group of running) killGroup(group, 'SIGKILL');
  });
}
