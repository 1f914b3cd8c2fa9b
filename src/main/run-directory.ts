import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOrphans, isAlive, processStartTime } from './process-table';
import { StartError } from './shutdown';
import { saidBy, say } from '../shared/messages/message';

const PREFIX = 'bulkhead-run-';
const OWNER = 'owner.json';

/**
 * The one directory (mode 0700) in which this run's sockets, FIFOs and shared files live. It is made after removing those
 * of runs that died, and made anew when somebody has removed it, or what is in it, under the run.
 */
export class RunDirectory {
  readonly #base: string;
  #path: string;
  #removed = false;

  /** @throws StartError when it can't be made. */
  constructor(base = shortTemporaryFolder()) {
    this.#base = base;
    this.#path = createRunDirectory(base);
  }

  /** Changes when it had to be made anew: to be asked each time, not kept. */
  get path(): string {
    return this.#path;
  }

  /** Makes it anew if it is gone, or was emptied. True when it was. Rejects with a StartError when it can't be made. */
  async renewIfGone(): Promise<boolean> {
    try {
      await access(join(this.#path, OWNER));
      return false;
    } catch {
      if (this.#removed) return false;
      removeRunDirectory(this.#path);
      this.#path = createRunDirectory(this.#base);
      return true;
    }
  }

  /** At the end of the run. */
  remove(): void {
    this.#removed = true;
    removeRunDirectory(this.#path);
  }
}

/**
 * A run's directory is stale when no process has its owner's pid and start time: pids are reused.
 *
 * @throws StartError when it can't be made.
 */
function createRunDirectory(base: string): string {
  try {
    removeStaleRunDirectories(base);
    // mkdtemp makes it with mode 0700 and a name that nobody can take beforehand.
    const directory = mkdtempSync(join(base, `${PREFIX}${process.pid}-`));
    writeFileSync(
      join(directory, OWNER),
      JSON.stringify({ pid: process.pid, startTime: processStartTime(process.pid) }),
    );
    return directory;
  } catch (error) {
    throw new StartError(say('start.temporary-folder', { folder: base, cause: saidBy(error) }), { cause: error });
  }
}

function removeRunDirectory(directory: string): void {
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
      if (!isStale(name, directory)) continue;
      const owner = readOwner(directory);
      // A pid that lives again names another's group.
      if (owner !== null && !isAlive(owner.pid)) endOrphans(owner.pid);
      removeRunDirectory(directory);
    } catch {
      // Another instance removed it, or it isn't ours to read: leave it.
    }
  }
}

function isStale(name: string, directory: string): boolean {
  const owner = readOwner(directory);
  if (owner !== null) return !isAlive(owner.pid) || processStartTime(owner.pid) !== owner.startTime;
  // Made this very moment by another instance; or what is left of one that was killed while it wrote the owner, or while
  // it removed it all.
  const maker = Number(/^\d+/.exec(name.slice(PREFIX.length))?.[0]);
  return !isAlive(maker) || Date.now() - statSync(directory).mtimeMs > 60_000;
}

function readOwner(directory: string): { pid: number; startTime: string | null } | null {
  try {
    return JSON.parse(readFileSync(join(directory, OWNER), 'utf8')) as { pid: number; startTime: string | null };
  } catch {
    return null;
  }
}

/** A socket path holds 107 bytes: a long TMPDIR leaves no room for the file's name. */
function shortTemporaryFolder(): string {
  const folder = tmpdir();
  return Buffer.byteLength(folder) <= 60 || process.platform === 'win32' ? folder : '/tmp';
}
