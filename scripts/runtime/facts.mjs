// @ts-check
import { statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { toolEnv } from '../lib/clean-env.mjs';
import { readJsonOrNull, replaceJson } from '../lib/files.mjs';
import { failureOf, lastLines, runCommand } from '../lib/run-command.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';

/**
 * @typedef {object} RuntimeFacts what a runtime says of itself
 * @property {string} electron version
 * @property {string} chrome version
 * @property {string} node version
 * @property {string} modules ABI number that native addons must be built for
 */

const askTimeoutMs = 60_000;

/**
 * Asks the executable itself, so that it is also shown to start.
 *
 * @param {string} executable
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<RuntimeFacts>}
 */
export async function askRuntime(executable, env = process.env) {
  const outcome = await runCommand(executable, ['-p', 'JSON.stringify(process.versions)'], {
    env: { ...toolEnv(env), ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: askTimeoutMs,
  });
  const failure = failureOf(outcome);
  try {
    if (failure === null) {
      const { electron, chrome, node, modules } = JSON.parse(outcome.stdout);
      if (typeof electron === 'string') return { electron, chrome, node, modules };
    }
  } catch {
    // It said something else than its versions: told below.
  }
  throw new SetUpError(
    `The Electron runtime does not start (${executable}): ${failure ?? 'its answer is not understood'}.\n${lastLines(outcome.output)}`.trimEnd(),
    {
      nextStep:
        'If shared libraries are missing, install them; otherwise get it anew with: npm run setup -- --refresh-runtime',
    },
  );
}

/**
 * The same from memory while the executable is the one that was asked: starting
 * Electron only to ask takes a noticeable part of a second.
 *
 * @param {string} executable
 * @param {string} cacheDir
 * @param {NodeJS.ProcessEnv} env
 */
export async function knownFacts(executable, cacheDir, env) {
  const known = recallFacts(executable, cacheDir);
  if (known !== null) return known;
  const facts = await askRuntime(executable, env);
  await replaceJson(factsFile(cacheDir), { identity: identityOf(executable), facts });
  return facts;
}

/**
 * @param {string} executable
 * @param {string} cacheDir
 * @returns {RuntimeFacts | null}
 */
export function recallFacts(executable, cacheDir) {
  const remembered = readJsonOrNull(factsFile(cacheDir));
  return remembered !== null && remembered.identity === identityOf(executable) ? remembered.facts : null;
}

/** @param {string} cacheDir */
function factsFile(cacheDir) {
  return path.join(cacheDir, 'runtime', 'facts.json');
}

/** @param {string} executable */
function identityOf(executable) {
  const { size, mtimeMs } = statSync(executable);
  return `${path.basename(executable)} ${size} ${mtimeMs}`;
}
