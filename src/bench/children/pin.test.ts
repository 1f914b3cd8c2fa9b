import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { parseCpuList } from '../placement';
import { pinSelf } from './pin';

const here = process.platform === 'linux' && spawnSync('taskset', ['--version']).status === 0;
const allowed = () =>
  parseCpuList(/^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '');
const before = here ? allowed() : [];
afterAll(() => {
  if (here) spawnSync('taskset', ['--all-tasks', '--pid', '--cpu-list', before.join(','), String(process.pid)]);
});

// Without BULKHEAD_ADDONS, as here, there is no native addon.
test.skipIf(!here)('without the addon taskset places every thread of this process', async () => {
  const cpu = before.at(-1) as number;
  await pinSelf([cpu]);
  expect(allowed()).toEqual([cpu]);
});

test.skipIf(!here)('a CPU that is not there is refused with a sentence', async () => {
  await expect(pinSelf([1023])).rejects.toThrow(
    /could not be placed on CPU 1023 with taskset: .* Use --placement free\./,
  );
});
