// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { toolEnv } from '../lib/clean-env.mjs';
import { assembleFolder, readJsonOrNull, replaceJson } from '../lib/files.mjs';
import { failureOf, lastLines, runCommand } from '../lib/run-command.mjs';
import { reasonOf, SetUpError } from '../lib/set-up-error.mjs';
import { fallbackHeaders, fallbackRuntime } from '../runtime/registry-pins.mjs';
import { findBuildTools } from './compiler.mjs';
import { ensureElectronHeaders, ensureFallbackHeaders } from './headers.mjs';

const addonName = 'unix-dgram';
const probe = fileURLToPath(new URL('datagram-probe.cjs', import.meta.url));
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
 * @param {string} cacheDir
 * @param {import("../runtime/facts.mjs").RuntimeFacts} facts
 */
function places(cacheDir, facts) {
  const base = path.join(cacheDir, 'native', `${process.platform}-${process.arch}-abi${facts.modules}`);
  return {
    dir: path.join(base, addonName),
    // Not named `<addon>.json`: `require("<addon>")` would find that before the folder.
    record: path.join(base, `outcome-of-${addonName}.json`),
  };
}

/**
 * The recorded outcome if it still holds: same addon sources, runtime, build
 * tools. Null when a build is due.
 *
 * @param {AddonRequest} request
 * @param {number} [nowMs]
 * @returns {AddonResult | null}
 */
export function recordedAddon(request, nowMs = Date.now()) {
  const { dir, record } = places(request.cacheDir, request.facts);
  const recorded = readJsonOrNull(record);
  if (recorded?.key !== inputsKey(request)) return null;
  if (recorded.status === 'ready') return existsSync(dir) ? { status: 'ready', dir } : null;
  const retryAtMs = recorded.retryAtMs ?? Number.POSITIVE_INFINITY;
  return nowMs < retryAtMs ? { status: 'unavailable', reason: recorded.reason } : null;
}

/**
 * Builds the addon for the runtime's ABI and proves it by a datagram. A failure
 * is an outcome, not an error: the app starts without this transport and says
 * why. The caller holds the set-up lock.
 *
 * @param {AddonRequest} request
 * @param {(detail: string) => void} [onProgress]
 * @returns {Promise<AddonResult>}
 */
export async function buildAddon(request, onProgress = () => {}) {
  const { dir, record } = places(request.cacheDir, request.facts);
  const key = inputsKey(request);
  try {
    await assembleFolder(dir, (folder) => build(request, folder, onProgress));
    await replaceJson(record, { key, status: 'ready' });
    return { status: 'ready', dir };
  } catch (error) {
    const reason = `Unix datagrams need the ${addonName} addon, which could not be made ready: ${reasonOf(error)}.`;
    const retryAtMs = error instanceof DownloadFailure ? Date.now() + retryDownloadAfterMs : undefined;
    await replaceJson(record, { key, status: 'unavailable', reason, retryAtMs });
    return { status: 'unavailable', reason };
  }
}

/**
 * @param {AddonRequest} request
 * @param {string} folder
 * @param {(detail: string) => void} onProgress
 */
