import { render } from '../shared/messages/message';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WrittenFiles } from './written-files';

let folder: string;
let shown: string[];
let files: WrittenFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-test-'));
  shown = [];
  files = new WrittenFiles((path) => shown.push(path));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file that was written is shown by its number', () => {
  const paths = ['a.json', 'b.csv'].map((name) => join(folder, name));
  const numbers = paths.map((path) => {
    writeFileSync(path, '');
    return files.add(path);
  });
  expect(files.show(numbers[1] as number)).toEqual({ ok: true });
  expect(shown).toEqual([paths[1]]);
});

test('a number that stands for nothing is refused', () => {
  expect(files.show(0)).toMatchObject({ ok: false });
  expect(files.show(-1)).toMatchObject({ ok: false });
  expect(shown).toEqual([]);
});

test('a file that was deleted meanwhile is told as such', () => {
  const outcome = files.show(files.add(join(folder, 'gone.json')));
  expect(outcome.ok ? '' : render(outcome.message)).toContain('moved or deleted');
  expect(shown).toEqual([]);
});

test('several files are written, and told by the folder that was chosen; where they can’t be, that is said of it', async () => {
  const wanted = ['a.csv', 'b.csv'].map((name) => ({ path: join(folder, name), content: name }));
  const saved = await files.write(wanted, folder);
  expect(saved).toEqual({ status: 'saved', path: folder, file: 0 });
  expect(wanted.map(({ path }) => readFileSync(path, 'utf8'))).toEqual(['a.csv', 'b.csv']);
  expect(files.show(0)).toEqual({ ok: true });
  const nowhere = join(folder, 'nowhere');
  const failed = await files.write([{ path: join(nowhere, 'a.csv'), content: '' }], nowhere);
  expect(failed.status === 'failed' ? render(failed.message) : '').toContain(nowhere);
});
