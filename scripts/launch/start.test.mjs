// @ts-check
import process from 'node:process';
import { expect, test } from 'vitest';
import { startAndFollow } from './start.mjs';

// Real processes, with Node in Electron's place.
const app = (/** @type {string} */ code) => ({
  executable: process.execPath,
  args: ['-e', `const tell = (text) => require('fs').writeSync(3, text); ${code}`],
  env: process.env,
});
const hangs = app('setInterval(() => {}, 1000)');
const dies = app("process.kill(process.pid, 'SIGSEGV')");
const works = app("tell('w'); tell('s'); setTimeout(() => process.exit(0), 50)");
const short = { windowMs: 60_000, startedMs: 2_000 };
const generous = { windowMs: 60_000, startedMs: 60_000 };

test('an app that came up ends as it ends', async () => {
  expect(await startAndFollow([app("tell('ws'); process.exit(7)")], process.cwd(), generous)).toBe(7);
});

test('what the app has said itself is not said again', async () => {
  const told = app("console.error('It is not to be had. Name another.'); process.exit(3)");
  expect(await startAndFollow([told], process.cwd(), generous)).toBe(3);
});

test.skipIf(process.platform === 'win32')('one that dies before its window is started in another way', async () => {
  expect(await startAndFollow([dies, works], process.cwd(), generous)).toBe(0);
});

test('one that hangs before its window is ended, and started in another way', async () => {
  expect(await startAndFollow([hangs, works], process.cwd(), { ...generous, windowMs: 8_000 })).toBe(0);
});

test.skipIf(process.platform === 'win32')('one that dies without a word is told, with what to do', async () => {
  await expect(startAndFollow([dies], process.cwd(), generous)).rejects.toMatchObject({
    message: expect.stringMatching(/before it had made its window \(killed by SIGSEGV\)/),
    nextStep: expect.stringContaining('--enable-logging'),
  });
});

test('one that leaves without a word is told as well', async () => {
  await expect(startAndFollow([app('process.exit(1)')], process.cwd(), generous)).rejects.toThrow('exit code 1');
});

test('one that hangs with its window made says nothing about how it was started', async () => {
  const stuck = app("tell('w'); setInterval(() => {}, 1000)");
  await expect(startAndFollow([stuck, works], process.cwd(), short)).rejects.toThrow('had not come up after 2 s');
});
