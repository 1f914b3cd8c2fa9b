import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { parseCpuList } from '../placement';
import { allowedCpus, pinProcess, pinSelf } from './pin';

const here = process.platform === 'linux' && spawnSync('taskset', ['--version']).status === 0;
const allowedIn = (status: string) =>
  parseCpuList(/^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync(status, 'utf8'))?.[1] ?? '');
const before = here ? allowedCpus() : [];
afterAll(() => {
  if (here) spawnSync('taskset', ['--all-tasks', '--pid', '--cpu-list', before.join(','), String(process.pid)]);
});

// Without BULKHEAD_ADDONS, as here, there is no native addon.
test.skipIf(!here)('without the addon taskset places every thread of this process', async () => {
  const cpu = before.at(-1) as number;
  await pinSelf([cpu]);
  expect(allowedIn('/proc/self/status')).toEqual([cpu]);
  await pinSelf(before);
  expect(allowedIn('/proc/self/status')).toEqual(before);
});

test.skipIf(!here)('a CPU that is not there is refused with a sentence', async () => {
  await expect(pinSelf([1023])).rejects.toThrow(
    /could not be placed on CPU 1023 with taskset: .* Use --placement free\./,
  );
});

test.skipIf(!here)('every thread of another process is placed', async () => {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)']);
  try {
    await once(child.stdout, 'data');
    const cpu = before.at(-1) as number;
    await pinProcess(child.pid as number, [cpu]);
    const threads = readdirSync(`/proc/${child.pid}/task`);
    expect(threads.length).toBeGreaterThan(1);
    for (const thread of threads) expect(allowedIn(`/proc/${child.pid}/task/${thread}/status`)).toEqual([cpu]);
  } finally {
    child.kill('SIGKILL');
  }
});

test.skipIf(!here)('a process that is gone is said so in a sentence', async () => {
  const { pid } = spawnSync('true');
  await expect(pinProcess(pid, [before.at(-1) as number])).rejects.toThrow(
    /^The renderer could not be placed on CPU \d+ with taskset: .* Use --placement free\.$/,
  );
});
