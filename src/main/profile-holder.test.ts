import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whyRefused } from './profile-holder';
import { worded } from '../../tests/support/worded';

let profile = '';
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'bulkhead-profile-'));
});
afterEach(() => rmSync(profile, { recursive: true, force: true }));

const lock = (target: string) => symlinkSync(target, join(profile, 'SingletonLock'));

test('a process that lives and holds the lock is told as running, with its pid', () => {
  lock(`${hostname()}-${process.ppid}`);
  expect(worded(whyRefused(profile))).toEqual({
    exitCode: 3,
    message: expect.stringContaining(`already running with this profile (process ${process.ppid})`) as string,
  });
});

test.runIf(process.platform === 'linux')(
  'a dead holder does not run, nor does one that only waits to be counted',
  async () => {
    const parent = spawn(
      'sh',
      ['-c', '(until [ "$(cat /proc/$$/comm)" = sleep ]; do :; done) & echo $!; exec sleep 600'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const zombie = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
    lock(`${hostname()}-${zombie}`);
    await expect.poll(() => whyRefused(profile).exitCode).toBe(1);
    parent.kill('SIGKILL');
  },
);

test('a lock of this process itself is one that could not be finished', () => {
  lock(`${hostname()}-${process.pid}`);
  expect(worded(whyRefused(profile))).toMatchObject({
    exitCode: 1,
    message: expect.stringContaining('could not be locked') as string,
  });
});

test('a lock from another host is told with what to do', () => {
  lock('elsewhere.test-4711');
  expect(worded(whyRefused(profile))).toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/elsewhere\.test.*rm "/) as string,
  });
});

test('no lock, or something else in its place, is no running Bulkhead', () => {
  expect(whyRefused(profile).exitCode).toBe(1);
  mkdirSync(join(profile, 'SingletonLock'));
  expect(whyRefused(profile).exitCode).toBe(1);
});

test('on Windows there is no link to read', () => {
  expect(worded(whyRefused(profile, 'win32'))).toMatchObject({ exitCode: 3 });
});
