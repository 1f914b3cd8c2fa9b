import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { AppUnderTest, launchArguments, launchMeasuring, until } from './support/app';
import { descendantsOf, isRunning, processesMentioning } from './support/processes';

test('a clean exit leaves no process and no file', async () => {
  const app = await launchMeasuring();
  const children = descendantsOf(app.pid);
  expect(children.length).toBeGreaterThan(5);
  expect(app.temporaryFiles().some((name) => name.startsWith('bulkhead-run-'))).toBe(true);
  await app.close();
  await until(() => expect([app.pid, ...children].filter(isRunning)).toEqual([]));
  await until(() => expect(processesMentioning(app.home)).toEqual([]));
  expect(app.temporaryFiles()).toEqual([]);
});

test('a browser process that is killed takes its children along, and the next start clears what it left', async () => {
  const app = await launchMeasuring();
  // A hung child can't be asked to go: it has to go all the same.
  await app.press('plugin:echo', 'hang');
  await app.untilState('plugin:echo', 'unresponsive');
  const children = descendantsOf(app.pid);
  process.kill(app.pid, 'SIGKILL');
  await until(() => expect([app.pid, ...children].filter(isRunning)).toEqual([]));
  const left = app.temporaryFiles().filter((name) => name.startsWith('bulkhead-run-'));
  expect(left).toHaveLength(1);
  const next = await AppUnderTest.launch({ home: app.home });
  expect(next.temporaryFiles().filter((name) => name.startsWith('bulkhead-run-'))).toEqual([
    expect.stringMatching(new RegExp(`^bulkhead-run-${next.pid}-`)),
  ]);
  await next.close();
});

test('a second instance on the same profile says that there is one, ends with code 3 and disturbs nothing', async () => {
  const app = await launchMeasuring();
  const { executablePath, args, env, cwd } = launchArguments(app.home);
  const second = spawn(executablePath, args, { env, cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  second.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  // Not `exit`, by which not all that it said need be there.
  const code = await new Promise((resolve) => second.once('close', resolve));
  expect(code).toBe(3);
  expect(said).toContain('already running');
  await app.untilNothingLost();
  await app.close();
  expect(app.temporaryFiles()).toEqual([]);
});

test('datagrams from another sender are counted and dropped, and the channel goes on', async ({ skip }) => {
  const { addons, runtime } = inject('stage');
  const addon = addons['unix-dgram'];
  skip('error' in addon, 'error' in addon ? addon.error : '');
  const app = await launchMeasuring();
  const id = 'plugin:echo/unix-dgram';
  const channelOf = async () => (await app.recording()).channels.find((channel) => channel.id === id);
  const [directory] = app.temporaryFiles().filter((name) => name.startsWith('bulkhead-run-'));
  const sockets = readdirSync(`${app.home}/t/${directory}`).filter((name) => name.endsWith('.b'));
  expect(sockets).toHaveLength(2);
  const sender = `
    const socket = require(${JSON.stringify('dir' in addon ? addon.dir : '')}).createSocket('unix_dgram');
    const datagrams = [Buffer.alloc(0), Buffer.from('hello'), Buffer.alloc(24), Buffer.alloc(4096, 0x42), Buffer.from('424b484401ff00000000000000000000000000000000000000', 'hex')];
    for (const path of ${JSON.stringify(sockets.map((name) => `${app.home}/t/${directory}/${name}`))})
      for (const datagram of datagrams) socket.send(datagram, 0, datagram.length, path, (error) => { if (error) console.error(error.code); });
    socket.close();`;
  const { env } = launchArguments(app.home);
  const child = spawn(runtime, ['-e', sender], {
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  await until(async () => expect((await channelOf())?.totals.rejected).toBe(5));
  const before = (await channelOf())?.totals.answered ?? 0;
  await until(async () => expect((await channelOf())?.totals.answered).toBeGreaterThan(before + 10));
  await app.untilNothingLost();
  await app.close();
});
