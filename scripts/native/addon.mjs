// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { toolEnv } from '../lib/clean-env.mjs';
import { assembleFolder, readJsonOrNull, replaceJson } from '../lib/files.mjs';
import { failureOf, lastLines, runCommand } from '../lib/run-command.mjs';
import { reasonOf, SetUpError } from '../lib/set-up-error.mjs';
import { findBuildTools } from './compiler.mjs';
import { headersFor, memoryLayoutFlags, nodeHeadersFor } from './headers.mjs';
import { withBuildFolder } from './build-folder.mjs';

const buildTimeoutMs = 10 * 60_000;
const probeTimeoutMs = 30_000;
/** A failed download may heal by itself; a failed compilation won't. */
const retryDownloadAfterMs = 60 * 60_000;

/**
 * @typedef {{ status: "ready", dir: string } | { status: "unavailable", reason: string }} AddonResult
 *   `dir` is absolute: `require(dir)` in the runtime loads the addon
 */

/**
 * @typedef {object} AddonRequest
 * @property {string} root the checkout
 * @property {string} cacheDir
 * @property {import("../runtime/facts.mjs").RuntimeFacts} facts
 * @property {string} executable the runtime's
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * @typedef {object} AddonRecipe what is particular to one addon
 * @property {string} name
 * @property {string} purpose subject and verb for "… could not be made ready"
 * @property {string} probe script that loads the addon in the runtime and uses it; gets its folder
 * @property {string} recipe the recipe's own file
 * @property {"electron" | "node"} headers whose it is built with: an addon on Node-API alone needs none of Electron's
 * @property {(root: string) => string | null} obstacle why it can't be built here at all
 * @property {(root: string) => string[]} sources absolute paths: a change of any makes a new build due
 * @property {(root: string, target: string) => Promise<void>} copySources into a folder for node-gyp
 * @property {(root: string, built: string, target: string) => Promise<void>} install from there to the finished folder
 */

/**
 * @param {AddonRecipe} recipe
 * @param {AddonRequest} request
 */
function places({ name }, { cacheDir, facts }) {
  const base = path.join(cacheDir, 'native', `${process.platform}-${process.arch}-abi${facts.modules}`);
  return {
    dir: path.join(base, name),
    // Not named `<addon>.json`: `require("<addon>")` would find that before the folder.
    record: path.join(base, `outcome-of-${name}.json`),
  };
}

/**
 * The recorded outcome if it still holds: same addon sources and runtime, and for
 * a failure also the same build tools; a finished addon needs none any more. Null
 * when a build is due.
 *
 * @param {AddonRecipe} recipe
 * @param {AddonRequest} request
 * @param {number} [nowMs]
 * @returns {AddonResult | null}
 */
export function recordedAddon(recipe, request, nowMs = Date.now()) {
  const { dir, record } = places(recipe, request);
  const recorded = readJsonOrNull(record);
  if (recorded?.key !== inputsKey(recipe, request)) return null;
  if (recorded.status === 'ready') return existsSync(dir) ? { status: 'ready', dir } : null;
  if (recorded.tools !== buildTools(request)) return null;
  const retryAtMs = recorded.retryAtMs ?? Number.POSITIVE_INFINITY;
  return nowMs < retryAtMs ? { status: 'unavailable', reason: recorded.reason } : null;
}

/**
 * Builds the addon for the runtime's ABI and proves it by using it there. A
 * failure is an outcome, not an error: the app starts without what needs the
 * addon and says why. The caller holds the set-up lock.
 *
 * @param {AddonRecipe} recipe
 * @param {AddonRequest} request
 * @param {(detail: string) => void} [onProgress]
 * @returns {Promise<AddonResult>}
 */
export async function buildAddon(recipe, request, onProgress = () => {}) {
  const { dir, record } = places(recipe, request);
  const key = inputsKey(recipe, request);
  try {
    await assembleFolder(dir, (folder) => build(recipe, request, folder, onProgress));
    await replaceJson(record, { key, status: 'ready' });
    return { status: 'ready', dir };
  } catch (error) {
    const reason = `${recipe.purpose} the ${recipe.name} addon, which could not be made ready: ${reasonOf(error)}.`;
    const retryAtMs = error instanceof DownloadFailure ? Date.now() + retryDownloadAfterMs : undefined;
    await replaceJson(record, { key, tools: buildTools(request), status: 'unavailable', reason, retryAtMs });
    return { status: 'unavailable', reason };
  }
}

/**
 * @param {AddonRecipe} recipe
 * @param {AddonRequest} request
 * @param {string} folder
 * @param {(detail: string) => void} onProgress
 */
