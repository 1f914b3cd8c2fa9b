import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AppUnderTest, launchMeasuring, until } from './support/app';
import { CommandUnderTest } from './support/command';
import { processesMentioning } from './support/processes';

/** Processes below `pid`, whatever their depth, with their command lines. */
function descendants(pid: number): Array<{ pid: number; command: string }> {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((fields) => fields !== null)
    .map(([, own, parent, command]) => ({ pid: Number(own), parent: Number(parent), command: command ?? '' }));
  const below = (of: number): typeof all =>
    all.filter(({ parent }) => parent === of).flatMap((each) => [each, ...below(each.pid)]);
  return below(pid);
}

const zygotesOf = (pid: number) =>
  descendants(pid)
    .filter(({ command }) => command.includes('--type=zygote'))
    .map((each) => each.pid);

test('the death of Chromium’s zygote, which takes every page along, is told, and plugins are measured on', async () => {
  const app: AppUnderTest = await launchMeasuring();
  const child = app.electron.process();
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const plugins = await Promise.all(['plugin:echo', 'plugin:digest'].map((id) => app.processPid(id)));
  const zygotes = zygotesOf(app.pid);
  expect(zygotes.length).toBeGreaterThan(0);
  for (const pid of zygotes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with its parent.
    }
  }
  await until(() => {
    for (const site of ['alpha', 'beta', 'gamma']) expect(said).toMatch(new RegExp(`${site}\\.test killed: pid`));
    expect(said).toMatch(/Window killed: pid/);
    expect(said).toMatch(/Window given up: 3 deaths/);
  });
  expect(said.match(/Window given up/g)).toHaveLength(1);
  const alive = descendants(app.pid).map(({ pid }) => pid);
  expect(alive).toEqual(expect.arrayContaining(plugins));
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  process.kill(app.pid, 'SIGTERM');
  expect(await gone).toBe(0);
  expect(app.temporaryFiles().filter((name) => name.startsWith('bulkhead-run-'))).toEqual([]);
});

test('a stopped zygote, and with it a process that is never there, does not hold up the end', async () => {
  const app = await launchMeasuring();
  for (const pid of zygotesOf(app.pid)) process.kill(pid, 'SIGSTOP');
  expect(await app.request('tab:open', 'bulkhead://waits.test/')).toEqual({ ok: true });
  await app.close();
  await until(() => expect(processesMentioning(app.home)).toEqual([]));
});

test('a benchmark that ends while a process of it is only just starting has its own exit code', async () => {
  const command = CommandUnderTest.start('bench', '-n', '5000000', '--method', 'fifo');
  const launcher = command.child.pid as number;
  // As soon as they are there, before all that they are asked for.
  while (zygotesOf(launcher).length < 2) await delay(5);
  await delay(50);
  for (const pid of zygotesOf(launcher)) process.kill(pid, 'SIGSTOP');
  await delay(1500);
  command.child.kill('SIGINT');
  await delay(500);
  // Does not wait for the work.
  command.child.kill('SIGINT');
  const { code, err } = await command.ended;
  expect(code, err).toBe(130);
  expect(err).not.toMatch(/FATAL/);
  await until(() => expect(processesMentioning(command.home)).toEqual([]));
});
