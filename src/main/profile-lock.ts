import { app } from 'electron';
import { lstatSync, readlinkSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Refusal, whyRefused } from './profile-holder';

/** Takes the profile for this process alone. Null when it has it, else why not. */
export function takeProfile(): Refusal | null {
  const profile = app.getPath('userData');
  const before = socketFolder(profile);
  if (!app.requestSingleInstanceLock()) return whyRefused(profile);
  // Whoever held it before was killed. Chromium takes its lock over, and leaves the folder of its socket.
  if (before !== null && before !== socketFolder(profile)) rmSync(before, { recursive: true, force: true });
  return null;
}

/** The folder in the temporary folder that holds the socket of Chromium's lock, if it is one of this user's. */
function socketFolder(profile: string): string | null {
  try {
    const folder = dirname(readlinkSync(join(profile, 'SingletonSocket')));
    const found = lstatSync(folder);
    const own = process.getuid === undefined || found.uid === process.getuid();
    return found.isDirectory() && own && basename(folder).startsWith('scoped_dir') ? folder : null;
  } catch {
    return null;
  }
}
