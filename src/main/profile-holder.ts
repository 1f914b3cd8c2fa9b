import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './process-table';
import { type Message, say } from '../shared/messages/message';

/** Why this process may not have the profile, for a person, and the exit code that goes with it. */
export interface Refusal {
  message: Message;
  exitCode: 1 | 3;
}

/**
 * Chromium says no more than that it did not get its lock, whether somebody holds it or it could not be made. The lock
 * is a link named `SingletonLock` to HOST-PID, which tells.
 */
export function whyRefused(profile: string, platform: NodeJS.Platform = process.platform): Refusal {
  // Windows has no such link, and no other reason.
  const holder = platform === 'win32' ? 'unknown' : holderOf(profile);
  if (holder === 'unknown' || (holder !== null && holder.host === hostname() && isOther(holder.pid))) {
    return {
      message: say('start.running-already', { pid: holder === 'unknown' ? null : holder.pid }),
      exitCode: 3,
    };
  }
  if (holder !== null && holder.host !== hostname()) {
    return {
      message: say('start.locked-elsewhere', { profile, ...holder, lock: join(profile, 'SingletonLock') }),
      exitCode: 1,
    };
  }
  return {
    message: say('start.not-locked', { profile }),
    exitCode: 1,
  };
}

function holderOf(profile: string): { host: string; pid: number } | null {
  try {
    const match = /^(.+)-(\d+)$/.exec(readlinkSync(join(profile, 'SingletonLock')));
    return match === null ? null : { host: match[1] ?? '', pid: Number(match[2]) };
  } catch {
    return null;
  }
}

/** The link may be this process's own, made before its socket could not be. */
function isOther(pid: number): boolean {
  return pid !== process.pid && isAlive(pid);
}
