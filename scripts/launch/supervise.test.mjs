// @ts-check
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { expect, test, vi } from 'vitest';
import { askToEnd, exitCodeOf, forwardSignals, superviseApp } from './supervise.mjs';

function press() {
  const target = new EventEmitter();
  /** @type {string[]} */
  const sent = [];
  let nowMs = 0;
  const end = forwardSignals((signal) => sent.push(signal), {
    target: /** @type {any} */ (target),
    nowMs: () => nowMs,
  });
  return {
    sent,
    end,
    target,
    signal: (/** @type {string} */ name, /** @type {number} */ atMs) =>
      ((nowMs = atMs), target.emit(name)),
  };
}

test('the first signal is passed on, the second asks harder, the third kills', () => {
  const { sent, signal } = press();
  signal('SIGINT', 0);
  signal('SIGINT', 1_000);
  signal('SIGINT', 2_000);
  expect(sent).toEqual(['SIGINT', 'SIGTERM', 'SIGKILL']);
});

test('one key press that arrives twice counts once', () => {
  const { sent, signal } = press();
  signal('SIGINT', 0);
  signal('SIGINT', 20);
  expect(sent).toEqual(['SIGINT']);
});

test('SIGTERM and SIGHUP are passed on as they are', () => {
  for (const name of ['SIGTERM', 'SIGHUP']) {
    const { sent, signal } = press();
    signal(name, 0);
    expect(sent).toEqual([name]);
  }
});

test('nothing is listened to after the end', () => {
  const { end, target } = press();
  end();
  expect(target.eventNames()).toEqual([]);
});

// Real processes, with Node in Electron's place.
/** @param {string} code */
const supervise = async (code) =>
  exitCodeOf(await superviseApp({ executable: process.execPath, args: ['-e', code], env: process.env }, process.cwd()));

test("the app's exit code is handed on", async () => {
  expect(await supervise('process.exit(7)')).toBe(7);
});

test.skipIf(process.platform === 'win32')('death by a signal becomes 128 + n', async () => {
  expect(await supervise("process.kill(process.pid, 'SIGKILL')")).toBe(137);
});

test.skipIf(process.platform === 'win32')('the lifeline is open while the launcher lives', async () => {
  const code =
    "const s = new (require('net').Socket)({ fd: 3 }); s.on('close', () => process.exit(1)); s.resume(); setTimeout(() => process.exit(0), 300);";
  expect(await supervise(code)).toBe(0);
});

test.each([
  ['win32', 5, null],
  ['linux', null, 'SIGINT'],
])('on %s the app is asked to end so that it can', async (platform, code, signal) => {
  const script =
    "const s = new (require('net').Socket)({ fd: 3 }); s.on('close', () => process.exit(5)); s.resume(); console.log('up');";
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  askToEnd(child, 'SIGINT', /** @type {NodeJS.Platform} */ (platform));
  expect(await new Promise((resolve) => child.once('exit', (...end) => resolve(end)))).toEqual([code, signal]);
});

test.skipIf(process.platform === 'win32')('what the app leaves in its process group is ended', async () => {
  const code =
    "const c = require('child_process').spawn('sleep', ['600'], { stdio: 'ignore' }); require('fs').writeFileSync(process.env.PID_FILE, String(c.pid)); process.exit(0);";
  const { mkdtempSync, rmSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const folder = mkdtempSync(`${tmpdir()}/bulkhead-supervise-`);
  const pidFile = `${folder}/pid`;
  await superviseApp(
    { executable: process.execPath, args: ['-e', code], env: { ...process.env, PID_FILE: pidFile } },
    folder,
  );
  const pid = Number(readFileSync(pidFile, 'utf8'));
  rmSync(folder, { recursive: true });
  await expect.poll(() => isRunning(pid)).toBe(false);
});

test.skipIf(process.platform === 'win32')(
  'the folders of an app that was killed are removed, and no others',
  async () => {
    const code = `
    const { mkdirSync, writeFileSync } = require('fs');
    for (const of of [process.pid, process.pid + '0']) {
      mkdirSync(process.env.TMPDIR + '/bulkhead-run-' + of + '-abc');
      writeFileSync(process.env.TMPDIR + '/bulkhead-run-' + of + '-abc/socket', '');
    }
    process.kill(process.pid, 'SIGKILL');`;
    const { mkdtempSync, readdirSync, rmSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const folder = mkdtempSync(`${tmpdir()}/bulkhead-supervise-`);
    vi.stubEnv('TMPDIR', folder);
    try {
      await superviseApp({ executable: process.execPath, args: ['-e', code], env: process.env }, folder);
      expect(readdirSync(folder)).toEqual([expect.stringMatching(/^bulkhead-run-\d+0-abc$/)]);
    } finally {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
  },
);

test.runIf(process.platform === 'linux')(
  'Ctrl+Z stops this process alone, which says so, and fg goes on as before',
  async () => {
    const module = JSON.stringify(new URL('supervise.mjs', import.meta.url).href);
    const app = "process.on('SIGINT', () => process.exit(7)); setInterval(() => {}, 1000); console.log(process.pid);";
    const code = `
    import { exitCodeOf, superviseApp } from ${module};
    const plan = { executable: process.execPath, args: ['-e', ${JSON.stringify(app)}], env: process.env };
    process.exitCode = exitCodeOf(await superviseApp(plan, '/'));`;
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const pid = await new Promise((resolve) => launcher.stdout.once('data', (data) => resolve(Number(String(data)))));
    const told = new Promise((resolve) => launcher.stderr.once('data', (data) => resolve(String(data))));
    const state = (/** @type {number | undefined} */ of) =>
      /\) (\w) /.exec(readFileSync(`/proc/${of}/stat`, 'utf8'))?.[1];
    launcher.kill('SIGTSTP');
    expect(await told).toContain('Bulkhead goes on');
    await expect.poll(() => state(launcher.pid), { timeout: 10_000 }).toBe('T');
    expect(state(pid)).not.toBe('T');
    launcher.kill('SIGCONT');
    launcher.kill('SIGINT');
    expect(await new Promise((resolve) => launcher.once('exit', resolve))).toBe(7);
  },
);

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // In a container without an init the dead stay zombies.
  return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
