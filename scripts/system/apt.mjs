// @ts-check
import process from 'node:process';
import { readTextOrNull } from '../lib/files.mjs';
import { failureOf, lastLines, runCommand } from '../lib/run-command.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';
import { isDebianLike } from './shared-libraries.mjs';

const aptTimeoutMs = 20 * 60_000;

/** Whether set-up may install system packages: on Debian or a descendant, as root. */
export function canInstallPackages() {
  return onDebian() && process.getuid?.() === 0;
}

export function onDebian() {
  return process.platform === 'linux' && isDebianLike(readTextOrNull('/etc/os-release'));
}

/**
 * The line for a person to run.
 *
 * @param {readonly string[]} packages
 */
export function aptLine(packages) {
  return `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/** Refreshes the package lists: a fresh container has none. */
export async function updateLists() {
  await apt(['update'], 'The package lists could not be refreshed');
}

/**
 * @param {readonly string[]} packages
 * @param {(detail: string) => void} [onProgress]
 */
export async function installPackages(packages, onProgress = () => {}) {
  onProgress(packages.join(' '));
  await apt(['install', '-y', '--no-install-recommends', ...packages], `${packages.join(', ')} could not be installed`);
}

/** @returns {Promise<(name: string) => boolean>} whether the package lists know a name */
export async function packageLookup() {
  const outcome = await runCommand('apt-cache', ['pkgnames'], { timeoutMs: 30_000 });
  const names = new Set(outcome.stdout.split('\n'));
  return (name) => names.has(name);
}

/**
 * @param {readonly string[]} args
 * @param {string} problem
 */
async function apt(args, problem) {
  const outcome = await runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: aptTimeoutMs,
  });
  const failure = failureOf(outcome);
  if (failure !== null) {
    throw new SetUpError(`${problem} (${failure}):\n${lastLines(outcome.output)}`, {
      nextStep: `Check that this works: apt-get ${args.join(' ')}`,
    });
  }
}
