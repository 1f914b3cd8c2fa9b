// @ts-check
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from './make-folder.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-make-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('makes it with all above it, and takes one that is there', () => {
  makeFolder(path.join(folder, 'a', 'b', 'c'));
  makeFolder(path.join(folder, 'a', 'b', 'c'));
  expect(readdirSync(path.join(folder, 'a', 'b'))).toEqual(['c']);
});

test('follows a link to a folder', () => {
  mkdirSync(path.join(folder, 'there'));
  symlinkSync(path.join(folder, 'there'), path.join(folder, 'link'));
  makeFolder(path.join(folder, 'link', 'new'));
  expect(readdirSync(path.join(folder, 'there'))).toEqual(['new']);
});

test('refuses a file, below a file, and a link to nowhere', () => {
  writeFileSync(path.join(folder, 'file'), '');
  symlinkSync(path.join(folder, 'nowhere', 'at all'), path.join(folder, 'link'));
  for (const name of ['file', 'file/below', 'link'])
    expect(() => makeFolder(path.join(folder, name)), name).toThrow(/could not be made/);
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
