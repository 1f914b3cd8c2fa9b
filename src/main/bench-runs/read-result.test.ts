import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readResult } from './read-result';
import { worded } from '../../../tests/support/worded';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-result-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['no JSON', 'col1,col2\n', 'it is no JSON'],
  ['a recording', '{"format":"bulkhead-recording","version":1}', 'a recording of the live view'],
  ['a later version', '{"version":2,"environment":{},"runs":[]}', 'version 2, and this Bulkhead reads version 1'],
  ['other JSON', '{"version":1,"runs":"none"}', 'no result of a benchmark (environment'],
  ['null', 'null', 'no result of a benchmark (at its root'],
])('%s is refused in words', async (_, text, words) => {
  const path = join(folder, 'file.json');
  writeFileSync(path, text);
  expect(worded(await readResult(path))).toEqual({ kind: 'refused', reason: expect.stringContaining(words) });
});

test('a file that is not there, a folder, and one that is too large', async () => {
  expect(worded(await readResult(join(folder, 'nowhere.json')))).toMatchObject({
    reason: expect.stringContaining('it is not there'),
  });
  mkdirSync(join(folder, 'a'));
  expect(worded(await readResult(join(folder, 'a')))).toMatchObject({
    reason: expect.stringContaining('it is a folder'),
  });
  const large = join(folder, 'large.json');
  writeFileSync(large, '');
  truncateSync(large, 65 * 1024 * 1024);
  expect(worded(await readResult(large))).toMatchObject({ reason: expect.stringContaining('larger than 64 MiB') });
});

test.skipIf(process.platform === 'win32')('a named pipe that nobody writes, and a device without an end', async () => {
  const pipe = join(folder, 'pipe.json');
  execFileSync('mkfifo', [pipe]);
  for (const path of [pipe, '/dev/zero'])
    expect(worded(await readResult(path))).toMatchObject({ reason: expect.stringContaining('it is no regular file') });
});
