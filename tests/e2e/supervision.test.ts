import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

const ECHO = 'plugin:echo';
const DIGEST = 'plugin:digest';
const ALPHA = 'site:bulkhead://alpha.test';
const GAMMA = 'site:bulkhead://gamma.test';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app.close());

const pidOf = async (processId: string) => {
  const pid = await app.processPid(processId);
  if (pid === null) throw new Error(`${processId} has no process.`);
  return pid;
};

/** The utility processes of plugins that there are, whatever the application says. */
const pluginProcesses = () =>
  execFileSync('ps', ['--ppid', String(app.pid), '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('--utility-sub-type=node.mojom.NodeService')).length;

test('Restart pressed again while the old process ends leaves one process', async () => {
  const before = await pidOf(ECHO);
  const pressed = app.shell.evaluate(async () => {
    const { bulkhead } = globalThis as unknown as { bulkhead: { request(...args: unknown[]): Promise<unknown> } };
    const press = () => bulkhead.request('process:act', 'plugin:echo', 'restart');
    for (let i = 0; i < 8; i += 1) {
      await press();
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  });
  await pressed;
  await app.untilAnother(ECHO, before);
  await app.untilMeasuring(9);
  await until(() => expect(pluginProcesses()).toBe(2));
});

const deathOf = async (processId: string, pid: number) => {
  await until(async () => {
    const { events } = await app.recording();
    expect(events.some((event) => event.processId === processId && event.termination?.pid === pid)).toBe(true);
  });
  return (await app.recording()).events.find((event) => event.termination?.pid === pid)?.termination;
};

test.each(['SIGHUP', 'SIGABRT', 'SIGQUIT', 'SIGUSR2'])(
  'a sandboxed renderer that gets a %s from outside was ended by it',
  async (signal) => {
    if ((await app.state(ALPHA)) === 'exited') await app.press(ALPHA, 'reload');
    await app.untilState(ALPHA, 'running');
    const pid = await pidOf(ALPHA);
    process.kill(pid, signal);
    expect(await deathOf(ALPHA, pid)).toMatchObject({ reason: 'killed', signal, exitCode: null, requested: false });
    // The window hears of it later than the recording has it.
    await app.untilState(ALPHA, 'exited');
  },
);

test('a plugin that gets a SIGHUP from outside was killed; it did not exit cleanly', async () => {
  const pid = await pidOf(DIGEST);
  process.kill(pid, 'SIGHUP');
  expect(await deathOf(DIGEST, pid)).toMatchObject({ reason: 'killed', exitCode: null, requested: false });
});

test('what a plugin wrote last before it died is kept with its death', async () => {
  await app.untilState(ECHO, 'running');
  const pid = await pidOf(ECHO);
  await app.press(ECHO, 'crash');
  const death = await deathOf(ECHO, pid);
  expect(death).toMatchObject({ reason: 'crashed', signal: 'SIGABRT', requested: true });
  expect(death?.lastWords?.join('\n')).toMatch(/stack trace/i);
  await app.untilAnother(ECHO, pid);
});

function socketOf(descriptor: string): string | undefined {
  try {
    return /socket:\[(\d+)\]/.exec(readlinkSync(descriptor))?.[1];
  } catch {
    // Closed meanwhile.
    return undefined;
  }
}

/** Ports that these processes listen on. */
function listeningPorts(pids: readonly number[]): string[] {
  const inodes = pids.flatMap((pid) => readdirSync(`/proc/${pid}/fd`).map((fd) => socketOf(`/proc/${pid}/fd/${fd}`)));
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && inodes.includes(fields[9]))
    .map((fields) => fields[1] ?? '');
}

test('SIGUSR1 opens no port in any process that runs Node.js', async () => {
  await app.untilState(ECHO, 'running');
  const pids = [app.pid, await pidOf(ECHO)];
  // Playwright's own are there from the start.
  const before = listeningPorts(pids);
  for (const pid of pids) process.kill(pid, 'SIGUSR1');
  // Both have had their turn once they have answered what was asked later.
  const answered = async () =>
    (await app.recording()).channels.find(({ id }) => id === 'plugin:echo/fifo')?.totals.answered ?? 0;
  const then = await answered();
  await until(async () => expect(await answered()).toBeGreaterThan(then + 20));
  expect(listeningPorts(pids)).toEqual(before);
  expect(await pidOf(ECHO)).toBe(pids[1]);
});

test('the run directory removed under the run is made anew, said, and the datagrams go on', async () => {
  await app.untilMeasuring(8);
  const directories = () => app.temporaryFiles().filter((name) => name.startsWith('bulkhead-run-'));
  const before = directories();
  rmSync(join(app.home, 't', before[0] ?? ''), { recursive: true });
  await until(() => expect(directories()).not.toEqual(before));
  await until(async () =>
    expect((await app.recording()).events.map(({ label }) => label)).toContain('run directory made anew'),
  );
  const answered = async () =>
    (await app.recording()).channels.find(({ id }) => id === 'plugin:echo/unix-dgram')?.totals.answered ?? 0;
  const then = await answered();
  await until(async () => expect(await answered()).toBeGreaterThan(then + 10));
});

test('a renderer that dies before its page says hello takes nobody else along', async () => {
  const beta = await pidOf('site:bulkhead://beta.test');
  const id = await app.openTab('bulkhead://beta.test');
  await until(async () => expect(await app.request('tab:activate', id)).toEqual({ ok: true }));
  // The tab goes to gamma, whose present process is ended first; the new one dies the moment its page is committed.
  await app.electron.evaluate(({ webContents }) => {
    // Of whichever tab: the new one may have no address so far.
    for (const each of webContents.getAllWebContents())
      each.on('did-navigate', (_event, url) => {
        if (url.includes('not-there.test')) process.kill(each.getOSProcessId(), 'SIGKILL');
      });
  });
  expect(await app.request('tab:navigate', id, 'bulkhead://not-there.test')).toEqual({ ok: true });
  await until(async () =>
    expect((await app.recording()).events.some(({ label }) => label === 'not-there.test killed by SIGKILL')).toBe(true),
  );
  expect(await app.state('site:bulkhead://beta.test')).toBe('running');
  expect(await pidOf('site:bulkhead://beta.test')).toBe(beta);
});

test('a page that insists on a process of its own has one, with a compartment and channels of its own', async () => {
  const first = await pidOf(GAMMA);
  // What makes Chromium isolate a page from others of its site: it may use shared memory.
  await app.electron.evaluate(({ session }) => {
    const { protocol } = session.fromPartition('sites');
    protocol.unhandle('bulkhead');
    protocol.handle('bulkhead', () => {
      const headers = {
        'content-type': 'text/html',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      };
      return new Response('<!doctype html><title>isolated</title>', { headers });
    });
  });
  await app.openTab('bulkhead://www.gamma.test/isolated');
  const second = `${GAMMA}#2`;
  await app.untilState(second, 'running');
  const pid = await pidOf(second);
  expect(pid).not.toBe(first);
  expect(await app.state(GAMMA)).toBe('running');
  await until(async () =>
    expect(
      (await app.recording()).channels.find(({ id }) => id === `${second}/message-port`)?.totals.answered ?? 0,
    ).toBeGreaterThan(10),
  );
  process.kill(pid, 'SIGKILL');
  await app.untilState(second, 'exited');
  expect(await app.state(GAMMA)).toBe('running');
  expect(await pidOf(GAMMA)).toBe(first);
});

test('an error of its own, and another while it closes, end it in good order with code 70', async () => {
  const child = app.electron.process();
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await app.electron.evaluate(() => {
    setTimeout(() => {
      throw new Error('made by a test');
    }, 50);
    setTimeout(() => {
      throw new Error('made by a test, while it closes');
    }, 60);
  });
  expect(await gone).toBe(70);
  expect(app.temporaryFiles().filter((name) => name.startsWith('bulkhead-run-'))).toEqual([]);
});
