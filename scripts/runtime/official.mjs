// @ts-check
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { failureOf, runCommand } from '../lib/run-command.mjs';
import { executableName, inspectDist } from './dist-folder.mjs';

/** Behind a firewall that swallows packets nothing ever arrives, and nothing is ever refused. */
const firstByteTimeoutMs = 20_000;
const stallTimeoutMs = 60_000;
const totalTimeoutMs = 20 * 60_000;
const lookEveryMs = 500;

/** @param {string} root */
function electronPackage(root) {
  return path.join(root, 'node_modules', 'electron');
}

/**
 * The version that package.json asks for, from the package that npm installed.
 *
 * @param {string} root
 * @returns {string}
 */
export function electronPackageVersion(root) {
  return JSON.parse(readFileSync(path.join(electronPackage(root), 'package.json'), 'utf8')).version;
}

/**
 * The official runtime, if it is installed whole. The installer writes
 * `path.txt` after everything else, so an interrupted installation has none.
 *
 * @param {string} root
 * @param {NodeJS.Platform} [platform]
 * @returns {import("./dist-folder.mjs").DistFolder | null}
 */
export function findInstalled(root, platform = process.platform) {
  const folder = electronPackage(root);
  if (!existsSync(path.join(folder, 'path.txt'))) return null;
  if (readFileSync(path.join(folder, 'path.txt'), 'utf8').trim() !== executableName(platform)) return null;
  const dist = inspectDist(path.join(folder, 'dist'), platform);
  return 'problem' in dist || dist.version !== electronPackageVersion(root) ? null : dist;
}

/**
 * Runs the electron package's own installer, which verifies checksums and
 * honours ELECTRON_MIRROR and its kin.
 *
 * @param {object} request
 * @param {string} request.root
 * @param {string} request.cacheDir
 * @param {NodeJS.ProcessEnv} request.env
 * @param {(detail: string) => void} [request.onProgress]
 * @returns {Promise<{ ok: true } | { ok: false, reason: string }>}
 */
export async function fetchOfficial({ root, cacheDir, env, onProgress = () => {} }) {
  // The installer downloads into the temporary folder and unpacks into dist/:
  // watching both grow is the only way to tell a slow network from a dead one.
  const temporary = path.join(cacheDir, 'downloads', 'official');
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  const dist = path.join(electronPackage(root), 'dist');
  const outcome = await runCommand(process.execPath, [path.join(electronPackage(root), 'install.js')], {
    cwd: root,
    env: installerEnv(env, temporary),
    timeoutMs: totalTimeoutMs,
    watch: (stop) => watchGrowth(() => folderBytes(temporary) + folderBytes(dist), { stop, onProgress }),
  });
  await rm(temporary, { recursive: true, force: true });
  const failure = failureOf(outcome);
  if (failure === null && findInstalled(root) !== null) return { ok: true };
  return { ok: false, reason: explainInstaller(outcome.output, failure ?? 'the installer left no complete runtime') };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} temporary
 * @returns {NodeJS.ProcessEnv}
 */
function installerEnv(env, temporary) {
  const proxied = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => env[name]);
  return {
    ...env,
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    // Without it the installer ignores the usual proxy variables.
    ...(proxied ? { ELECTRON_GET_USE_PROXY: env.ELECTRON_GET_USE_PROXY ?? 'true' } : {}),
  };
}

/**
 * Stops the installer when nothing arrives.
 *
 * @param {() => number} measureBytes
 * @param {{ stop: (reason: string) => void, onProgress: (detail: string) => void }} reactions
 * @param {() => number} [nowMs]
 * @returns {() => void} ends the watch
 */
export function watchGrowth(measureBytes, { stop, onProgress }, nowMs = () => performance.now()) {
  const baseBytes = measureBytes();
  let seenBytes = baseBytes;
  let changedAtMs = nowMs();
  const look = () => {
    const bytes = measureBytes();
    if (bytes !== seenBytes) {
      seenBytes = bytes;
      changedAtMs = nowMs();
      onProgress(`${Math.max(0, Math.round((bytes - baseBytes) / 1e6))} MB`);
      return;
    }
    const limitMs = seenBytes === baseBytes ? firstByteTimeoutMs : stallTimeoutMs;
    if (nowMs() - changedAtMs < limitMs) return;
    stop(
      seenBytes === baseBytes
        ? `nothing arrived within ${firstByteTimeoutMs / 1000} s`
        : `the download stood still for ${stallTimeoutMs / 1000} s`,
    );
  };
  const timer = setInterval(look, lookEveryMs);
  return () => clearInterval(timer);
}

/**
 * The installer prints a stack; a person wants the one line that matters.
 *
 * @param {string} output
 * @param {string} otherwise
 */
export function explainInstaller(output, otherwise) {
  if (/ERR_REQUIRE_ESM/.test(output)) return 'its installer needs Node 20.19, 22.12 or later';
  const status = /Response code (\d+ \([^)]*\))/.exec(output)?.[1];
  if (status !== undefined) return `its download host answered ${status}`;
  if (/fetch failed|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/.test(output))
    return 'its download host could not be reached';
  if (/checksum|sumchecker/i.test(output)) return "what arrived did not match Electron's published checksum";
  return otherwise;
}

/** @param {string} folder */
function folderBytes(folder) {
  let bytes = 0;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (entry.isFile()) bytes += statSync(path.join(entry.parentPath, entry.name)).size;
    }
  } catch {
    // Files come and go under the installer's hands: the next look tells.
  }
  return bytes;
}
