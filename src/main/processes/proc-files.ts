import { readdirSync, readFileSync } from 'node:fs';

/** /proc/PID/NAME. Null when it isn't there, or may not be read. */
export function readProc(pid: number, name: 'stat' | 'status' | 'cmdline'): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return null;
  }
}

/** How many descriptors it has open; `forbidden` where this user may not look. Null when it is gone. */
export function countDescriptors(pid: number): number | 'forbidden' | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM' ? 'forbidden' : null;
  }
}

/** Empty where it can't be told, for want of a descriptor for instance. */
export function allPids(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
