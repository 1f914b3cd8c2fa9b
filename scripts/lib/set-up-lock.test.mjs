// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeFailure } from './set-up-error.mjs';
import { isStale, thisHolder, withSetUpLock } from './set-up-lock.mjs';

/** @type {string} */
let folder;
/** @type {string} */
let lock;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-lock-'));
  lock = path.join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** No process has it: the kernel's own limit is lower. */
const deadPid = 2 ** 30;

test('two never work at the same time, and the lock is gone afterwards', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside -= 1;
  };
  await Promise.all([withSetUpLock(lock, work), withSetUpLock(lock, work), withSetUpLock(lock, work)]);
  expect(most).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock is released when the work fails', async () => {
  await expect(withSetUpLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(lock)).toBe(false);
});

test('a folder in which nothing can be written is told with what to do', async () => {
  const file = path.join(folder, 'no-folder');
  writeFileSync(file, '');
  const failed = await withSetUpLock(path.join(file, 'lock'), async () => 'worked').catch((error) => error);
  expect(describeFailure(failed)).toMatch(/^Nothing can be written in .*no-folder: EEXIST.*\n.*a copy of your own\.$/s);
});

test("a dead holder's lock is taken over", async () => {
  writeFileSync(lock, JSON.stringify({ pid: deadPid, startedAt: '1', host: hostname() }));
  expect(await withSetUpLock(lock, async () => 'worked')).toBe('worked');
});

test('whoever waits is told for whom, once', async () => {
  /** @type {unknown[]} */
  const told = [];
  const first = withSetUpLock(lock, () => new Promise((resolve) => setTimeout(resolve, 600)));
  await expect.poll(() => existsSync(lock)).toBe(true);
  await withSetUpLock(
    lock,
    async () => {},
    (holder) => told.push(holder?.pid),
  );
  await first;
  expect(told).toEqual([process.pid]);
});

test('this process is no stale holder; a reused pid is', () => {
  expect(isStale(thisHolder(), 0)).toBe(false);
  if (thisHolder().startedAt !== null) expect(isStale({ ...thisHolder(), startedAt: '1' }, 0)).toBe(true);
});

test.runIf(process.platform === 'linux')('a holder that is dead and not yet counted is stale', async () => {
  // The shell becomes another program, which never asks after the child that it doesn't know of; only then it ends.
  const parent = spawn(
    'sh',
    ['-c', '(until [ "$(cat /proc/$$/comm)" = sleep ]; do :; done) & echo $!; exec sleep 600'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
  const stat = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  await expect.poll(() => stat()[0]).toBe('Z');
  expect(isStale({ pid, startedAt: stat()[19] ?? null, host: hostname() }, 0)).toBe(true);
  parent.kill('SIGKILL');
});

test('a holder on another host is judged by its heartbeat', () => {
  const foreign = { pid: deadPid, startedAt: '1', host: 'elsewhere.test' };
  expect(isStale(foreign, 10_000)).toBe(false);
  expect(isStale(foreign, 120_000)).toBe(true);
});

test.runIf(process.platform === 'linux')(
  'what a killed holder left running is ended before its lock is taken over',
  async () => {
    const orphan = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    const gone = new Promise((resolve) => orphan.once('exit', (_code, signal) => resolve(signal)));
    const stat = readFileSync(`/proc/${orphan.pid}/stat`, 'utf8');
    const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    writeFileSync(lock, JSON.stringify({ pid: deadPid, startedAt: '1', host: hostname() }));
    writeFileSync(`${lock}.running`, JSON.stringify([{ pid: orphan.pid, startedAt, host: hostname() }]));
    await withSetUpLock(lock, async () => {});
    expect(await gone).toBe('SIGKILL');
    expect(readdirSync(folder)).toEqual([]);
  },
);
