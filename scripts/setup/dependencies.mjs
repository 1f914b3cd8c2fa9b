// @ts-check
import path from 'node:path';
import { toolEnv } from '../lib/clean-env.mjs';
import { readJsonOrNull } from '../lib/files.mjs';
import { npmCommand } from '../lib/npm.mjs';
import { withProgress } from '../lib/progress.mjs';
import { failureOf, lastLines, runCommand } from '../lib/run-command.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';

/**
 * Installs node_modules if it isn't what the lockfile says.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export async function ensureDependencies(root, env) {
  const locked = readJsonOrNull(path.join(root, 'package-lock.json'));
  if (locked === null) {
    throw new SetUpError('package-lock.json is missing or damaged.', {
      nextStep: 'Restore it: git checkout package-lock.json',
    });
  }
  // npm writes its own record last, and `npm ci` removes it first: it serves as
  // the stamp of a finished installation, whoever ran it.
  const installed = readJsonOrNull(path.join(root, 'node_modules', '.package-lock.json'));
  if (installedMatchesLock(locked, installed)) return;
  await withProgress('Installing the packages (npm ci)', async () => {
    const npm = npmCommand(env);
    const outcome = await runCommand(
      npm.file,
      [...npm.args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
      {
        cwd: root,
        env: toolEnv(env),
      },
    );
    const failure = failureOf(outcome);
    if (failure === null) return;
    throw new SetUpError(`npm ci failed: ${failure}.\n${npmErrors(outcome.output)}`, {
      nextStep:
        "If the network is the cause, check it and npm's registry setting (`npm config get registry`); then start again. " +
        'If it is the lockfile, restore it: git checkout package.json package-lock.json',
    });
  });
}

/**
 * Compares package-lock.json with npm's record of what it installed.
 *
 * @param {any} locked
 * @param {any} installed null when there is none
 */
export function installedMatchesLock(locked, installed) {
  const wanted = locked?.packages;
  const present = installed?.packages;
  if (typeof wanted !== 'object' || typeof present !== 'object' || wanted === null || present === null) return false;
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '') continue;
    const there = present[place];
    // Optional ones may belong to another platform, or have failed: npm leaves them out.
    if (
      there === undefined
        ? !entry.optional && !entry.devOptional
        : there.version !== entry.version || there.integrity !== entry.integrity
    ) {
      return false;
    }
  }
  return Object.keys(present).every((place) => wanted[place] !== undefined);
}

/**
 * npm ends its errors with a page of usage; the cause stands first.
 *
 * @param {string} output
 */
function npmErrors(output) {
  const errors = output.split('\n').filter((line) => line.startsWith('npm error'));
  return errors.length > 0 ? errors.slice(0, 12).join('\n') : lastLines(output);
}
