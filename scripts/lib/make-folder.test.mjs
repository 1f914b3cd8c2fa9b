// @ts-check
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
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
  expect(() => makeFolder(path.join(folder, 'loop'))).toThrow(/loop could not be made/);
});

test('no folder takes the place of a file, nor lies below one', () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, 'mine');
  expect(() => makeFolder(file)).toThrow(/file could not be made/);
  expect(() => makeFolder(path.join(file, 'below'))).toThrow(/below could not be made/);
  expect(statSync(file).isFile()).toBe(true);
});

test.runIf(process.platform === 'linux')(
  'refuses a path that can not exist, instead of spinning for ever',
  async () => {
    // In a process of its own: what spins can't be stopped from inside.
    const module = JSON.stringify(new URL('./make-folder.mjs', import.meta.url).href);
    const script = `import { makeFolder } from ${module}; makeFolder('/proc/nope/deep/down');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (/** @type {Buffer} */ chunk) => (said += chunk.toString()));
    const guard = setTimeout(() => child.kill('SIGKILL'), 20_000);
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
    clearTimeout(guard);
    expect(said).toContain('/proc/nope/deep/down could not be made');
  },
);
