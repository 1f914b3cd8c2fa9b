import { openSync, closeSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { readFromProc } from './figure-source';

vi.mock('electron', () => ({}));

test.runIf(process.platform === 'linux')(
  'this very process: its memory, threads and descriptors as the system tells them',
  () => {
    const before = readFromProc([process.pid]).get(process.pid);
    expect(before?.memoryBytes).toBeGreaterThan(1024 * 1024);
    expect(before?.threads).toBeGreaterThan(1);
    expect(before?.switches?.voluntary).toBeGreaterThan(0);
    expect(before?.unread).toBeNull();
    const opened = [openSync('/dev/null', 'r'), openSync('/dev/null', 'r')];
    const after = readFromProc([process.pid]).get(process.pid);
    for (const descriptor of opened) closeSync(descriptor);
    expect((after?.descriptors ?? 0) - (before?.descriptors ?? 0)).toBe(2);
  },
);

test.runIf(process.platform === 'linux')('a pid that nobody has is left out', () => {
  expect(readFromProc([2 ** 22 + 1]).size).toBe(0);
});
