// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cacheDirOf } from '../lib/paths.mjs';
import { fingerprint, inputs } from './build-step.mjs';
import { contextFile, finishedBefore } from './run-set-up.mjs';

/** @type {string} */
let root;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'bh-set-up-'));
  mkdirSync(cacheDirOf(root), { recursive: true });
  mkdirSync(path.join(root, 'src'));
  mkdirSync(path.join(root, 'out'));
  writeFileSync(path.join(root, 'src/a.ts'), 'source');
  writeFileSync(path.join(root, 'out/a.js'), 'built');
  writeFileSync(
    path.join(cacheDirOf(root), 'build-stamp.json'),
    JSON.stringify({ inputs: fingerprint(root, inputs), outputs: ['a.js'] }),
  );
  writeFileSync(path.join(root, 'electron'), '', { mode: 0o755 });
  writeFileSync(contextFile(root), JSON.stringify(context()));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function context(executable = path.join(root, 'electron')) {
  return { runtime: { executable, detail: 'an Electron' }, addons: {} };
}

test('what another user has set up to the end is used as it is', () => {
  expect(finishedBefore(root, {})).toEqual(context());
});

test('it is not when something is left to do, or another runtime is named', () => {
  expect(finishedBefore(root, { ELECTRON_OVERRIDE_DIST_PATH: '/elsewhere' })).toBeNull();
  writeFileSync(path.join(root, 'src/b.ts'), 'newer');
  expect(finishedBefore(root, {})).toBeNull();
});

test('it is not when its runtime is gone, or nothing was set up', () => {
  writeFileSync(contextFile(root), JSON.stringify(context('/nowhere/electron')));
  expect(finishedBefore(root, {})).toBeNull();
  rmSync(contextFile(root));
  expect(finishedBefore(root, {})).toBeNull();
});
