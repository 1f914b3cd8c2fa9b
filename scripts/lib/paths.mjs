// @ts-check
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that these scripts belong to. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * Where set-up keeps everything that it can make again.
 *
 * @param {string} root
 */
export function cacheDirOf(root) {
  return path.join(root, '.cache');
}
