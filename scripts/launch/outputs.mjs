// @ts-check
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../lib/make-folder.mjs';
import { pathProblem } from '../lib/path-problem.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';

/**
 * Makes the folders of what is to be written, and looks for what could not be written after all: before minutes of
 * measuring rather than after them. What only the writing shows, such as a full disk, is told then.
 *
 * @param {{ files?: readonly (string | null)[], folders?: readonly (string | null)[], input?: string | null }} outputs
 *   absolute paths; null or `-` for what is no file. No output may be the input
 * @throws {SetUpError}
 */
export function prepareOutputs({ files = [], folders = [], input = null }) {
  for (const folder of folders) {
    if (folder === null) continue;
    makeFolder(folder);
    checkWritable(folder, folder);
  }
  for (const file of files) {
    if (file === null || file === '-') continue;
    makeFolder(path.dirname(file));
    checkFile(file);
    if (input !== null && leadsTo(file) === leadsTo(input))
      throw new SetUpError(`${file} would take the place of ${input}, which is read.`, {
        nextStep: 'Name another file for the results.',
      });
  }
}

/** @param {string} file */
function checkFile(file) {
  const there = statOf(file);
  if (there?.isDirectory()) throw notWritable(file, 'there is a folder of that name', 'Name a file.');
  if (there?.isSocket()) throw notWritable(file, 'it is a socket, and not a place for a file', 'Name another file.');
  // A file is put into its folder when it is whole; what is none is written into.
  if (there === undefined || there.isFile()) checkWritable(path.dirname(leadsTo(file)), file);
  else checkWritable(file, file);
}

/**
 * @param {string} place
 * @param {string} named by the person
 */
function checkWritable(place, named) {
  try {
    accessSync(place, constants.W_OK);
  } catch (error) {
    throw notWritable(named, pathProblem(error), 'Name another place.', error);
  }
}

/** @param {string} file */
function statOf(file) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    throw notWritable(file, pathProblem(error), 'Name another place.', error);
  }
}

/**
 * Where links lead; the path itself where nothing is there yet.
 *
 * @param {string} file
 */
function leadsTo(file) {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/**
 * @param {string} file
 * @param {string} why
 * @param {string} nextStep
 * @param {unknown} [cause]
 */
function notWritable(file, why, nextStep, cause) {
  return new SetUpError(`${file} can't be written: ${why}.`, { cause, nextStep });
}
