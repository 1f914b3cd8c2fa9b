import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { render } from '../../shared/messages/message';
import { readTrafficFile } from './traffic-file';

const RECORD = JSON.stringify({ name: 'A', location: 'B', age: 3, infectedtype: 'C', state: 'D' });
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-traffic-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('all that are left out are counted, the first of them told', async () => {
  const path = join(folder, 'some.json');
  writeFileSync(path, `[${RECORD}, ${'0, '.repeat(29)}0]`);
  const read = await readTrafficFile(path);
  expect(read).toMatchObject({ status: 'chosen', records: 1, bad: { count: 30 } });
  if (read.status === 'chosen') expect(read.bad.first).toHaveLength(20);
});

test('while a large file is read others have their turns', async () => {
  const path = join(folder, 'large.json');
  writeFileSync(path, `[${Array.from({ length: 100_000 }, () => RECORD).join(',\n')}]`);
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 5);
  expect(await readTrafficFile(path)).toMatchObject({ records: 100_000, bad: { count: 0 } });
  clearInterval(timer);
  // Were it taken apart at once, there would be those of the reading alone.
  expect(turns).toBeGreaterThan(10);
});

test('a file that can not be read says why, and what to do', async () => {
  mkdirSync(join(folder, 'folder'));
  symlinkSync('gone.json', join(folder, 'broken'));
  symlinkSync('loop', join(folder, 'loop'));
  writeFileSync(join(folder, 'file'), '');
  const told = async (name: string) => {
    const read = await readTrafficFile(join(folder, name));
    return read.status === 'failed' ? render(read.message) : read.status;
  };
  for (const name of ['missing.json', 'broken', 'file/below'])
    expect(await told(name)).toContain(`${join(folder, name)} can’t be sent. There is no such file.`);
  expect(await told('folder')).toContain('It is no file. Name a JSON file');
  expect(await told('loop')).toContain('a link that leads back to itself');
  expect(await told(`${'x'.repeat(300)}`)).toContain('could not be read: ENAMETOOLONG');
});
