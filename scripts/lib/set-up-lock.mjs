// @ts-check
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { link, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { killGroup, onRunningChange } from './run-command.mjs';
import { reasonOf, SetUpError } from './set-up-error.mjs';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 250;
const heartbeatMs = 5_000;
/** A holder on another host (or in another container) can only be judged by its heartbeat. */
const foreignStaleAfterMs = 60_000;

/**
 * @typedef {object} LockHolder
 * @property {number} pid
 * @property {string | null} startedAt the kernel's start time of that pid, which tells a reused pid
 * @property {string} host
 */

/**
 * Runs `work` while no other set-up runs in the same checkout. A lock whose
 * holder is dead is taken over.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {(holder: LockHolder | null) => void} [onWait] called once if somebody else holds it
 * @returns {Promise<T>}
 */
export async function withSetUpLock(file, work, onWait = () => {}) {
  let waited = false;
  while (!(await acquired(file))) {
    const stale = judge(file);
    if (stale !== null) {
      endOrphans(file);
      await takeAway(file, stale);
      continue;
    }
    if (!waited) onWait(readHolder(file));
    waited = true;
    await delay(pollMs);
  }
  onRunningChange((groups) => noteRunning(file, groups));
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, heartbeatMs);
  const release = () => {
    try {
      rmSync(runningFile(file), { force: true });
      unlinkSync(file);
    } catch {
      // Someone removed the whole cache meanwhile: nothing left to release.
    }
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    onRunningChange(() => {});
    process.removeListener('exit', release);
    release();
  }
}

/**
 * Whether the process that took the lock is gone.
 *
 * @param {LockHolder} holder
 * @param {number} lockAgeMs since its last heartbeat
 */
export function isStale(holder, lockAgeMs) {
  if (holder.host !== hostname()) return lockAgeMs > foreignStaleAfterMs;
  const found = readStat(holder.pid);
  // Dead, and only not yet counted by its parent: in a container without an init it stays so.
  if (found?.state === 'Z') return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: alive, and another user's.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return true;
  }
  return found !== null && holder.startedAt !== null && found.startedAt !== holder.startedAt;
}

/** @returns {LockHolder} */
export function thisHolder() {
  return { pid: process.pid, startedAt: readStat(process.pid)?.startedAt ?? null, host: hostname() };
}

/** The set-up can't even begin. It may have been finished before, by the user whose folder it is. */
export class FolderNotWritable extends SetUpError {}

/** @param {string} file the lock */
function runningFile(file) {
  return `${file}.running`;
}

/**
 * @param {string} file the lock
 * @param {readonly number[]} groups
 */
function noteRunning(file, groups) {
  const noted = groups.map((pid) => ({ pid, startedAt: readStat(pid)?.startedAt ?? null, host: hostname() }));
  try {
    writeFileSync(runningFile(file), JSON.stringify(noted));
  } catch {
    // It only serves to clean up after a kill.
  }
}

/**
 * Ends what a killed set-up left running: an orphaned `npm ci`, say, would fight
 * with ours over node_modules.
 *
 * @param {string} file the lock
 */
function endOrphans(file) {
  try {
    for (const orphan of JSON.parse(readFileSync(runningFile(file), 'utf8'))) {
      // A dead leader's children are in its group all the same.
      const sameProcess = orphan.host === hostname() && readStat(orphan.pid)?.startedAt === orphan.startedAt;
      if (sameProcess) killGroup(orphan.pid, 'SIGKILL');
    }
  } catch {
    // Nothing was running, or it can't be told.
  }
}

/** @param {string} file */
async function acquired(file) {
  const folder = path.dirname(file);
  try {
    await mkdir(folder, { recursive: true });
    return await tryAcquire(file);
  } catch (error) {
    throw new FolderNotWritable(`Nothing can be written in ${folder}: ${reasonOf(error)}.`, {
      nextStep:
        'Bulkhead keeps its runtime and what it builds there. Start it as the user whose folder that is, or from a copy of your own.',
    });
  }
}

/** @param {string} file */
async function tryAcquire(file) {
  // Written aside and linked into place, so that no reader sees it half written.
  const own = `${file}.${randomUUID().slice(0, 8)}`;
  await writeFile(own, JSON.stringify(thisHolder()));
  try {
    await link(own, file);
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EEXIST') return false;
    // A file system without hard links.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return await createExclusively(file);
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** @param {string} file */
async function createExclusively(file) {
  try {
    await writeFile(file, JSON.stringify(thisHolder()), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} file
 * @returns {string | null} the content of a lock whose holder is gone
 */
function judge(file) {
  try {
    const content = readFileSync(file, 'utf8');
    const ageMs = Date.now() - statSync(file).mtimeMs;
    const holder = parseHolder(content);
    // Unreadable: perhaps being written just now, so it gets the time of a heartbeat.
    const stale = holder === null ? ageMs > foreignStaleAfterMs : isStale(holder, ageMs);
    return stale ? content : null;
  } catch {
    return null;
  }
}

/**
 * Two waiters may judge one lock stale at the same time; the slower one must not
 * remove the lock that the faster has taken meanwhile.
 *
 * @param {string} file
 * @param {string} staleContent
 */
async function takeAway(file, staleContent) {
  const aside = `${file}.${randomUUID().slice(0, 8)}`;
  try {
    await rename(file, aside);
    if (readFileSync(aside, 'utf8') !== staleContent) await link(aside, file);
  } catch {
    // Another waiter was faster.
  } finally {
    await rm(aside, { force: true });
  }
}

/** @param {string} file */
function readHolder(file) {
  try {
    return parseHolder(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * @param {string} content
 * @returns {LockHolder | null}
 */
function parseHolder(content) {
  try {
    const holder = JSON.parse(content);
    return typeof holder?.pid === 'number' && typeof holder.host === 'string' ? holder : null;
  } catch {
    return null;
  }
}

/**
 * @param {number} pid
 * @returns {{ state: string, startedAt: string } | null} null where it can't be told
 */
function readStat(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields 3 and 22 of stat(5); the second field may hold spaces and ends with the last parenthesis.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' };
  } catch {
    return null;
  }
}
