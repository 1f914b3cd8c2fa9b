import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { AppUnderTest, launchArguments, launchMeasuring, until } from './support/app';
import { isRunning } from './support/processes';
import { makeHome } from './support/stage';

/** The browser process without its launcher, which would have refused: begun by a shell that does something first. */
function startAfter(before: string, env: Record<string, string> = {}) {
  const home = makeHome(inject('stage'));
  const { executablePath, args, env: planned, cwd } = launchArguments(home);
  const child = spawn('sh', ['-c', `${before}; exec "$@"`, 'sh', executablePath, ...args], {
    env: { ...planned, ...env },
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise<{ code: number | null; said: string }>((done) =>
    child.once('close', (code) => done({ code, said })),
  );
}

test('a browser process whose network service can not live says so and ends', async () => {
  const { code, said } = await startAfter('ulimit -n 100');
  expect(said).toContain('ulimit -n');
  expect(code).toBe(1);
});

test('a lock that could not be made is no running Bulkhead', async () => {
  const file = join(inject('stage').scratch, 'a-file');
  writeFileSync(file, '');
  const { code, said } = await startAfter(':', { TMPDIR: file });
  expect(said).toContain('could not be locked');
  expect(said).not.toContain('already running');
  expect(code).toBe(1);
});

test('what a killed browser process leaves goes with the next start: a stopped child, folders', async () => {
  const app = await launchMeasuring();
  const echo = (await app.processPid('plugin:echo')) as number;
  expect(app.temporaryFiles().map((name) => name.replace(/-.*|dir.*/, ''))).toEqual(
    expect.arrayContaining(['bulkhead', 'scoped_']),
  );
  onTestFinished(() => {
    if (isRunning(echo)) process.kill(echo, 'SIGKILL');
  });
  process.kill(echo, 'SIGSTOP');
  process.kill(app.pid, 'SIGKILL');
  await until(() => expect(isRunning(app.pid)).toBe(false));
  // It can't hear that its parent is gone.
  expect(isRunning(echo)).toBe(true);
  const next = await AppUnderTest.launch({ home: app.home });
  expect(isRunning(echo)).toBe(false);
  expect(next.temporaryFiles()).toHaveLength(2);
  await next.close();
  expect(next.temporaryFiles()).toEqual([]);
});
