// @ts-check
import { mkdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathProblem } from './path-problem.mjs';
import { SetUpError } from './set-up-error.mjs';

/**
 * Makes a folder that a person has named, with those above it, also where a link
 * leads. Does nothing when it is there. `src/node/output-file.ts` does the same in
 * the app; the launcher comes before anything is built.
 *
 * @param {string} folder an absolute path
 * @param {string} [nextStep] what to do when it can't be made
 * @throws {SetUpError}
 */
export function makeFolder(folder, nextStep = 'Name another folder, or make room for this one.') {
  try {
    make(folder);
  } catch (error) {
    throw new SetUpError(`The folder ${folder} could not be made: ${pathProblem(error)}.`, {
      cause: error,
      nextStep,
    });
  }
}

/**
 * Not by mkdir's own recursion: below a folder of /proc that isn't there, Node.js
 * would try for ever.
 *
 * @param {string} folder
 */
function make(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT' && path.dirname(folder) !== folder) {
      make(path.dirname(folder));
      mkdirSync(folder);
      return;
    }
    const there = statSync(folder, { throwIfNoEntry: false });
    if (there?.isDirectory() === true) return;
    if (code !== 'EEXIST' || there !== undefined) throw error;
    // A link to what isn't there yet. One to itself has failed in statSync.
    make(path.resolve(realpathSync(path.dirname(folder)), readlinkSync(folder)));
  }
}
