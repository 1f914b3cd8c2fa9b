// @ts-check
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assembleFolder, readJsonOrNull, replaceJson } from './files.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the target appears only when it is filled', async () => {
  const target = path.join(folder, 'made');
  await assembleFolder(target, async (temporary) => {
    writeFileSync(path.join(temporary, 'a'), '1');
    expect(existsSync(target)).toBe(false);
  });
  expect(readFileSync(path.join(target, 'a'), 'utf8')).toBe('1');
  expect(readdirSync(folder)).toEqual(['made']);
});

test('a failure keeps what was there and leaves nothing else', async () => {
  const target = path.join(folder, 'made');
  mkdirSync(target);
  await expect(assembleFolder(target, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(readdirSync(folder)).toEqual(['made']);
});

test("what a killed run left is removed, a namesake's folder is not", async () => {
  mkdirSync(path.join(folder, 'made.unfinished-1234'));
  mkdirSync(path.join(folder, 'other.unfinished-1234'));
  await assembleFolder(path.join(folder, 'made'), async () => {});
  expect(readdirSync(folder).toSorted()).toEqual(['made', 'other.unfinished-1234']);
});

test("JSON is replaced whole, and what isn't JSON reads as missing", async () => {
  const file = path.join(folder, 'deep', 'x.json');
  expect(readJsonOrNull(file)).toBeNull();
  await replaceJson(file, { a: 1 });
  expect(readJsonOrNull(file)).toEqual({ a: 1 });
  expect(readdirSync(path.dirname(file))).toEqual(['x.json']);
  writeFileSync(file, '{"a":');
  expect(readJsonOrNull(file)).toBeNull();
});
