import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunDirectory, removeRunDirectory } from './run-directory';

let base = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'bulkhead-test-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(base, { recursive: true, force: true });
});

/** Another process that lives until the test is over. */
function otherProcess(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  children.push(child);
  return child.pid as number;
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid as number;
}

/** Field 22 of /proc/PID/stat, as the owner of a directory writes it down. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** What a run with this owner would have left, or have in use. */
function directoryOf(owner: { pid: number; startTime: string | null } | null): string {
  const directory = mkdtempSync(join(base, 'bulkhead-run-'));
  if (owner !== null) writeFileSync(join(directory, 'owner.json'), JSON.stringify(owner));
  writeFileSync(join(directory, 'c1.b'), '');
  return directory;
}

test.runIf(process.platform !== 'win32')('the directory is its owner’s alone', () => {
  expect(statSync(createRunDirectory(base)).mode & 0o777).toBe(0o700);
});

test('two directories of one process are two', () => {
  const first = createRunDirectory(base);
  expect(createRunDirectory(base)).not.toBe(first);
  expect(existsSync(first)).toBe(true);
});

test('removing it takes everything in it along', () => {
  const directory = createRunDirectory(base);
  writeFileSync(join(directory, 'c1.b'), '');
  removeRunDirectory(directory);
  expect(readdirSync(base)).toEqual([]);
});

test('removing it a second time does nothing', () => {
  const directory = createRunDirectory(base);
  removeRunDirectory(directory);
  expect(() => removeRunDirectory(directory)).not.toThrow();
});

test('the directory of a dead process is removed', async () => {
  const stale = directoryOf({ pid: await deadPid(), startTime: '1' });
  createRunDirectory(base);
  expect(existsSync(stale)).toBe(false);
});

test('the directory of a living process stays', () => {
  const pid = otherProcess();
  const live = directoryOf({ pid, startTime: startTimeOf(pid) });
  createRunDirectory(base);
  expect(existsSync(join(live, 'c1.b'))).toBe(true);
});

test.runIf(process.platform === 'linux')(
  'the directory of a dead process whose pid was taken by another is removed',
  () => {
    const stale = directoryOf({ pid: otherProcess(), startTime: '1' });
    createRunDirectory(base);
    expect(existsSync(stale)).toBe(false);
  },
);

test('a directory without an owner stays while it is young: its maker may be about to write it', () => {
  const young = directoryOf(null);
  createRunDirectory(base);
  expect(existsSync(young)).toBe(true);
});

test('a directory without an owner goes when it is old', () => {
  const old = directoryOf(null);
  utimesSync(old, new Date(0), new Date(0));
  createRunDirectory(base);
  expect(existsSync(old)).toBe(false);
});

test('an owner file that is no JSON is no owner', () => {
  const old = directoryOf(null);
  writeFileSync(join(old, 'owner.json'), '{ "pid": ');
  utimesSync(old, new Date(0), new Date(0));
  createRunDirectory(base);
  expect(existsSync(old)).toBe(false);
});

test('what is not Bulkhead’s is not touched', () => {
  mkdirSync(join(base, 'somebody-elses-run-1'));
  writeFileSync(join(base, 'notes.txt'), 'mine');
  utimesSync(join(base, 'notes.txt'), new Date(0), new Date(0));
  createRunDirectory(base);
  expect(readdirSync(base)).toEqual(expect.arrayContaining(['somebody-elses-run-1', 'notes.txt']));
});

test.runIf(process.platform !== 'win32')('what a link of that name points to is not touched', () => {
  const precious = join(base, 'precious');
  mkdirSync(precious);
  writeFileSync(join(precious, 'file'), 'mine');
  utimesSync(precious, new Date(0), new Date(0));
  symlinkSync(precious, join(base, 'bulkhead-run-1'));
  createRunDirectory(base);
  expect(readFileSync(join(precious, 'file'), 'utf8')).toBe('mine');
});
