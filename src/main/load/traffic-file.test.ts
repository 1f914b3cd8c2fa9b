import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
