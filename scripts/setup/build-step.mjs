// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { toolEnv } from '../lib/clean-env.mjs';
import { readJsonOrNull, replaceJson } from '../lib/files.mjs';
import { npmCommand } from '../lib/npm.mjs';
import { withProgress } from '../lib/progress.mjs';
import { failureOf, lastLines, runCommand } from '../lib/run-command.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';

/** Whatever the build reads; tsconfigs because the bundler takes settings from them. */
export const inputs = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
];

/**
 * Builds the app if anything that goes into it changed since the last build.
 *
 * @param {string} root
 * @param {string} cacheDir
 * @param {NodeJS.ProcessEnv} env
 */
export async function ensureBuild(root, cacheDir, env) {
  const stampFile = stampFileIn(cacheDir);
  const state = fingerprint(root, inputs);
  if (isComplete(root, cacheDir, state)) return;
  // First, so that an interrupted build, which may leave half of out/, isn't taken for a finished one.
  await rm(stampFile, { force: true });
  await withProgress('Building the app', async () => {
    const npm = npmCommand(env);
    const outcome = await runCommand(npm.file, [...npm.args, 'run', '--silent', 'build'], {
      cwd: root,
      env: toolEnv(env),
    });
    const failure = failureOf(outcome);
    if (failure === null) return;
    throw new SetUpError(`The build failed: ${failure}.\n${lastLines(outcome.output, 60)}`, {
      nextStep: 'If you changed the sources, see the errors above; the same build alone: npm run build',
    });
  });
  const outputs = readdirSync(path.join(root, 'out'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(root, 'out'), path.join(entry.parentPath, entry.name)));
  await replaceJson(stampFile, { inputs: state, outputs });
}

/**
 * Whether the app is built of the sources as they are now.
 *
 * @param {string} root
 * @param {string} cacheDir
 */
export function isBuilt(root, cacheDir) {
  return isComplete(root, cacheDir, fingerprint(root, inputs));
}

/**
 * @param {string} root
 * @param {string} cacheDir
 * @param {string} state of what it is built of
 */
function isComplete(root, cacheDir, state) {
  const stamp = readJsonOrNull(stampFileIn(cacheDir));
  return (
    stamp?.inputs === state &&
    stamp.outputs.every((/** @type {string} */ name) => existsSync(path.join(root, 'out', name)))
  );
}

/** @param {string} cacheDir */
function stampFileIn(cacheDir) {
  return path.join(cacheDir, 'build-stamp.json');
}

/**
 * One value for the state of files and folders: changes when a file's path, size
 * or modification time does. Small single files are read, as a package manager
 * may touch them without changing them.
 *
 * @param {string} root
 * @param {readonly string[]} names
 */
export function fingerprint(root, names) {
  const hash = createHash('sha256');
  for (const name of names) {
    const place = path.join(root, name);
    if (!existsSync(place)) hash.update(`${name} missing\n`);
    else if (statSync(place).isFile()) hash.update(`${name}\n`).update(readFileSync(place));
    else hashFolder(hash, place, name);
  }
  return hash.digest('hex');
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} folder
 * @param {string} label
 */
function hashFolder(hash, folder, label) {
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) hashFolder(hash, place, `${label}/${entry.name}`);
    else if (!/\.test\.[cm]?[jt]sx?$/.test(entry.name)) {
      const { size, mtimeMs } = statSync(place);
      hash.update(`${label}/${entry.name} ${size} ${mtimeMs}\n`);
    }
  }
}
