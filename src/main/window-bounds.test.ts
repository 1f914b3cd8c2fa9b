import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fitWindow, readWindow, rememberWindow } from './window-bounds';

const folder = mkdtempSync(join(tmpdir(), 'window-bounds-'));
afterAll(() => rmSync(folder, { recursive: true }));

const screen = (width: number, height: number, x = 0, y = 0) => ({ x, y, width, height });

test.each([
  [screen(1920, 1080), { width: 1280, height: 820 }],
  [screen(1366, 768), { width: 1280, height: 768 }],
  [screen(800, 600), { width: 800, height: 600 }],
])('a first window is no larger than a screen of $width × $height', (present, bounds) => {
  expect(fitWindow(null, [present])).toEqual({ bounds, maximized: false });
});

test('a window comes back where it was, on whichever screen', () => {
  const last = { ...screen(900, 700, 2000, 50), maximized: true };
  expect(fitWindow(last, [screen(1920, 1080), screen(1280, 1024, 1920, 0)])).toEqual({
    bounds: screen(900, 700, 2000, 50),
    maximized: true,
  });
});

test('a window that was larger than the screen now is, or half outside it, is fitted into it', () => {
  expect(fitWindow({ ...screen(1800, 1000, 100, 50), maximized: false }, [screen(1366, 768)]).bounds).toEqual(
    screen(1366, 768),
  );
  expect(fitWindow({ ...screen(1000, 700, -300, 400), maximized: false }, [screen(1366, 768)]).bounds).toEqual(
    screen(1000, 700, 0, 68),
  );
});

test('a window whose screen is gone has its usual size on the main one', () => {
  const last = { ...screen(900, 700, 2000, 50), maximized: true };
  expect(fitWindow(last, [screen(1366, 768)])).toEqual({ bounds: { width: 1280, height: 768 }, maximized: false });
});

test('what was remembered is read again', () => {
  const path = join(folder, 'window.json');
  rememberWindow(path, screen(900, 700, 20, 50), true);
  expect(readWindow(path)).toEqual({ ...screen(900, 700, 20, 50), maximized: true });
});

test.each([
  '',
  'null',
  '[]',
  '{"x":0}',
  '{"x":0,"y":0,"width":-5,"height":1}',
  '{"x":"a","y":0,"width":1e999,"height":1}',
])('what can not be a place of a window is none: %s', (text) => {
  const path = join(folder, 'bad.json');
  writeFileSync(path, text);
  expect(readWindow(path)).toBeNull();
});

test('a place that can not be remembered, or was never, is no error', () => {
  const path = join(folder, 'not-there', 'window.json');
  expect(() => rememberWindow(path, screen(1, 1), false)).not.toThrow();
  expect(readWindow(path)).toBeNull();
});
