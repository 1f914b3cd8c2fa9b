// @ts-check
import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { readJsonOrNull, replaceJson } from '../lib/files.mjs';
import { cacheDirOf } from '../lib/paths.mjs';
import { say, withProgress } from '../lib/progress.mjs';
import { FolderNotWritable, withSetUpLock } from '../lib/set-up-lock.mjs';
import { buildAddon, recordedAddon } from '../native/addon.mjs';
import { bulkheadNativeAddon } from '../native/bulkhead-native.mjs';
import { unixDgramAddon } from '../native/unix-dgram.mjs';
import { knownFacts, recallFacts } from '../runtime/facts.mjs';
import { checkTemporaryFolder } from '../system/surroundings.mjs';
import { ensureBuild, isBuilt } from './build-step.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureRuntime } from './runtime-step.mjs';
import { ensureSharedLibraries, tryInstallBuildTools } from './system-step.mjs';

/**
 * @typedef {{ dir: string } | { error: string }} Addon `dir`: `require(dir)` in the runtime loads it
 *
 * @typedef {object} LaunchContext what set-up found and made; all the app needs to start
 * @property {import("../runtime/resolve.mjs").Runtime} runtime
 * @property {{ "unix-dgram": Addon, "bulkhead-native": Addon }} addons
 */

/**
 * Brings the checkout to where the app can start. Every step looks first whether
 * there is anything to do, so a second run takes a fraction of a second.
 *
 * @param {object} request
 * @param {string} request.root
 * @param {NodeJS.ProcessEnv} [request.env]
 * @param {boolean} [request.refreshRuntime] try the official runtime and failed addons again
 * @returns {Promise<LaunchContext>}
 */
export async function runSetUp({ root, env = process.env, refreshRuntime = false }) {
  try {
    return await bringUpToDate({ root, env, refreshRuntime });
  } catch (error) {
    const context = error instanceof FolderNotWritable && !refreshRuntime ? finishedBefore(root, env) : null;
    if (context === null) throw error;
    say(`Runtime: ${context.runtime.detail}. Set up by another user, and used as it is.`);
    return context;
  }
}

/** @param {{ root: string, env: NodeJS.ProcessEnv, refreshRuntime: boolean }} request */
async function bringUpToDate({ root, env, refreshRuntime }) {
  // An addon that can't be built for want of it would count as one that can't be built.
  checkTemporaryFolder(tmpdir());
  const cacheDir = cacheDirOf(root);
  const lock = path.join(cacheDir, 'set-up.lock');
  return await withSetUpLock(
    lock,
    async () => {
      await ensureDependencies(root, env);
      const runtime = await ensureRuntime({ root, cacheDir, env, refresh: refreshRuntime });
      say(`Runtime: ${runtime.detail}.`);
      // A runtime that has been asked for its versions did start, so had its libraries.
      if (recallFacts(runtime.executable, cacheDir) === null || refreshRuntime)
        await ensureSharedLibraries(runtime.executable);
      const addonRequest = { root, cacheDir, env, runtime, retry: refreshRuntime };
      const unixDgram = await ensureAddon(unixDgramAddon, addonRequest);
      const bulkheadNative = await ensureAddon(bulkheadNativeAddon, addonRequest);
      await ensureBuild(root, cacheDir, env);
      /** @type {LaunchContext} */
      const context = { runtime, addons: { 'unix-dgram': unixDgram, 'bulkhead-native': bulkheadNative } };
      const file = contextFile(root);
      if (JSON.stringify(readJsonOrNull(file)) !== JSON.stringify(context)) await replaceJson(file, context);
      return context;
    },
    (holder) =>
      say(
        `Another set-up is at work in this folder${holder === null ? '' : ` (process ${holder.pid})`}; waiting for it.`,
      ),
  );
}

/**
 * As much of it as the programs of the routes need, which run on plain Node.js.
 *
 * @param {{ root: string, env?: NodeJS.ProcessEnv }} request
 */
export async function setUpPrograms({ root, env = process.env }) {
  const cacheDir = cacheDirOf(root);
  try {
    await withSetUpLock(path.join(cacheDir, 'set-up.lock'), async () => {
      await ensureDependencies(root, env);
      await ensureBuild(root, cacheDir, env);
    });
  } catch (error) {
    if (!(error instanceof FolderNotWritable) || !isBuilt(root, cacheDir)) throw error;
  }
}

/**
 * What another user has set up in a folder in which this one may not write; null when something is left to do, or this
 * user may not start it.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {LaunchContext | null}
 */
export function finishedBefore(root, env) {
  const context = /** @type {LaunchContext | null} */ (readJsonOrNull(contextFile(root)));
  // Another runtime was named: what was set up is not for it.
  if (context === null || env.ELECTRON_OVERRIDE_DIST_PATH || !isBuilt(root, cacheDirOf(root))) return null;
  try {
    accessSync(context.runtime.executable, constants.X_OK);
    return context;
  } catch {
    return null;
  }
}

/**
 * Where set-up leaves its result for whoever starts the app without it.
 *
 * @param {string} root
 */
export function contextFile(root) {
  return path.join(cacheDirOf(root), 'launch-context.json');
}

/**
 * @param {import("../native/addon.mjs").AddonRecipe} recipe
 * @param {object} request
 * @param {string} request.root
 * @param {string} request.cacheDir
 * @param {NodeJS.ProcessEnv} request.env
 * @param {import("../runtime/resolve.mjs").Runtime} request.runtime
 * @param {boolean} request.retry
 * @returns {Promise<Addon>}
 */
async function ensureAddon(recipe, { root, cacheDir, env, runtime, retry }) {
  const facts = await knownFacts(runtime.executable, cacheDir, env);
  const request = { root, cacheDir, facts, executable: runtime.executable, env };
  const recorded = recordedAddon(recipe, request);
  if (recorded?.status === 'ready') return { dir: recorded.dir };
  if (recorded?.status === 'unavailable' && !retry) return { error: recorded.reason };
  await tryInstallBuildTools(env);
  const built = await withProgress(
    `Building the native addon ${recipe.name}`,
    ({ update }) => buildAddon(recipe, request, update),
    (result) => (result.status === 'ready' ? 'done' : 'given up'),
  );
  if (built.status === 'ready') return { dir: built.dir };
  say(`${built.reason} Bulkhead starts without it.`);
  return { error: built.reason };
}
