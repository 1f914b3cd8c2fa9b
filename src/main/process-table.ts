import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A zombie is dead: it only waits for its parent to count it, in a container without an init for ever. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statFields(String(pid))[0] !== 'Z';
}

/**
 * Ends what is left of an application that was killed together with its launcher: a stopped child does not hear that
 * its parent is gone. `leader` was its browser process, which led their process group. Only processes of the same
 * runtime are ended; the kernel hands out no pid that still names a group.
 */
export function endOrphans(leader: number): void {
  if (process.platform !== 'linux') return;
  const runtime = executableOf('self');
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || statFields(name)[2] !== String(leader) || executableOf(name) !== runtime) continue;
    try {
      process.kill(Number(name), 'SIGKILL');
    } catch {
      // It is gone by itself, or another user's.
    }
  }
}

function executableOf(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return null;
  }
}

/** From field 3 of /proc/PID/stat on: state, parent, group. The name before them may hold spaces and parentheses. */
function statFields(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/**
 * Start time of a process in clock ticks since boot: with its pid, its identity, as pids are reused. Null for one that
 * isn't there any more, also as a zombie, and where there is no /proc.
 */
export function processStartTime(pid: number): string | null {
  const fields = statFields(String(pid));
  return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
}
