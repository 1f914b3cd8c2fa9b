import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Program, type ProgramSpec } from './program';

/** Real processes. */

let folder: string;
let programs: Program[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'program-'));
  programs = [];
});
afterEach(async () => {
  for (const { pid } of programs) if (pid !== null && isRunning(pid)) process.kill(pid, 'SIGKILL');
  await Promise.all(programs.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true });
});

function start(script: string, changes: Partial<ProgramSpec> = {}) {
  const heard = { ready: 0, output: '' };
  const program = new Program(
    { command: process.execPath, args: ['-e', script], cwd: folder, env: process.env, readyText: null, ...changes },
    { onReady: () => (heard.ready += 1), onOutput: (chunk) => (heard.output += chunk.toString()) },
  );
  programs.push(program);
  return { program, heard };
}

function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
}

const STAY = 'setInterval(() => {}, 1000);';
const onLinux = test.runIf(process.platform === 'linux');

test('the pid is the program’s own, and it has its working folder, arguments and environment', async () => {
  const { program, heard } = start(
    'console.log(JSON.stringify([process.pid, process.cwd(), process.argv[1], process.env.WORD]));',
    { env: { ...process.env, WORD: 'a b' } },
  );
  expect(await program.ended).toEqual({ kind: 'exited', code: 0, signal: null });
  expect(JSON.parse(heard.output)).toEqual([program.pid, folder, null, 'a b']);
});

test('an exit code and a signal are told as they are', async () => {
  expect(await start('process.exit(7)').program.ended).toEqual({ kind: 'exited', code: 7, signal: null });
  const { program } = start(STAY);
  process.kill(program.pid as number, 'SIGKILL');
  expect(await program.ended).toEqual({ kind: 'exited', code: null, signal: 'SIGKILL' });
});

test('without a text to wait for it is ready once it runs; with one, once that stands in its output', async () => {
  const { heard } = start(STAY);
  await vi.waitFor(() => expect(heard.ready).toBe(1));
  const other = start(`process.stdin.once('data', () => process.stderr.write('now lis' + 'tening\\n'));`, {
    readyText: 'listening',
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(other.heard.ready).toBe(0);
  other.program.input?.write('go\n');
  await vi.waitFor(() => expect(other.heard.ready).toBe(1), { timeout: 20_000 });
});

test('its last words are the end of its standard error', async () => {
  const { program } = start(`console.log('not this'); console.error('one'); console.error('two'); process.exit(1);`);
  await program.ended;
  expect(program.lastWords).toEqual(['one', 'two']);
});

test('of one that logs to its standard output they are the end of both', async () => {
  const script = `console.log('up'); console.log('no disk'); console.error('bye'); process.exit(1);`;
  const { program } = start(script, { logsToOutput: true });
  await program.ended;
  expect(program.lastWords).toEqual(['up', 'no disk', 'bye']);
});

test('a command that is not there ends as 127, with what the system says', async () => {
  const { program } = start('', { command: 'no-such-program' });
  expect(await program.ended).toMatchObject({ kind: 'exited', code: 127 });
  expect(program.lastWords.join(' ')).toMatch(/no-such-program/);
});

test('a working folder that is not there is no exception', async () => {
  const { program } = start('', { cwd: join(folder, 'nowhere') });
  expect(await program.ended).toMatchObject({ kind: 'not-started' });
  expect(program.pid).toBeNull();
  expect(program.lastWords).toHaveLength(1);
});

/** A process that has started the program this moment, and that can be killed. */
async function startedByAnother(
  path: string,
  command = [process.execPath, '-e', STAY],
): Promise<{ owner: ChildProcess; pid: number }> {
  const entry = join(folder, 'owner.ts');
  writeFileSync(
    entry,
    `import { Program } from ${JSON.stringify(join(import.meta.dirname, 'program.ts'))};
     const program = new Program(
       { command: ${JSON.stringify(command[0])}, args: ${JSON.stringify(command.slice(1))}, cwd: '/', env: { PATH: ${JSON.stringify(path)} }, readyText: null },
       { onReady: () => console.log(program.pid), onOutput: () => {} },
     );`,
  );
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      lib: { entry, formats: ['es'], fileName: () => 'owner.mjs' },
      outDir: join(folder, 'out'),
      rollupOptions: { external: /^node:/ },
    },
  });
  // Descriptors that it passes on to whatever it starts, as Chromium does.
  const stdio: StdioOptions = ['ignore', 'pipe', 'inherit', ...Array<'pipe'>(12).fill('pipe')];
  const owner = spawn(process.execPath, [join(folder, 'out/owner.mjs')], { stdio });
  const pid = await new Promise<number>((resolve) =>
    owner.stdout?.once('data', (text: Buffer) => resolve(Number(text))),
  );
  return { owner, pid };
}

onLinux('it ends when this process is killed', async () => {
  const { owner, pid } = await startedByAnother(process.env['PATH'] ?? '');
  owner.kill('SIGKILL');
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 20_000 });
});

onLinux('it does so as well where there is no setpriv', async () => {
  const bare = join(folder, 'bin');
  mkdirSync(bare);
  symlinkSync('/bin/true', join(bare, 'true'));
  const { owner, pid } = await startedByAnother(bare);
  owner.kill('SIGKILL');
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 20_000 });
});

test.runIf(existsSync('/bin/bash') && process.platform === 'linux')(
  'it gets no descriptor but its own three',
  async () => {
    const { owner, pid } = await startedByAnother(process.env['PATH'] ?? '', ['sleep', '1000']);
    expect(readdirSync(`/proc/${owner.pid}/fd`).map(Number)).toEqual(expect.arrayContaining([3, 14]));
    await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/comm`, 'utf8')).toBe('sleep\n'), { timeout: 20_000 });
    expect(readdirSync(`/proc/${pid}/fd`)).toEqual(['0', '1', '2']);
    owner.kill('SIGKILL');
  },
);
