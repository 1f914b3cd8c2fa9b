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
import { RunDirectory } from './run-directory';
import { StartError } from './shutdown';
import { processStartTime } from './process-table';

let base = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'bulkhead-test-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(base, { recursive: true, force: true });
});

/** A further run begins. */
function makeAnother(): RunDirectory {
  return new RunDirectory(base);
}

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

/** What a run with this owner would have left, or have in use. */
function directoryOf(owner: { pid: number; startTime: string | null } | null, maker = process.pid): string {
  const directory = mkdtempSync(join(base, `bulkhead-run-${maker}-`));
  if (owner !== null) writeFileSync(join(directory, 'owner.json'), JSON.stringify(owner));
  writeFileSync(join(directory, 'c1.b'), '');
  return directory;
}

test.runIf(process.platform !== 'win32')('the directory is its owner’s alone', () => {
  expect(statSync(new RunDirectory(base).path).mode & 0o777).toBe(0o700);
});

test('two directories of one process are two', () => {
  const first = new RunDirectory(base).path;
  expect(new RunDirectory(base).path).not.toBe(first);
  expect(existsSync(first)).toBe(true);
});

test('removing it takes everything in it along', () => {
  const directory = new RunDirectory(base);
  writeFileSync(join(directory.path, 'c1.b'), '');
  directory.remove();
  expect(readdirSync(base)).toEqual([]);
});

test('removing it a second time does nothing', () => {
  const directory = new RunDirectory(base);
  directory.remove();
  expect(() => directory.remove()).not.toThrow();
});

test('the directory of a dead process is removed', async () => {
  const stale = directoryOf({ pid: await deadPid(), startTime: '1' });
  makeAnother();
  expect(existsSync(stale)).toBe(false);
});

test('the directory of a living process stays', () => {
  const pid = otherProcess();
  const live = directoryOf({ pid, startTime: processStartTime(pid) });
  makeAnother();
  expect(existsSync(join(live, 'c1.b'))).toBe(true);
});

test.runIf(process.platform === 'linux')(
  'the directory of a dead process whose pid was taken by another is removed',
  () => {
    const stale = directoryOf({ pid: otherProcess(), startTime: '1' });
    makeAnother();
    expect(existsSync(stale)).toBe(false);
  },
);

test('a directory without an owner stays while it is young: its maker may be about to write it', () => {
  const young = directoryOf(null);
  makeAnother();
  expect(existsSync(young)).toBe(true);
});

test('a directory without an owner goes when its maker is dead: it was killed in the middle of removing it', async () => {
  const left = directoryOf(null, await deadPid());
  makeAnother();
  expect(existsSync(left)).toBe(false);
});

test('a directory without an owner goes when it is old', () => {
  const old = directoryOf(null);
  utimesSync(old, new Date(0), new Date(0));
  makeAnother();
  expect(existsSync(old)).toBe(false);
});

test('an owner file that is no JSON is no owner', () => {
  const old = directoryOf(null);
  writeFileSync(join(old, 'owner.json'), '{ "pid": ');
  utimesSync(old, new Date(0), new Date(0));
  makeAnother();
  expect(existsSync(old)).toBe(false);
});

test('what is not Bulkhead’s is not touched', () => {
  mkdirSync(join(base, 'somebody-elses-run-1'));
  writeFileSync(join(base, 'notes.txt'), 'mine');
  utimesSync(join(base, 'notes.txt'), new Date(0), new Date(0));
  makeAnother();
  expect(readdirSync(base)).toEqual(expect.arrayContaining(['somebody-elses-run-1', 'notes.txt']));
});

test.runIf(process.platform !== 'win32')('what a link of that name points to is not touched', () => {
  const precious = join(base, 'precious');
  mkdirSync(precious);
  writeFileSync(join(precious, 'file'), 'mine');
  utimesSync(precious, new Date(0), new Date(0));
  symlinkSync(precious, join(base, 'bulkhead-run-1'));
  makeAnother();
  expect(readFileSync(join(precious, 'file'), 'utf8')).toBe('mine');
});

test.each([
  ['removed', (path: string) => rmSync(path, { recursive: true })],
  ['emptied', (path: string) => readdirSync(path).forEach((name) => rmSync(join(path, name)))],
])('one that was %s under the run is made anew, once', async (_how, doIt) => {
  const directory = new RunDirectory(base);
  const first = directory.path;
  expect(await directory.renewIfGone()).toBe(false);
  doIt(first);
  expect(await directory.renewIfGone()).toBe(true);
  expect(directory.path).not.toBe(first);
  expect(await directory.renewIfGone()).toBe(false);
  expect(readdirSync(base)).toHaveLength(1);
});

test('one that was removed at the end is not made anew', async () => {
  const directory = new RunDirectory(base);
  directory.remove();
  expect(await directory.renewIfGone()).toBe(false);
  expect(readdirSync(base)).toEqual([]);
});

test('a folder that is missing, or none, is a reason that a person can do something about', async () => {
  const file = join(base, 'file');
  writeFileSync(file, '');
  for (const wrong of [join(base, 'missing'), file])
    expect(() => new RunDirectory(wrong)).toThrow(new RegExp(`temporary folder ${wrong} can't be used: .*TMPDIR`));
  const directory = new RunDirectory(base);
  rmSync(base, { recursive: true });
  await expect(directory.renewIfGone()).rejects.toThrow(StartError);
});
