import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parseCpuList } from '../placement';
import { nativeAddon, nativeAvailability } from '../../transports/native/addon';
import { MessageError, say } from '../../shared/messages/message';

const run = promisify(execFile);
/** A thread that is made while the others are placed may be missed once, hardly twice. */
const ATTEMPTS = 3;

type Placed = 'self' | 'renderer';

/**
 * Lets every thread of this process run on `cpus` only: through the native addon, or through `taskset` where there is
 * none. Then it looks whether the kernel did so. Rejects with a sentence when it can't be had.
 */
export async function pinSelf(cpus: readonly number[]): Promise<void> {
  if (!nativeAvailability().available) return pinProcess(process.pid, cpus, 'self');
  try {
    nativeAddon().setAffinity(cpus);
  } catch (error) {
    throw refusal('self', cpus, 'addon', error);
  }
  const elsewhere = threadElsewhere(process.pid, cpus);
  if (elsewhere !== null) throw misplaced(cpus, elsewhere);
}

/** The same for another process of this user's, always through `taskset`: a sandboxed one can't do it itself. */
export async function pinProcess(pid: number, cpus: readonly number[], who: Placed = 'renderer'): Promise<void> {
  let elsewhere: string | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      await run('taskset', ['--all-tasks', '--pid', '--cpu-list', cpus.join(','), String(pid)]);
      // It finds no fault with a process that is gone; reading its threads does.
      elsewhere = threadElsewhere(pid, cpus);
    } catch (error) {
      throw refusal(who, cpus, 'taskset', error);
    }
    if (elsewhere === null) return;
  }
  throw misplaced(cpus, elsewhere ?? '');
}

/** The CPUs that this process may use now. */
export function allowedCpus(): number[] {
  return parseCpuList(cpusIn('/proc/self/status'));
}

/** What a thread may use that isn't `cpus`, or null when all are in their place. */
function threadElsewhere(pid: number, cpus: readonly number[]): string | null {
  const wanted = cpus.toSorted((a, b) => a - b).join(',');
  const folder = `/proc/${pid}/task`;
  for (const thread of readdirSync(folder)) {
    try {
      const granted = cpusIn(`${folder}/${thread}/status`);
      if (parseCpuList(granted).join(',') !== wanted) return granted;
    } catch {
      // A thread that ended meanwhile.
    }
  }
  return null;
}

function cpusIn(statusFile: string): string {
  return /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync(statusFile, 'utf8'))?.[1] ?? '';
}

function refusal(who: Placed, cpus: readonly number[], how: 'addon' | 'taskset', error: unknown): Error {
  return new MessageError(say('placement.failed', { who, cpus, how, cause: oneLine(error) }), { cause: error });
}

function misplaced(cpus: readonly number[], granted: string): Error {
  return new MessageError(say('placement.misplaced', { cpus, granted }));
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error))
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
}