async function build(recipe, request, folder, onProgress) {
  const obstacle = recipe.obstacle(request.root);
  if (obstacle !== null) throw new SetUpError(obstacle);
  const { missing } = findBuildTools(request.env);
  if (missing.length > 0) {
    const packages = missing.map(({ debianPackage }) => debianPackage).join(' ');
    throw new SetUpError(
      `it has to be built here, and ${missing.map(({ tool }) => tool).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing; on Debian or Ubuntu run \`sudo apt-get install -y ${packages}\` and start again.`,
    );
  }
  await withBuildFolder(request.root, async (buildFolder) => {
    const nodeModules = path.join(buildFolder, 'node_modules');
    await symlink(path.join(request.root, 'node_modules'), nodeModules);
    const nodeGyp = path.join(nodeModules, 'node-gyp', 'bin', 'node-gyp.js');
    const cacheLink = path.join(buildFolder, 'cache');
    await mkdir(request.cacheDir, { recursive: true });
    await symlink(request.cacheDir, cacheLink);
    const fetched = await fetchHeaders(recipe, request, nodeGyp, cacheLink, onProgress);
    const headers = path.join(buildFolder, 'headers');
    await symlink(fetched, headers);
    onProgress('compiling');
    const source = path.join(buildFolder, recipe.name);
    await recipe.copySources(request.root, source);
    await compile(recipe, source, nodeGyp, headers, request);
    await recipe.install(request.root, path.join(source, 'build', 'Release'), folder);
    onProgress('trying it');
    await proveItWorks(recipe, request, folder);
  });
}

/**
 * @param {AddonRecipe} recipe
 * @param {AddonRequest} request
 * @param {string} nodeGyp
 * @param {string} cacheDir
 * @param {(detail: string) => void} onProgress
 */
async function fetchHeaders(recipe, { facts, env }, nodeGyp, cacheDir, onProgress) {
  const find = recipe.headers === 'node' ? nodeHeadersFor : headersFor;
  try {
    return await find({ facts, env, nodeGyp, cacheDir }, onProgress);
  } catch (error) {
    throw new DownloadFailure(reasonOf(error), { cause: error });
  }
}

/**
 * @param {AddonRecipe} recipe
 * @param {string} source
 * @param {string} nodeGyp
 * @param {string} headers
 * @param {AddonRequest} request
 */
async function compile(recipe, source, nodeGyp, headers, { env, facts }) {
  const outcome = await runCommand(
    process.execPath,
    // Without them Node would follow the links back to the path with the space.
    [
      '--preserve-symlinks',
      '--preserve-symlinks-main',
      nodeGyp,
      'rebuild',
      '--release',
      `--nodedir=${headers}`,
      // Node-API shows nothing of V8.
      ...(recipe.headers === 'node' ? [] : memoryLayoutFlags(facts)),
    ],
    { cwd: source, env: toolEnv(env), timeoutMs: buildTimeoutMs },
  );
  const failure = failureOf(outcome);
  if (failure === null) return;
  const firstError = /^.*\b(?:error:|ERR! stack Error:).*$/m.exec(outcome.output)?.[0]?.trim();
  throw new SetUpError(`the build failed (${firstError ?? failure}).`, { cause: lastLines(outcome.output, 40) });
}

/**
 * @param {AddonRecipe} recipe
 * @param {AddonRequest} request
 * @param {string} folder
 */
async function proveItWorks({ probe }, { executable, env }, folder) {
  const outcome = await runCommand(executable, [probe, folder], {
    env: { ...toolEnv(env), ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: probeTimeoutMs,
  });
  const failure = failureOf(outcome);
  if (failure === null) return;
  const said = lastLines(outcome.output, 40)
    .split('\n')
    .find((line) => /error|did not|changed/i.test(line));
  throw new SetUpError(`it was built, but did not work in the runtime (${said?.trim() ?? failure}).`);
}

/**
 * @param {AddonRecipe} recipe
 * @param {AddonRequest} request
 */
function inputsKey({ sources, probe, recipe }, { root, facts }) {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([facts.electron, facts.modules]));
  const own = ['addon.mjs', 'headers.mjs'].map((name) => fileURLToPath(new URL(name, import.meta.url)));
  for (const file of [...own, probe, recipe, ...sources(root)].toSorted())
    hash.update(path.basename(file)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 32);
}

/** @param {AddonRequest} request */
function buildTools({ env }) {
  return findBuildTools(env).found.join(path.delimiter);
}

class DownloadFailure extends SetUpError {}
