import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HistoryTail } from './history-tail';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'bulkhead-tail-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('rows come once each, also when they are written in pieces', async () => {
  const file = join(folder, 'history.csv');
  const tail = new HistoryTail(file);
  const totals = async () => (await tail.read()).map(({ name, requests }) => [name, requests]);
  expect(await totals()).toEqual([]);
  writeFileSync(file, 'Timestamp,Name,Total Req');
  expect(await totals()).toEqual([]);
  appendFileSync(file, 'uest Count\r\n1,http,10\r\n2,ht');
  expect(await totals()).toEqual([['http', 10]]);
  appendFileSync(file, 'tp,20\r\n3,http,30\r\n');
  expect(await totals()).toEqual([
    ['http', 20],
    ['http', 30],
  ]);
  expect(await totals()).toEqual([]);
});
