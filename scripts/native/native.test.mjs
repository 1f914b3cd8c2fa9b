// @ts-check
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readJsonOrNull } from '../lib/files.mjs';
import { projectRoot } from '../lib/paths.mjs';
import { contextFile } from '../setup/run-set-up.mjs';
import { buildAddon, recordedAddon } from './addon.mjs';
import { bulkheadNativeAddon } from './bulkhead-native.mjs';
import { findBuildTools } from './compiler.mjs';
import { nodeHeadersFor } from './headers.mjs';
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

test('a finished addon holds without a compiler, and when python3 has moved', async () => {
  const made = await madeReady();
  for (const PATH of [process.env.PATH, '', path.join(root, 'moved')])
    expect(recordedAddon(unixDgramAddon, request({ PATH }))).toEqual({ status: 'ready', dir: made });
});

/**
 * A real outcome that says ready, without minutes of building: what a build that failed recorded, with its status
 * changed and the folder put in place.
 */
async function madeReady() {
  installAddon();
  await buildAddon(unixDgramAddon, request({ PATH: '' }));
  const [abi] = readdirSync(path.join(root, '.cache', 'native'));
  const base = path.join(root, '.cache', 'native', abi ?? '');
  const record = path.join(base, 'outcome-of-unix-dgram.json');
  writeFileSync(record, JSON.stringify({ key: readJsonOrNull(record).key, status: 'ready' }));
  mkdirSync(path.join(base, 'unix-dgram'));
  return path.join(base, 'unix-dgram');
}

const context = readJsonOrNull(contextFile(projectRoot));
const ownHeaders = path.join(path.dirname(path.dirname(process.execPath)), 'include', 'node', 'node_api.h');

test.skipIf(!existsSync(ownHeaders))(
  "Node's own headers serve where they are there, whatever the runtime",
  async () => {
    const headers = await nodeHeadersFor({
      ...request({}),
      nodeGyp: '/nowhere',
      facts: { ...facts, electron: '45.4.1' },
    });
    expect(path.join(headers, 'include', 'node', 'node_api.h')).toBe(ownHeaders);
  },
);

test.skipIf(!existsSync(ownHeaders) || context === null || findBuildTools(process.env).missing.length > 0)(
  "Bulkhead's own addon is built with nothing of Electron's, and works in the runtime",
  async () => {
    for (const name of ['native', 'node_modules']) symlinkSync(path.join(projectRoot, name), path.join(root, name));
    // A version that nobody has published: its headers can't be had.
    const unpublished = { ...facts, electron: '45.999.0', modules: '999' };
    const built = await buildAddon(bulkheadNativeAddon, {
      ...request({ ...process.env }),
      facts: unpublished,
      executable: context.runtime.executable,
    });
    expect(built).toMatchObject({ status: 'ready' });
    expect(existsSync(path.join(root, '.cache', 'headers'))).toBe(false);
  },
);

test('nan is new enough for the V8 of current runtimes, whatever unix-dgram asks for', () => {
  const { overrides } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
  const { packages } = JSON.parse(readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8'));
  const [major, minor] = overrides.nan.split('.').map(Number);
  expect([major, minor >= 29]).toEqual([2, true]);
  expect(packages['node_modules/nan'].version).toBe(overrides.nan);
});
