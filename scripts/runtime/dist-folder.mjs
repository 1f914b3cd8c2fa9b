// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readTextOrNull } from '../lib/files.mjs';

/**
 * @typedef {{ dir: string, executable: string, version: string }} DistFolder a whole Electron
 */

/**
 * Where the executable is inside an Electron distribution.
 *
 * @param {NodeJS.Platform} platform
 */
export function executableName(platform) {
  switch (platform) {
    case 'darwin':
      return 'Electron.app/Contents/MacOS/Electron';
    case 'win32':
      return 'electron.exe';
    default:
      return 'electron';
  }
}

/**
 * @param {string} dir
 * @param {NodeJS.Platform} platform
 * @returns {DistFolder | { problem: string }}
 */
export function inspectDist(dir, platform) {
  const executable = path.join(dir, executableName(platform));
  if (!existsSync(executable)) return { problem: `it holds no ${executableName(platform)}` };
  const version = readTextOrNull(path.join(dir, 'version'))?.replace(/^v/, '');
  if (!version) return { problem: 'it holds no file named version' };
  return { dir, executable, version };
}
