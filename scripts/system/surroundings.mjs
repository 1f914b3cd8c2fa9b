// @ts-check
import { lstatSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { readTextOrNull } from '../lib/files.mjs';
import { makeFolder } from '../lib/make-folder.mjs';
import { pathProblem } from '../lib/path-problem.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';

/** A fresh start has about 100 descriptors open in the browser process; each further channel takes up to four. */
const leastOpenFiles = 256;
/** What has to fit into a folder for Chromium to begin in it. */
const leastRoomBytes = 1024 * 1024;

/**
 * Looks for what Electron and Chromium fail at without a word, or hang at: no room
 * for files, no right to write, too few descriptors.
 *
 * @param {object} request
 * @param {string | null} request.profileDir absolute; null: the app's own, or none that outlives the run
 * @param {boolean} request.keepsProfile false for the benchmark, whose profile lies in the temporary folder
 * @param {NodeJS.ProcessEnv} [request.env]
 * @throws {SetUpError}
 */
export function checkSurroundings({ profileDir, keepsProfile, env = process.env }) {
  checkOpenFiles();
  checkTemporaryFolder(tmpdir());
  if (!keepsProfile) return;
  const profile = profileDir ?? defaultProfile(env);
  if (profile !== null) checkProfile(profile);
}

/** @param {string | null} [limits] as in proc(5); null where there are none */
export function checkOpenFiles(limits = readTextOrNull('/proc/self/limits')) {
  const limit = Number(/^Max open files\s+(\d+)/m.exec(limits ?? '')?.[1]);
  // Not a number where there is no such file, or no limit: then nothing is in the way.
  if (!(limit < leastOpenFiles)) return;
  throw new SetUpError(`A process may open only ${limit} files here, and Bulkhead needs ${leastOpenFiles}.`, {
    nextStep: `Raise the limit in this shell and start again: ulimit -n 1024. If that is refused, the hard limit is lower: see limits.conf, or a container's --ulimit.`,
  });
}

/** @param {string} folder */
export function checkTemporaryFolder(folder) {
  const nextStep = `Fix it, or name another folder: TMPDIR=/some/folder, in front of the command.`;
  const problem = problemWith(folder);
  if (problem !== null) throw new SetUpError(`The temporary folder ${folder} can't be used: ${problem}.`, { nextStep });
}

/** @param {string} folder */
export function checkProfile(folder) {
  const nextStep = 'Fix it, or give another profile folder: bin/bulkhead run --profile DIR.';
  makeFolder(folder, nextStep);
  const problem = problemWith(folder);
  if (problem !== null) throw new SetUpError(`The profile folder ${folder} can't be used: ${problem}.`, { nextStep });
  if (process.platform === 'win32') return;
  // Chromium's lock is links. Anything else it takes for somebody who holds the lock.
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    const file = path.join(folder, name);
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found === undefined || found.isSymbolicLink()) continue;
    throw new SetUpError(
      `The profile folder ${folder} can't be locked: Chromium makes a link named ${name} there, and a ${found.isDirectory() ? 'folder' : 'file'} is in its place.`,
      { nextStep: `Move it away, and start again: mv "${file}" "${file}.old"` },
    );
  }
}

/**
 * What keeps Chromium from working in a folder, as half a sentence; null: nothing.
 *
 * @param {string} folder
 */
function problemWith(folder) {
  let trial = '';
  try {
    if (!statSync(folder).isDirectory()) return 'it is a file';
    trial = mkdtempSync(path.join(folder, '.bulkhead-trial-'));
    writeFileSync(path.join(trial, 'room'), Buffer.alloc(leastRoomBytes));
    return null;
  } catch (error) {
    return pathProblem(error);
  } finally {
    if (trial !== '') rmSync(trial, { recursive: true, force: true });
  }
}

/**
 * Where Electron keeps the profile when nobody says where; null where it is not looked at.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function defaultProfile(env) {
  if (process.platform !== 'linux') return null;
  const config = env.XDG_CONFIG_HOME;
  return path.join(
    config !== undefined && path.isAbsolute(config) ? config : path.join(homedir(), '.config'),
    'Bulkhead',
  );
}
