// @ts-check
import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { reasonOf, SetUpError } from './set-up-error.mjs';

/**
 * Makes a folder that a person has named, with those above it. One at a time:
 * Node's own `recursive` spins for ever below a path that can't exist (`/proc/nope`).
 *
 * @param {string} folder absolute
 * @throws {SetUpError}
 */
export function makeFolder(folder) {
  const missing = [];
  for (let at = folder; !existsSync(at) && at !== path.dirname(at); at = path.dirname(at)) missing.push(at);
  try {
    for (const each of missing.toReversed()) {
      try {
        mkdirSync(each);
      } catch (error) {
        // Somebody else was faster; or a link to nowhere is in the way.
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST' || !existsSync(each)) throw error;
      }
    }
    if (!statSync(folder).isDirectory()) throw new Error('there is a file of that name');
  } catch (error) {
    throw new SetUpError(`The folder ${folder} could not be made: ${reasonOf(error)}.`, {
      cause: error,
      nextStep: 'Name another folder, or make room for this one.',
    });
  }
}
