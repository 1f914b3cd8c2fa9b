import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RESULT_LIMITS } from '../../shared/bench-window/limits';
import { readResult } from './read-result';
import { EMPTY_RESULT as RESULT } from './fixtures';
import { ResultStore } from './result-store';
import { worded } from '../../../tests/support/worded';

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'result-store-'));
  folder = join(home, 'results');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** What a later start of the application finds. */
async function restarted(): Promise<ResultStore> {
  const store = new ResultStore(folder);
  await store.load();
  return store;
}

async function withOne(): Promise<ResultStore> {
  const store = new ResultStore(folder);
  store.add('12:00:00 · fifo', null, RESULT);
  await store.settled();
  return store;
}

test('what was measured is back after a restart, with its name, note and date', async () => {
  const store = await withOne();
  expect(store.summaries).toMatchObject([{ id: 1, kept: true }]);
  expect(await store.describe(1, 'Before', 'without the addon')).toEqual({ ok: true });
  const later = await restarted();
  expect(worded(later.problems)).toEqual([]);
  expect(later.summaries).toMatchObject([
    { name: 'Before', note: 'without the addon', beganAt: RESULT.environment.began_at, kept: true, path: null },
  ]);
  expect(await later.get(1)).toEqual(RESULT);
});

test('a kept file is a result for whoever opens it', async () => {
  await withOne();
  expect(await readResult(join(folder, readdirSync(folder)[0] ?? ''))).toEqual({ kind: 'read', result: RESULT });
});

test('deleted is deleted; what was opened is only taken off the list, and not back', async () => {
  const store = await withOne();
  const elsewhere = join(home, 'elsewhere.json');
  writeFileSync(elsewhere, JSON.stringify(RESULT));
  const opened = store.add('elsewhere.json', elsewhere, RESULT);
  await store.settled();
  expect(readdirSync(folder)).toHaveLength(1);
  expect(await store.remove(1)).toEqual({ ok: true });
  expect(await store.remove(opened)).toEqual({ ok: true });
  expect([readdirSync(folder), existsSync(elsewhere)]).toEqual([[], true]);
  expect((await restarted()).summaries).toEqual([]);
});

test('what can not be read is told and left alone, the others are there', async () => {
  await withOne();
  writeFileSync(join(folder, '2026-broken.json'), '{"version":1');
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  const later = await restarted();
  expect(later.summaries).toHaveLength(1);
  expect(worded(later.problems)).toEqual([
    expect.stringMatching(/2026-broken\.json was not opened: it is no JSON.*left alone/),
  ]);
  expect(readFileSync(join(folder, '2026-broken.json'), 'utf8')).toBe('{"version":1');
  expect(readdirSync(folder)).toHaveLength(3);
});

test('where nothing can be written the result is there all the same, and it is told', async () => {
  // In the folder's place there is a file.
  writeFileSync(folder, '');
  const store = await withOne();
  expect(store.summaries).toMatchObject([{ kept: false }]);
  expect(await store.get(1)).toEqual(RESULT);
  expect(worded(store.problems)).toEqual([expect.stringContaining('is not kept on disk')]);
  expect(await store.describe(1, 'x', '')).toMatchObject({ ok: false });
});

test('a file that is gone is told when it is asked for', async () => {
  await withOne();
  const later = await restarted();
  rmSync(folder, { recursive: true });
  // However often: it is told once.
  for (let i = 0; i < 2; i += 1) expect(await later.get(1)).toBeNull();
  expect(worded(later.problems)).toEqual([expect.stringContaining('it is not there (any more)')]);
});

test('no more than so many are kept and listed; none is deleted for it', async () => {
  await withOne();
  const [first = ''] = readdirSync(folder);
  for (let i = 0; i < RESULT_LIMITS.kept; i += 1)
    writeFileSync(join(folder, `2026-02-${String(i).padStart(3, '0')}.json`), readFileSync(join(folder, first)));
  const later = await restarted();
  expect(later.summaries).toHaveLength(RESULT_LIMITS.kept);
  expect(worded(later.problems)).toEqual([expect.stringContaining(`has ${RESULT_LIMITS.kept + 1} results`)]);
  later.add('one more', null, RESULT);
  await later.settled();
  expect(worded(later.problems.at(-1))).toContain('“one more” is not kept on disk: 100 results are there already');
  expect(readdirSync(folder)).toHaveLength(RESULT_LIMITS.kept + 1);
});
