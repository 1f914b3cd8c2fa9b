// @ts-check
import { reasonOf } from './set-up-error.mjs';

/**
 * What the operating system refused at a place that a person named, as half a sentence.
 *
 * @param {unknown} error
 */
export function pathProblem(error) {
  switch (/** @type {NodeJS.ErrnoException} */ (error).code) {
    case 'ENOENT':
      return 'it is not there';
    case 'ENOTDIR':
      return 'it is below a file';
    case 'EEXIST':
      return 'there is a file of that name';
    case 'ELOOP':
      return 'it is a link that leads back to itself';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'it is full';
    case 'EACCES':
    case 'EPERM':
      return 'you may not write there';
    case 'EROFS':
      return 'its file system is read-only';
    default:
      return reasonOf(error);
  }
}
