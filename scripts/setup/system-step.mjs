// @ts-check
import process from 'node:process';
import { withProgress } from '../lib/progress.mjs';
import { lastLines, runCommand } from '../lib/run-command.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';
import { findBuildTools } from '../native/compiler.mjs';
import { aptLine, canInstallPackages, installPackages, onDebian, packageLookup, updateLists } from '../system/apt.mjs';
import { debianPackagesFor, missingLibraries } from '../system/shared-libraries.mjs';

/**
 * Makes sure that the runtime's shared libraries are there: as root on Debian by
 * installing them, else by telling the person the line to run.
 *
 * @param {string} executable the runtime's
 */
export async function ensureSharedLibraries(executable) {
  if (process.platform !== 'linux') return;
  const missing = await findMissingLibraries(executable);
  if (missing.length === 0) return;
  if (canInstallPackages()) {
    await withProgress('Installing the system libraries that Electron needs', async ({ update }) => {
      update('refreshing the package lists');
      await updateLists();
      await installPackages(debianPackagesFor(missing, await packageLookup()).packages, update);
    });
    const left = await findMissingLibraries(executable);
    if (left.length === 0) return;
    throw new SetUpError(`Electron still lacks shared libraries after the installation: ${left.join(', ')}.`, {
      nextStep: 'Install the packages that hold them and start again.',
    });
  }
  throw new SetUpError(`Electron lacks shared libraries on this system: ${missing.join(', ')}.`, {
    nextStep: await adviceFor(missing),
  });
}

/** @param {readonly string[]} missing */
async function adviceFor(missing) {
  if (!onDebian())
    return 'Install the packages of your distribution that hold them (GTK 3, NSS, ALSA, GBM, XScrnSaver, at-spi2) and start again.';
  const { packages } = debianPackagesFor(missing, await packageLookup());
  return `Run this, then start again:\n  sudo apt-get update && ${aptLine(packages)}`;
}

/** @param {string} executable */
async function findMissingLibraries(executable) {
  const outcome = await runCommand('ldd', [executable], { timeoutMs: 30_000 });
  // Without ldd nothing can be said; starting the runtime will tell.
  if (outcome.code !== 0 && !outcome.output.includes('=>')) return [];
  return missingLibraries(lastLines(outcome.output, 1_000));
}

/**
 * As root on Debian, installs what is missing to build native addons. Elsewhere,
 * and when it fails, nothing happens: the addon then is unavailable and says why.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export async function tryInstallBuildTools(env) {
  const { missing } = findBuildTools(env);
  if (missing.length === 0 || !canInstallPackages()) return;
  try {
    await withProgress('Installing the tools to build the native addon', async ({ update }) => {
      await updateLists();
      await installPackages(
        missing.map(({ debianPackage }) => debianPackage),
        update,
      );
    });
  } catch {
    // `findBuildTools` will find them missing again, and the person is told so.
  }
}
