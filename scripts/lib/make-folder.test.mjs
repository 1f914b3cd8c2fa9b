// @ts-check
import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from './make-folder.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-make-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder is made with those above it, and one that is there is left alone', () => {
  makeFolder(path.join(folder, 'a', 'b'));
  makeFolder(path.join(folder, 'a'));
  expect(readdirSync(path.join(folder, 'a'))).toEqual(['b']);
});

test.skipIf(process.platform === 'win32')('links are followed, also to what is not there yet', () => {
  symlinkSync('second', path.join(folder, 'first'));
  symlinkSync('a/b', path.join(folder, 'second'));
  makeFolder(path.join(folder, 'first'));
  makeFolder(path.join(folder, 'first', 'c'));
  expect(readlinkSync(path.join(folder, 'first'))).toBe('second');
  expect(readdirSync(path.join(folder, 'a', 'b'))).toEqual(['c']);
});

test.skipIf(process.platform === 'win32')('a link to itself is refused', () => {
  symlinkSync('loop', path.join(folder, 'loop'));
  expect(() => makeFolder(path.join(folder, 'loop'))).toThrow(/ELOOP/);
});

test('no folder takes the place of a file, nor lies below one', () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, 'mine');
  expect(() => makeFolder(file)).toThrow(/EEXIST/);
  expect(() => makeFolder(path.join(file, 'below'))).toThrow(/ENOTDIR/);
  expect(statSync(file).isFile()).toBe(true);
});

test.skipIf(process.platform !== 'linux')('where no folder can be made none is tried for ever', () => {
  expect(() => makeFolder('/proc/nope/a/b')).toThrow(/ENOENT/);
});
