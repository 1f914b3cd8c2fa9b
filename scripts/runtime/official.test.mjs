// @ts-check
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { explainInstaller, findInstalled, watchGrowth } from './official.mjs';

/** @type {string} */
let root;
/** @type {string} */
let electron;

beforeEach(() => {
  vi.useFakeTimers();
  root = mkdtempSync(path.join(tmpdir(), 'bulkhead-official-'));
  electron = path.join(root, 'node_modules', 'electron');
  mkdirSync(path.join(electron, 'dist'), { recursive: true });
  writeFileSync(path.join(electron, 'package.json'), JSON.stringify({ version: '45.4.1' }));
  writeFileSync(path.join(electron, 'dist', 'electron'), '');
  writeFileSync(path.join(electron, 'dist', 'version'), '45.4.1');
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(root, { recursive: true, force: true });
});

test('finds an installed official runtime', () => {
  writeFileSync(path.join(electron, 'path.txt'), 'electron');
  expect(findInstalled(root, 'linux')).toMatchObject({
    version: '45.4.1',
    executable: path.join(electron, 'dist', 'electron'),
  });
});

test("an installation that was cut short has no path.txt and isn't taken", () => {
  expect(findInstalled(root, 'linux')).toBeNull();
});

test("the runtime of another version isn't taken", () => {
  writeFileSync(path.join(electron, 'path.txt'), 'electron');
  writeFileSync(path.join(electron, 'dist', 'version'), '44.0.0');
  expect(findInstalled(root, 'linux')).toBeNull();
});

/** @param {() => number} measure */
function watch(measure) {
  const stop = vi.fn();
  const end = watchGrowth(measure, { stop, onProgress: () => {} }, () => Date.now());
  return { stop, end };
}

test('gives up early when nothing ever arrives', () => {
  const { stop, end } = watch(() => 0);
  vi.advanceTimersByTime(19_000);
  expect(stop).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2_000);
  expect(stop).toHaveBeenCalledWith('nothing arrived within 20 s');
  end();
});

test('a slow download goes on for as long as something arrives', () => {
  let bytes = 0;
  const { stop, end } = watch(() => bytes);
  for (let minute = 0; minute < 10; minute += 1) {
    bytes += 1_000;
    vi.advanceTimersByTime(55_000);
  }
  expect(stop).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(stop).toHaveBeenCalledWith('the download stood still for 60 s');
  end();
});

test.each([
  ['TypeError: fetch failed\n at x', 'its download host could not be reached'],
  ['HTTPError: Response code 403 (Forbidden) for somewhere', 'its download host answered 403 (Forbidden)'],
  ['Error [ERR_REQUIRE_ESM]: require() of ES Module', 'its installer needs Node 20.19, 22.12 or later'],
  ['something new', 'exit code 1'],
])('explains %j', (output, reason) => {
  expect(explainInstaller(output, 'exit code 1')).toBe(reason);
});
