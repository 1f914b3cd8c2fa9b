// @ts-check
import { accessSync, constants, statfsSync } from 'node:fs';
import process from 'node:process';

/** What a window with a benchmark beside it takes there, and then some; Docker gives 64 MiB. */
const leastRoomBytes = 32 * 1024 * 1024;

/**
 * Chromium's switch for shared memory in the temporary folder, where `/dev/shm` can't hold it: without, its processes
 * die for want of memory, and most often without a word.
 *
 * @param {string} [folder]
 * @param {NodeJS.Platform} [platform]
 * @returns {string[]}
 */
export function sharedMemorySwitches(folder = '/dev/shm', platform = process.platform) {
  if (platform !== 'linux') return [];
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= leastRoomBytes ? [] : ['--disable-dev-shm-usage'];
  } catch {
    return ['--disable-dev-shm-usage'];
  }
}
