import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { loadNative } from './native';

const run = promisify(execFile);

/**
 * Lets every thread of this process run on `cpus` only: through the native addon, or through `taskset` where there is
 * none. Then it looks whether the kernel did so. Rejects with a sentence when it can't be had.
 */
export async function pinSelf(cpus: readonly number[]): Promise<void> {
  const native = loadNative();
  try {
    if ('addon' in native) native.addon.setAffinity([...cpus]);
    else await run('taskset', ['--all-tasks', '--pid', '--cpu-list', cpus.join(','), String(process.pid)]);
  } catch (error) {
    const how = 'addon' in native ? 'the native addon' : 'taskset';
    throw new Error(
      `This process could not be placed on CPU ${cpus.join(', ')} with ${how}: ${oneLine(error)}. Use --placement free.`,
      { cause: error },
    );
  }
  for (const granted of allowedCpusOfThreads()) {
    if (granted !== cpus.join(','))
      throw new Error(
        `The kernel placed a thread on CPU ${granted} instead of ${cpus.join(', ')}. Use --placement free.`,
      );
  }
}

function allowedCpusOfThreads(): string[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    try {
      const status = readFileSync(`/proc/self/task/${thread}/status`, 'utf8');
      return [/^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? ''];
    } catch {
      // A thread that ended meanwhile.
      return [];
    }
  });
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error))
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
}
