// @ts-check
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildAddon, recordedAddon } from './addon.mjs';
import { bulkheadNativeAddon } from './bulkhead-native.mjs';
import { findBuildTools } from './compiler.mjs';
import { unixDgramAddon } from './unix-dgram.mjs';

/** @type {string} */
let root;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'bulkhead native-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('tells which build tools are missing and which package brings them', () => {
  const { found, missing } = findBuildTools({}, (name) => (name === 'make' ? '/usr/bin/make' : null));
  expect(found).toEqual(['/usr/bin/make']);
  expect(missing).toEqual([
    { tool: 'g++', debianPackage: 'g++' },
    { tool: 'python3', debianPackage: 'python3' },
  ]);
});

test('any of several compilers will do', () => {
  expect(findBuildTools({}, (name) => (name === 'g++' ? null : `/usr/bin/${name}`)).missing).toEqual([]);
});

const facts = { electron: '33.4.11', chrome: '130', node: '20.18.3', modules: '130' };

/** @param {NodeJS.ProcessEnv} env */
const request = (env) => ({ root, cacheDir: path.join(root, '.cache'), facts, executable: '/nowhere/electron', env });

/** As much of the package as is looked at before the build. */
function installAddon() {
  const addon = path.join(root, 'node_modules', 'unix-dgram');
  for (const folder of ['src', 'lib']) mkdirSync(path.join(addon, folder), { recursive: true });
  writeFileSync(path.join(addon, 'package.json'), '{}');
  return addon;
}

test.skipIf(process.platform === 'win32')(
  'without a compiler it is unavailable with the line to run, and stays so until one appears',
  async () => {
    installAddon();
    const without = request({ PATH: path.join(root, 'empty') });
    const result = await buildAddon(unixDgramAddon, without);
    expect(result).toMatchObject({
      status: 'unavailable',
      reason: expect.stringContaining('sudo apt-get install -y g++ make python3'),
    });
    expect(recordedAddon(unixDgramAddon, without)).toEqual(result);
    expect(recordedAddon(unixDgramAddon, request({ PATH: process.env.PATH }))).toBeNull();
  },
);

test("an addon that isn't installed is unavailable, and says what brings it", async () => {
  const result = await buildAddon(unixDgramAddon, request({ PATH: '' }));
  expect(result).toMatchObject({ status: 'unavailable', reason: expect.stringMatching(/--include=optional|Windows/) });
});

test('a failed build leaves no addon behind, and changed sources make a new one due', async () => {
  const addon = installAddon();
  const without = request({ PATH: '' });
  await buildAddon(unixDgramAddon, without);
  const [base] = readdirSync(path.join(root, '.cache', 'native'));
  expect(readdirSync(path.join(root, '.cache', 'native', base ?? ''))).toEqual(['outcome-of-unix-dgram.json']);
  writeFileSync(path.join(addon, 'src', 'unix_dgram.cc'), 'changed');
  expect(recordedAddon(unixDgramAddon, without)).toBeNull();
});

test.skipIf(process.platform !== 'linux')(
  "Bulkhead's own addon is rebuilt when any of its sources changes",
  async () => {
    const folder = path.join(root, 'native');
    mkdirSync(path.join(folder, 'src', 'core'), { recursive: true });
    for (const name of ['binding.gyp', 'package.json', 'index.d.ts', 'src/core/clock.c'])
      writeFileSync(path.join(folder, name), '');
    const without = request({ PATH: '' });
    const result = await buildAddon(bulkheadNativeAddon, without);
    expect(result).toMatchObject({ status: 'unavailable', reason: expect.stringContaining('sudo apt-get install') });
    expect(recordedAddon(bulkheadNativeAddon, without)).toEqual(result);
    writeFileSync(path.join(folder, 'src', 'core', 'clock.c'), 'changed');
    expect(recordedAddon(bulkheadNativeAddon, without)).toBeNull();
  },
);

test("without its sources Bulkhead's own addon is unavailable, and says so", async () => {
  const result = await buildAddon(bulkheadNativeAddon, request({ PATH: '' }));
  expect(result).toMatchObject({ status: 'unavailable', reason: expect.stringMatching(/folder `native`|Linux/) });
});
