// @ts-check
import path from 'node:path';
import process from 'node:process';

/**
 * @typedef {object} LaunchPlan how to start the app
 * @property {string} executable
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env the whole environment, not an addition
 */

/** Without a display there is no GPU to be had either; trying costs half a second and a page of errors. */
const headlessSwitches = Object.freeze(['--ozone-platform=headless', '--disable-gpu']);

/**
 * Chromium's switches for where the window is shown, and if that is nowhere, one
 * way to do without after the other. Left to itself, Electron 33 takes X11 and
 * Electron 38 the session's own, whatever is there. Pure.
 *
 * @param {boolean} headless
 * @param {import("./display.mjs").Display | null} display null where there is nothing to choose
 * @param {boolean} ownPlatform the person's own switches say it
 * @param {NodeJS.Platform} [platform]
 * @returns {string[][]}
 */
export function waysToStart(headless, display, ownPlatform, platform = process.platform) {
  if (platform !== 'linux' || ownPlatform) return [[]];
  // On some versions a first window hangs under headless Ozone (electron#53722); Chromium's own `--headless` is slower.
  if (headless) return [[...headlessSwitches], ['--headless']];
  return [display === null ? [] : [`--ozone-platform=${display}`]];
}

/**
 * Works out how the app is started. Pure, and shared with the whole-app tests, so
 * that they start it as a person does.
 *
 * @param {object} request
 * @param {string} request.root the checkout
 * @param {import("./options.mjs").RunOptions | { headless: true, command: "bench", bench: object } | { headless: true, command: "load", load: object }} request.options
 * @param {import("../runtime/resolve.mjs").Runtime} request.runtime
 * @param {import("../setup/run-set-up.mjs").LaunchContext["addons"]} request.addons
 * @param {number | null} request.uid null where there are none
 * @param {NodeJS.ProcessEnv} request.env
 * @param {NodeJS.Platform} [request.platform]
 * @param {number | undefined} [request.lifelineFd] a pipe that the launcher holds open: the app quits when it closes
 * @param {readonly string[]} [request.switches] Chromium's, apart from the sandbox's
 * @returns {LaunchPlan}
 */
export function launchPlan({
  root,
  options,
  runtime,
  addons,
  uid,
  env,
  platform = 'linux',
  lifelineFd,
  switches = waysToStart(options.headless, null, false, platform)[0] ?? [],
}) {
  // Chromium refuses to run with its sandbox as root.
  const sandboxSwitches = platform === 'linux' && uid === 0 ? ['--no-sandbox'] : [];
  const { origin, version, detail, supported } = runtime;
  /** @type {NodeJS.ProcessEnv} */
  const childEnv = {
    ...env,
    BULKHEAD_RUNTIME: JSON.stringify({ origin, version, detail, supported }),
    BULKHEAD_ADDONS: JSON.stringify(addons),
    BULKHEAD_OPTIONS: JSON.stringify(options),
  };
  // In a terminal inside VS Code, say, it is set, and Electron would come up as plain Node.
  delete childEnv.ELECTRON_RUN_AS_NODE;
  delete childEnv.BULKHEAD_LIFELINE_FD;
  if (lifelineFd !== undefined) childEnv.BULKHEAD_LIFELINE_FD = String(lifelineFd);
  return { executable: runtime.executable, args: [...sandboxSwitches, ...switches, root], env: childEnv };
}

/**
 * Works out how a command is started that needs the runtime's Node.js and nothing
 * else of it: `serve` and `ping`, plain processes as a person starts them.
 *
 * @param {object} request
 * @param {string} request.root the checkout
 * @param {{ command: "serve" | "ping", [option: string]: unknown }} request.options
 * @param {import("../runtime/resolve.mjs").Runtime} request.runtime
 * @param {import("../setup/run-set-up.mjs").LaunchContext["addons"]} request.addons
 * @param {NodeJS.ProcessEnv} request.env
 * @param {number | undefined} [request.lifelineFd]
 * @returns {LaunchPlan}
 */
export function plainPlan({ root, options, runtime, addons, env, lifelineFd }) {
  const { args: _, ...plan } = launchPlan({
    root,
    options: /** @type {any} */ (options),
    runtime,
    addons,
    uid: null,
    env,
    lifelineFd,
  });
  return {
    ...plan,
    args: [path.join(root, 'out', 'main', 'bench', `${options.command}.js`)],
    env: { ...plan.env, ELECTRON_RUN_AS_NODE: '1' },
  };
}
