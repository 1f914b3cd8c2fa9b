// @ts-check
import { connect } from 'node:net';
import path from 'node:path';
import { SetUpError } from '../lib/set-up-error.mjs';

/** @typedef {"x11" | "wayland"} Display */

const connectTimeoutMs = 5_000;

/**
 * Which display server a window can be opened on, by asking those that the
 * environment names whether they are there. Both there: the session's own, as
 * current Electrons choose by themselves; older ones would always take X11.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Display>}
 * @throws {SetUpError} when none of them answers
 */
export async function findDisplay(env) {
  const [x11, wayland] = await Promise.all([anyAnswers(x11Sockets(env.DISPLAY)), anyAnswers(waylandSockets(env))]);
  if (wayland && (!x11 || env.XDG_SESSION_TYPE === 'wayland')) return 'wayland';
  if (x11) return 'x11';
  const named = /** @type {const} */ (['DISPLAY', 'WAYLAND_DISPLAY'])
    .filter((name) => env[name])
    .map((name) => `${name} is "${env[name]}"`);
  throw new SetUpError(`No display can be reached: ${named.join(', ')}, and nothing answers there.`, {
    nextStep: 'Start the display, or correct the variable; or run without a window: bin/bulkhead run --headless',
  });
}

/**
 * Where an X server of this name may listen. Pure.
 *
 * @param {string | undefined} display `:0`, `:0.1`, `unix:0`, `host:10.0`
 * @returns {import("node:net").NetConnectOpts[]}
 */
export function x11Sockets(display) {
  const match = /^(.*):(\d+)(?:\.\d+)?$/.exec(display ?? '');
  if (match === null) return [];
  const [, host = '', number] = match;
  if (host !== '' && host !== 'unix') return [{ host: host.replace(/^tcp\//, ''), port: 6000 + Number(number) }];
  const socket = `/tmp/.X11-unix/X${number}`;
  // Linux's abstract sockets have no file.
  return [{ path: `\0${socket}` }, { path: socket }];
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {import("node:net").NetConnectOpts[]}
 */
export function waylandSockets({ WAYLAND_DISPLAY, XDG_RUNTIME_DIR }) {
  if (!WAYLAND_DISPLAY) return [];
  if (path.isAbsolute(WAYLAND_DISPLAY)) return [{ path: WAYLAND_DISPLAY }];
  return XDG_RUNTIME_DIR ? [{ path: path.join(XDG_RUNTIME_DIR, WAYLAND_DISPLAY) }] : [];
}

/** @param {readonly import("node:net").NetConnectOpts[]} places */
async function anyAnswers(places) {
  return (await Promise.all(places.map(answers))).includes(true);
}

/**
 * @param {import("node:net").NetConnectOpts} place
 * @returns {Promise<boolean>}
 */
function answers(place) {
  return new Promise((resolve) => {
    const socket = connect(place);
    const settle = (/** @type {boolean} */ there) => {
      socket.destroy();
      resolve(there);
    };
    socket.setTimeout(connectTimeoutMs, () => settle(false));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