async function build(request, folder, onProgress) {
  const modules = path.join(request.root, 'node_modules');
  if (process.platform === 'win32') throw new SetUpError('Windows has no Unix datagram sockets.');
  if (!existsSync(path.join(modules, addonName))) {
    throw new SetUpError(
      `the package ${addonName} is not installed; it is an optional dependency, so \`npm ci --include=optional\` brings it.`,
    );
  }
  const { missing } = findBuildTools(request.env);
  if (missing.length > 0) {
    const packages = missing.map(({ debianPackage }) => debianPackage).join(' ');
    throw new SetUpError(
      `it has to be built here, and ${missing.map(({ tool }) => tool).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing; on Debian or Ubuntu run \`sudo apt-get install -y ${packages}\` and start again.`,
    );
  }
  // make and node-gyp can't cope with a space in a path, and a checkout may have
  // one: the build runs in a temporary folder and sees the rest through links.
  const workshop = await mkdtemp(path.join(tmpdir(), 'bulkhead-build-'));
  try {
    const nodeModules = path.join(workshop, 'node_modules');
    await symlink(modules, nodeModules);
    const nodeGyp = path.join(nodeModules, 'node-gyp', 'bin', 'node-gyp.js');
    const cacheLink = path.join(workshop, 'cache');
    await mkdir(request.cacheDir, { recursive: true });
    await symlink(request.cacheDir, cacheLink);
    const headers = await headersFor(request, nodeGyp, cacheLink, onProgress);
    onProgress('compiling');
    const source = path.join(workshop, addonName);
    await copyAddon(modules, source, ['bindings', 'file-uri-to-path', 'nan']);
    await compile(source, nodeGyp, headers, request);
    await copyAddon(modules, folder, ['bindings', 'file-uri-to-path']);
    const binary = path.join('build', 'Release', 'unix_dgram.node');
    await cp(path.join(source, binary), path.join(folder, binary));
    onProgress('trying it');
    await proveItLoads(request, folder);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/**
 * @param {AddonRequest} request
 * @param {string} nodeGyp
 * @param {string} cacheLink
 * @param {(detail: string) => void} onProgress
 */
async function headersFor(request, nodeGyp, cacheLink, onProgress) {
  const { facts, env } = request;
  try {
    if (isFallbackAbi(facts)) return await ensureFallbackHeaders(cacheLink, env, onProgress);
    onProgress("fetching Electron's headers");
    return await ensureElectronHeaders({ cacheDir: cacheLink, electronVersion: facts.electron, nodeGyp, env });
  } catch (error) {
    throw new DownloadFailure(reasonOf(error), { cause: error });
  }
}

/** @param {import("../runtime/facts.mjs").RuntimeFacts} facts */
function isFallbackAbi(facts) {
  return (
    facts.electron === fallbackRuntime.electronVersion &&
    facts.modules === fallbackHeaders.modulesAbi &&
    process.platform === 'linux' &&
    process.arch === 'x64'
  );
}

/**
 * @param {string} source
 * @param {string} nodeGyp
 * @param {string} headers
 * @param {AddonRequest} request
 */
async function compile(source, nodeGyp, headers, { env, facts }) {
  const flags = isFallbackAbi(facts)
    ? [
        '--',
        '-Dv8_enable_pointer_compression=1',
        '-Dv8_enable_pointer_compression_shared_cage=1',
        '-Dv8_enable_sandbox=1',
        '-Dv8_enable_31bit_smis_on_64bit_arch=1',
      ]
    : [];
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
      ...flags,
    ],
    { cwd: source, env: toolEnv(env), timeoutMs: buildTimeoutMs },
  );
  const failure = failureOf(outcome);
  if (failure === null) return;
  const firstError = /^.*\b(?:error:|ERR! stack Error:).*$/m.exec(outcome.output)?.[0]?.trim();
  throw new SetUpError(`the build failed (${firstError ?? failure}).`, { cause: lastLines(outcome.output, 40) });
}

/**
 * @param {AddonRequest} request
 * @param {string} folder
 */
async function proveItLoads({ executable, env }, folder) {
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
 * @param {string} modules
 * @param {string} target
 * @param {readonly string[]} dependencies
 */
async function copyAddon(modules, target, dependencies) {
  await cp(path.join(modules, addonName), target, {
    recursive: true,
    filter: (file) => !/[\\/]unix-dgram[\\/](build|test)([\\/]|$)/.test(file),
  });
  for (const name of dependencies) {
    await cp(path.join(modules, name), path.join(target, 'node_modules', name), { recursive: true });
  }
}

/** @param {AddonRequest} request */
function inputsKey({ root, facts, env }) {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([facts.electron, facts.modules, findBuildTools(env).found]));
  const own = [probe, fileURLToPath(import.meta.url), fileURLToPath(new URL('headers.mjs', import.meta.url))];
  const addon = path.join(root, 'node_modules', addonName);
  if (existsSync(addon)) {
    for (const folder of [addon, path.join(addon, 'src'), path.join(addon, 'lib')]) {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isFile()) own.push(path.join(folder, entry.name));
      }
    }
  }
  for (const file of own.toSorted()) hash.update(path.basename(file)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 32);
}

class DownloadFailure extends SetUpError {}
