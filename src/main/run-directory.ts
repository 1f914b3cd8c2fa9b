import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOrphans, isAlive } from './process-table';

const PREFIX = 'bulkhead-run-';
const OWNER = 'owner.json';

/**
 * Makes the one directory (mode 0700) in which this run's sockets and FIFOs live, after removing those of runs that
 * died. A run's directory is stale when no process has its owner's pid and start time: pids are reused.
 */
export function createRunDirectory(base = shortTemporaryFolder()): string {
  removeStaleRunDirectories(base);
  // mkdtemp makes it with mode 0700 and a name that nobody can take beforehand.
  const directory = mkdtempSync(join(base, `${PREFIX}${process.pid}-`));
  writeFileSync(join(directory, OWNER), JSON.stringify({ pid: process.pid, startTime: startTimeOf(process.pid) }));
  return directory;
}

export function removeRunDirectory(directory: string): void {
  // Windows lets go of the files of a process that has ended only a moment later.
  rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
}

/** Removes what runs that died have left, of this user's. */
export function removeStaleRunDirectories(base = shortTemporaryFolder()): void {
  for (const name of readdirSync(base)) {
    if (!name.startsWith(PREFIX)) continue;
    const directory = join(base, name);
    try {
      if (process.getuid !== undefined && statSync(directory).uid !== process.getuid()) continue;
      if (!isStale(directory)) continue;
      const owner = readOwner(directory);
      // A pid that lives again names another's group.
      if (owner !== null && !isAlive(owner.pid)) endOrphans(owner.pid);
      removeRunDirectory(directory);
    } catch {
      // Another instance removed it, or it isn't ours to read: leave it.
    }
  }
}

function isStale(directory: string): boolean {
  const owner = readOwner(directory);
  // Made this very moment by another instance, or cut off before the owner was written: old ones are stale.
  if (owner === null) return Date.now() - statSync(directory).mtimeMs > 60_000;
  return !isAlive(owner.pid) || startTimeOf(owner.pid) !== owner.startTime;
}

function readOwner(directory: string): { pid: number; startTime: string | null } | null {
  try {
    return JSON.parse(readFileSync(join(directory, OWNER), 'utf8')) as { pid: number; startTime: string | null };
  } catch {
    return null;
  }
}

/** Start time of a process in clock ticks since boot (field 22 of /proc/PID/stat), or null where there is no /proc. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name is in parentheses and may itself hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** A socket path holds 107 bytes: a long TMPDIR leaves no room for the file's name. */
function shortTemporaryFolder(): string {
  const folder = tmpdir();
  return Buffer.byteLength(folder) <= 60 || process.platform === 'win32' ? folder : '/tmp';
}
