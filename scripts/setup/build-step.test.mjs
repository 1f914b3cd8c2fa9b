// @ts-check
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { resolveConfig } from 'electron-vite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectRoot } from '../lib/paths.mjs';
import { fingerprint } from './build-step.mjs';

/** @type {string} */
let root;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'bulkhead-build-'));
  mkdirSync(path.join(root, 'src', 'main'), { recursive: true });
  writeFileSync(path.join(root, 'src', 'main', 'index.ts'), 'one');
  writeFileSync(path.join(root, 'package.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const take = () => fingerprint(root, ['src', 'package.json', 'resources']);

test('stays the same while nothing changes', () => {
  expect(take()).toBe(take());
});

test.each([
  ['a changed source', () => writeFileSync(path.join(root, 'src', 'main', 'index.ts'), 'three')],
  ['a new source', () => writeFileSync(path.join(root, 'src', 'new.ts'), '')],
  ['a removed source', () => rmSync(path.join(root, 'src', 'main', 'index.ts'))],
  ['a folder that appears', () => mkdirSync(path.join(root, 'resources'))],
  ['a changed file at the root', () => writeFileSync(path.join(root, 'package.json'), '[]')],
])('%s changes it', (_name, change) => {
  const before = take();
  change();
  expect(take()).not.toBe(before);
});

test('neither a test beside a source nor a touched root file changes it', () => {
  const before = take();
  writeFileSync(path.join(root, 'src', 'main', 'index.test.ts'), 'x');
  utimesSync(path.join(root, 'package.json'), 1, 1);
  expect(take()).toBe(before);
});

test.each(
  /** @type {const} */ ([
    ['main', /^node20\./],
    ['preload', /^node20\./],
    ['renderer', /^chrome130$/],
  ]),
)('what is built for %s runs on the oldest supported runtime, whichever is installed', async (part, oldest) => {
  const { config } = await resolveConfig(
    { root: projectRoot, configFile: path.join(projectRoot, 'electron.vite.config.ts') },
    'build',
  );
  expect(String(config?.[part]?.build?.target)).toMatch(oldest);
});
