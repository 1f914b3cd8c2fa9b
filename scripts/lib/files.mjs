// @ts-check
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const unfinished = '.unfinished-';

/**
 * Fills a folder so that it either is complete or isn't there: the work goes
 * into a temporary folder beside it, which takes its name by one rename at the
 * end. What an interrupted run left behind is removed first; the caller holds
 * the set-up lock, so nobody else is working there.
 *
 * @param {string} target
 * @param {(folder: string) => Promise<void>} fill
 */
export async function assembleFolder(target, fill) {
  const parent = path.dirname(target);
  await mkdir(parent, { recursive: true });
  await removeUnfinished(target);
  const temporary = `${target}${unfinished}${randomUUID().slice(0, 8)}`;
  await mkdir(temporary);
  try {
    await fill(temporary);
    await rm(target, { recursive: true, force: true });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** @param {string} target */
async function removeUnfinished(target) {
  const prefix = `${path.basename(target)}${unfinished}`;
  for (const name of await readdir(path.dirname(target))) {
    if (name.startsWith(prefix)) await rm(path.join(path.dirname(target), name), { recursive: true, force: true });
  }
}

/**
 * Replaces a file in one step: a reader sees the old one or the new one whole.
 *
 * @param {string} file
 * @param {string | Uint8Array} content
 */
export async function replaceFile(file, content) {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}${unfinished}${randomUUID().slice(0, 8)}`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * @param {string} file
 * @param {unknown} value
 */
export function replaceJson(file, value) {
  return replaceFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * A JSON file's content, or null when it is missing or isn't JSON: everything
 * read this way can be made again.
 *
 * @param {string} file
 * @returns {any}
 */
export function readJsonOrNull(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * @param {string} file
 * @returns {string | null} its trimmed text; null when it isn't there
 */
export function readTextOrNull(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
