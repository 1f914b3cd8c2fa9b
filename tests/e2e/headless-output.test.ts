import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { until } from './support/app';
import { descendantsOf, isRunning } from './support/processes';

const BULKHEAD = resolve(import.meta.dirname, '../../bin/bulkhead');
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'bhout-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const environment = () => ({ ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', TMPDIR: scratch });
const formatsIn = (folder: string) =>
  readdirSync(folder)
    .map((name) => name.split('.').at(-1))
    .toSorted();

/** Runs a command on a terminal of its own, presses Ctrl+S when `marker` has come, and waits for the command's end. */
const PAUSING_TERMINAL = `
import fcntl, os, pty, struct, sys, termios
marker, command = sys.argv[1].encode(), sys.argv[2:]
pid, terminal = pty.fork()
if pid == 0:
    os.execv(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 50, 150, 0, 0))
seen = b''
while marker not in seen:
    seen += os.read(terminal, 65536)
os.write(terminal, b'\\x13')
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
`;
const noPython = spawnSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode']).status !== 0;

test.skipIf(noPython)('a terminal that is paused, and stays so, holds nothing up: it needs Python 3.9', async () => {
  const folder = join(scratch, 'paused');
  const run = ['run', '--headless', '--duration', '2', '--export', folder, '--profile', join(scratch, 'p1')];
  const child = spawn('python3', ['-c', PAUSING_TERMINAL, 'Named pipe', process.execPath, BULKHEAD, ...run], {
    cwd: scratch,
    env: environment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => {
    for (const pid of descendantsOf(child.pid as number)) process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
  });
  expect(await new Promise((done) => child.once('exit', done))).toBe(0);
  expect(formatsIn(folder)).toEqual(['csv', 'html', 'json', 'json', 'png', 'svg']);
});

test('a shell that hangs is waited for once; what needs no drawing is written, and the exit code tells', async () => {
  const folder = join(scratch, 'hung');
  const run = ['run', '--headless', '--duration', '3', '--export', folder, '--profile', join(scratch, 'p2')];
  const child = spawn(process.execPath, [BULKHEAD, ...run], {
    cwd: scratch,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise((done) => child.once('close', done));
  await until(() => expect(out).toContain('Ends after'));
  const renderers = descendantsOf(child.pid as number).filter((pid) => isRunning(pid) && isRenderer(pid));
  expect(renderers.length).toBeGreaterThan(0);
  for (const pid of renderers) process.kill(pid, 'SIGSTOP');
  expect(await ended).toBe(1);
  expect(formatsIn(folder)).toEqual(['csv', 'json', 'json']);
  // One of the three waited, and the others did not.
  expect(err.match(/did not draw it within/g)).toHaveLength(1);
  expect(err.match(/it hangs/g)).toHaveLength(2);
  // Whoever reads by a pipe gets every line.
  expect(out.match(/^Wrote /gm)).toHaveLength(3);
});

function isRenderer(pid: number): boolean {
  try {
    // Not by a process for each: on a busy machine the run would end meanwhile.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer');
  } catch {
    return false;
  }
}
