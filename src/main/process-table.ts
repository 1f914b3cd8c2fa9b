import { readlinkSync } from 'node:fs';
import { allPids, readProc } from './processes/proc-files';
import { parseStat, type ProcStat } from './processes/proc-text';

/** A zombie is dead: it only waits for its parent to count it, in a container without an init for ever. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statOf(pid)?.state !== 'Z';
}

/**
 * Ends what is left of an application that was killed together with its launcher: a stopped child does not hear that
 * its parent is gone. `leader` was its browser process.
 */
export function endOrphans(leader: number): void {
  for (const pid of groupOf(leader)) signalAtOnce(pid, 'SIGKILL');
}

/**
 * The other processes of an application whose browser process is, or was, `leader`: it led their process group. Only
 * those of the same runtime; the kernel hands out no pid that still names a group. Empty where there is no /proc.
 */
export function groupOf(leader: number): number[] {
  if (process.platform !== 'linux') return [];
  const runtime = executableOf('self');
  return allPids().filter(
    (pid) => pid !== process.pid && statOf(pid)?.group === leader && executableOf(pid) === runtime,
  );
}

export function signalAtOnce(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone by itself, or another user's.
  }
}

function executableOf(pid: number | 'self'): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return null;
  }
}

function statOf(pid: number): ProcStat | null {
  return parseStat(readProc(pid, 'stat') ?? '');
}

/**
 * Start time of a process in clock ticks since boot: with its pid, its identity, as pids are reused. Null for one that
 * isn't there any more, also as a zombie, and where there is no /proc.
 */
export function processStartTime(pid: number): string | null {
  const stat = statOf(pid);
  return stat === null || stat.state === 'Z' || stat.state === 'X' ? null : stat.startTime;
}
