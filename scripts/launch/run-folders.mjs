// @ts-check
import { readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/**
 * Removes what an app that was killed could not: its private folders of sockets and FIFOs, and of a command's profile.
 * The names are those of `src/main/run-directory.ts`, where the next start does the same; there may be none.
 *
 * @param {number} pid the app's, which has ended
 * @param {readonly string[]} [bases] where a long TMPDIR leaves no room for a socket's name it is /tmp
 */
export function removeRunFolders(pid, bases = [tmpdir(), '/tmp']) {
  for (const base of bases) {
    try {
      for (const name of readdirSync(base)) {
        const folder = path.join(base, name);
        if (!name.startsWith(`bulkhead-run-${pid}-`) || statSync(folder).uid !== process.getuid?.()) continue;
        rmSync(folder, { recursive: true, force: true });
      }
    } catch {
      // Not there, or not this user's to read: the next start tries again.
    }
  }
}
