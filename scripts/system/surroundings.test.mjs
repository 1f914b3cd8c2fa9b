// @ts-check
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkOpenFiles, checkProfile, checkTemporaryFolder } from './surroundings.mjs';

const bulkhead = fileURLToPath(new URL('../../bin/bulkhead', import.meta.url));
/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-around-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

/**
 * The command as a person runs it, by a shell that first does something to its own surroundings. None of these
 * comes as far as Electron.
 *
 * @param {string} before
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @param {readonly string[]} [wrapper]
 */
function run(before, args, env = {}, wrapper = []) {
  const script = `cd "$1"; shift; ${before}; exec "$@"`;
  const words = [...wrapper, 'sh', '-c', script, 'sh', folder, process.execPath, bulkhead, ...args];
  const [file = '', ...rest] = words;
  const { status, stderr } = spawnSync(file, rest, {
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', HOME: folder, XDG_CONFIG_HOME: folder, ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stderr };
}
const profile = () => path.join(folder, 'profile');
const headless = () => ['run', '--headless', '--duration', '1', '--export', folder, '--profile', profile()];
const said = (/** @type {string} */ text) => ({ status: 1, stderr: expect.stringContaining(text) });

test.runIf(process.platform === 'linux')('too few descriptors are told, with the line that fixes it', () => {
  for (const limit of [64, 100]) expect(run(`ulimit -n ${limit}`, headless())).toEqual(said('ulimit -n 1024'));
  expect(run('ulimit -n 100', ['bench', '-n', '10'])).toEqual(said('may open only 100 files'));
});

test('enough descriptors, none to count and no limit are in nobody’s way', () => {
  for (const limits of ['Max open files            256                  4096                 files', 'unlimited', null])
    expect(() => checkOpenFiles(limits)).not.toThrow();
});

test.skipIf(process.platform === 'win32')('a temporary folder that is missing, or a file, is told', () => {
  writeFileSync(path.join(folder, 'file'), '');
  expect(run(':', headless(), { TMPDIR: path.join(folder, 'none') })).toEqual(
    said("none can't be used: it is not there"),
  );
  expect(run(':', headless(), { TMPDIR: path.join(folder, 'file') })).toEqual(said("file can't be used: it is a file"));
  expect(run(':', headless(), { TMPDIR: '/proc/nope' })).toEqual(said("/proc/nope can't be used: it is not there"));
  expect(run(':', ['serve', '--method', 'tcp', '--port', '0'], { TMPDIR: path.join(folder, 'none') })).toEqual(
    said("none can't be used: it is not there"),
  );
  expect(readdirSync(folder)).toEqual(['file']);
});

test.skipIf(process.platform === 'win32')('a signal while the temporary folder is tried leaves nothing there', () => {
  mkdirSync(path.join(folder, 't'));
  const hook = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { mkdtempSync } = fs;
    fs.mkdtempSync = (...args) => {
      const made = mkdtempSync(...args);
      process.kill(process.pid, 'SIGINT');
      return made;
    };
    syncBuiltinESMExports();`;
  const env = {
    TMPDIR: path.join(folder, 't'),
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`,
  };
  expect(run(':', ['bench', '-n', '10'], env)).toMatchObject({ status: 130 });
  expect(readdirSync(path.join(folder, 't'))).toEqual([]);
});

/** How a mount of one's own can be made here: root has the right, and some ordinary users may give it to themselves. */
const mounting =
  process.platform !== 'linux'
    ? null
    : [[], ['unshare', '-rm']].find(
        (wrapper) =>
          spawnSync('unshare', [...wrapper.slice(1), '-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0,
      );

test.skipIf(mounting === null || mounting === undefined)('a temporary folder that is full is told', () => {
  mkdirSync(path.join(folder, 't'));
  const full = 'mount -t tmpfs -o size=64k none t && ! dd if=/dev/zero of=t/fill bs=1k count=100 2>/dev/null';
  const wrapper = ['unshare', ...(mounting ?? []).slice(1), '-m'];
  expect(run(full, headless(), { TMPDIR: path.join(folder, 't') }, wrapper)).toEqual(
    said("t can't be used: it is full"),
  );
});

test.skipIf(mounting === null || mounting === undefined)('a file system that is read-only is told', () => {
  mkdirSync(path.join(folder, 't'));
  const readOnly = 'mount -t tmpfs -o ro none t';
  const wrapper = ['unshare', ...(mounting ?? []).slice(1), '-m'];
  const told = said("t can't be used: its file system is read-only");
  expect(run(readOnly, headless(), { TMPDIR: path.join(folder, 't') }, wrapper)).toEqual(told);
  const asProfile = ['run', '--headless', '--export', folder, '--profile', path.join(folder, 't')];
  expect(run(readOnly, asProfile, {}, wrapper)).toEqual(told);
});

test('a folder that nobody may write to is told', (context) => {
  if (process.getuid?.() === 0) context.skip('root may write anywhere');
  if (process.platform === 'win32') context.skip('Windows keeps no such mode');
  chmodSync(folder, 0o500);
  expect(() => checkTemporaryFolder(folder)).toThrow('you may not write there');
  expect(() => checkProfile(folder)).toThrow('you may not write there');
});

test.skipIf(process.platform === 'win32').each(['file', 'folder'])(
  'a %s in the place of the lock is told, and no running Bulkhead',
  (kind) => {
    mkdirSync(profile());
    const lock = path.join(profile(), 'SingletonLock');
    if (kind === 'file') writeFileSync(lock, '');
    else mkdirSync(lock);
    const { status, stderr } = run(':', headless());
    expect(status).toBe(1);
    expect(stderr).toContain(`mv "${lock}"`);
    expect(stderr).not.toContain('already running');
  },
);

test('a lock as Chromium makes it is left to Chromium', () => {
  symlinkSync('somewhere-4711', path.join(folder, 'SingletonLock'));
  expect(() => checkProfile(folder)).not.toThrow();
  expect(readdirSync(folder)).toEqual(['SingletonLock']);
});

test.runIf(process.platform === 'linux')('a display that is not there is told, with the way to do without', () => {
  const windowed = ['run', '--duration', '1', '--export', folder, '--profile', profile()];
  expect(run(':', windowed, { DISPLAY: ':4712' })).toEqual(said('bin/bulkhead run --headless'));
});

test.runIf(process.platform === 'linux').each([
  ['run', '--headless', '--export', '/proc/nope/x'],
  ['run', '--headless', '--profile', '/proc/nope/x'],
  ['bench', '-n', '10', '--json', '/proc/nope/x/out.json'],
  ['bench', '-n', '10', '--hgrm', '/proc/nope/x'],
  ['ping', '--method', 'tcp', '--port', '1', '--out', '/proc/nope/x/out.json'],
])('%s … %s %s %s %s: a folder that can not exist is refused at once', (...args) => {
  expect(run(':', args)).toEqual(said('/proc/nope/x could not be made'));
});

test.runIf(process.platform === 'linux')('a profile folder that can not be made names the option for another', () => {
  expect(run(':', ['run', '--headless', '--profile', '/proc/nope/x'])).toEqual(said('bin/bulkhead run --profile DIR'));
});
