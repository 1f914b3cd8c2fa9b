import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followLifeline, inheritedPipe } from './lifeline';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-lifeline-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Both ends of a pipe, as descriptors of this process. */
function pipe(): { read: number; write: number } {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const read = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { read, write: openSync(path, constants.O_WRONLY) };
}

/** A descriptor that was open and is not any more. */
function closedDescriptor(): number {
  const descriptor = openSync('/dev/null', 'r');
  closeSync(descriptor);
  return descriptor;
}

test.skipIf(process.platform === 'win32')('the end of the other end is told, once, and not before', async () => {
  const { read, write } = pipe();
  const gone = vi.fn();
  const ended = new Promise<void>((resolve) => {
    followLifeline((failed) => {
      gone(failed);
      resolve();
    }, String(read));
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(gone).not.toHaveBeenCalled();
  closeSync(write);
  await ended;
  expect(gone.mock.calls).toEqual([[false]]);
});

test('without a lifeline nothing is followed and nothing is said', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  followLifeline(() => expect.unreachable(), undefined);
  expect(said).not.toHaveBeenCalled();
});

const wrong: Array<[what: string, descriptor: () => string]> = [
  ['a descriptor that is not open', () => String(closedDescriptor())],
  [
    'a regular file',
    () => {
      writeFileSync(join(folder, 'file'), 'x');
      return String(openSync(join(folder, 'file'), 'r'));
    },
  ],
  ['a number that no descriptor has', () => '99999999999'],
  ['a negative number', () => '-1'],
  ['no number', () => 'three'],
  ['nothing', () => ''],
];

test.skipIf(process.platform === 'win32').each(wrong)(
  '%s is said, and the process goes on',
  async (_what, descriptor) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const gone = vi.fn();
    followLifeline(gone, descriptor());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(gone).not.toHaveBeenCalled();
    expect(said.mock.calls).toEqual([[expect.stringMatching(/no pipe under descriptor .* end it yourself/s)]]);
  },
);

test.skipIf(process.platform === 'win32')('a pipe to write to that is not there is null', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(inheritedPipe(closedDescriptor(), 'write', 'So be it.')).toBe(null);
  expect(said.mock.calls[0]?.[0]).toContain('So be it.');
});
