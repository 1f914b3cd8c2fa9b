import { expect, test, vi } from 'vitest';
import { allPids, countDescriptors, readProc } from './proc-files';

vi.mock('node:fs', () => {
  const noneLeft = () => {
    throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
  };
  return { readdirSync: noneLeft, readFileSync: noneLeft };
});

test('a process that has no descriptor left reads nothing of others, and does not die of it', () => {
  expect(allPids()).toEqual([]);
  expect(readProc(1, 'stat')).toBeNull();
  expect(countDescriptors(1)).toBeNull();
});
