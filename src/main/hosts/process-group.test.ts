import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EventLog } from '../event-log';
import { type MadeUpProcess, madeUpLaunch, madeUpRegistry } from './made-up-process';
import { worded } from '../../../tests/support/worded';
import { ProcessGroup } from './process-group';
import type { ProcessEnd } from './supervised-process';

const EXITED: ProcessEnd = { reason: 'clean-exit', exitCode: 0, signal: null };
const TERMINATED: ProcessEnd = { reason: 'killed', exitCode: null, signal: 'SIGTERM' };
const CRASHED: ProcessEnd = { reason: 'crashed', exitCode: null, signal: 'SIGABRT' };

let server: MadeUpProcess[];
let receiver: MadeUpProcess[];
let main: MadeUpProcess[];
let events: EventLog;
let group: ProcessGroup;
beforeEach(() => {
  vi.useFakeTimers();
  [server, receiver, main] = [[], [], []];
  events = new EventLog();
  group = new ProcessGroup(
    {
      id: 'plugin:p',
      name: 'p',
      members: [
        { role: 'server', kind: 'server', title: 'Serves', launch: madeUpLaunch(server) },
        { role: 'receiver', kind: 'plugin', title: 'Receives', launch: madeUpLaunch(receiver) },
        { role: 'main', kind: 'plugin', title: 'Answers', launch: madeUpLaunch(main) },
      ],
    },
    events,
    madeUpRegistry(),
  );
});
afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);
const launched = () => [server.length, receiver.length, main.length];
const host = (role: string) => group.hosts.find((each) => each.role === role) as (typeof group.hosts)[number];

async function ready(processes: MadeUpProcess[]): Promise<MadeUpProcess> {
  const process = processes.at(-1);
  if (process === undefined) throw new Error('It was not launched.');
  process.says.onMessage({ kind: 'ready' });
  await settle();
  return process;
}

async function allReady(): Promise<void> {
  void group.start();
  for (const processes of [server, receiver, main]) await ready(processes);
}

test('each has an id, a name and a state of its own; the main one has those of the group', () => {
  expect(group.hosts.map(({ id, name, kind }) => ({ id, name, kind }))).toEqual([
    { id: 'plugin:p/server', name: 'p server', kind: 'server' },
    { id: 'plugin:p/receiver', name: 'p receiver', kind: 'plugin' },
    { id: 'plugin:p', name: 'p', kind: 'plugin' },
  ]);
  expect(host('server').view()).toMatchObject({ group: 'plugin:p', role: 'server', waitsFor: null });
  expect(host('main').view()).toMatchObject({ group: 'plugin:p', role: 'main', waitsFor: 'p receiver' });
});

test('a group of one is a process alone', () => {
  const launch = madeUpLaunch(main);
  const alone = new ProcessGroup(
    { id: 'plugin:q', name: 'q', members: [{ role: 'main', kind: 'plugin', title: '', launch }] },
    events,
    madeUpRegistry(),
  );
  expect(alone.hosts[0]?.view()).toMatchObject({ id: 'plugin:q', name: 'q', group: null, role: null });
});

test('each is launched once the one before is ready', async () => {
  const started = group.start();
  expect(launched()).toEqual([1, 0, 0]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(launched()).toEqual([1, 0, 0]);
  await ready(server);
  expect(launched()).toEqual([1, 1, 0]);
  expect(host('receiver').waitsFor).toBeNull();
  await ready(receiver);
  await ready(main);
  expect(await started).toEqual({ ok: true });
});

test('one that never gets ready is told; when it runs after all the others follow', async () => {
  const started = group.start();
  for (let crash = 1; crash <= 3; crash += 1) {
    server.at(-1)?.die(CRASHED);
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(worded(await started)).toMatchObject({ ok: false, message: expect.stringContaining('p server') });
  expect(launched()).toEqual([3, 0, 0]);
  host('server').restart();
  await ready(server);
  expect(launched()).toEqual([4, 1, 0]);
});

test('the death of one restarts that one alone', async () => {
  await allReady();
  receiver[0]?.die(CRASHED);
  await settle();
  expect(launched()).toEqual([1, 2, 1]);
  expect(events.all.map(({ kind, processId }) => [kind, processId])).toContainEqual(['crash', 'plugin:p/receiver']);
});

test('they are ended in the reverse order, each after the one before is gone', async () => {
  await allReady();
  let stopped = false;
  void group.stop().then(() => (stopped = true));
  await settle();
  const told = () => [server, receiver, main].map(([process]) => process?.told.includes('shutdown'));
  expect(told()).toEqual([false, false, true]);
  main[0]?.die(EXITED);
  await settle();
  expect(told()).toEqual([false, true, true]);
  receiver[0]?.die(EXITED);
  await settle();
  expect(told()).toEqual([true, true, true]);
  expect(stopped).toBe(false);
  server[0]?.die(TERMINATED);
  await settle();
  expect(stopped).toBe(true);
});

test('those that do not end hold the way out up only so long: then all are killed', async () => {
  await allReady();
  void group.stop();
  await vi.advanceTimersByTimeAsync(4000);
  expect([server, receiver, main].map(([process]) => process?.signals)).toEqual([
    ['SIGKILL'],
    ['SIGKILL'],
    ['SIGKILL'],
  ]);
});

test('stopped before all were launched, it launches no more', async () => {
  const started = group.start();
  void group.stop();
  server[0]?.die(TERMINATED);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await started).toMatchObject({ ok: false });
  expect(launched()).toEqual([1, 0, 0]);
});

test('an executable is not asked for heartbeats, and can’t be hung', async () => {
  await allReady();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server[0]?.told).toEqual([]);
  expect(host('server').state.kind).toBe('running');
  expect(receiver[0]?.told).toContain('heartbeat');
  expect(host('server').hang()).toMatchObject({ ok: false });
});

test('an executable that is restarted dies of SIGTERM as it was asked to', async () => {
  await allReady();
  host('server').restart();
  server[0]?.die(TERMINATED);
  await settle();
  expect(host('server').lastTermination).toMatchObject({ signal: 'SIGTERM', requested: true });
  expect(launched()).toEqual([2, 1, 1]);
});

test('what was given up is started once more when the group is revived, and those behind it with it', async () => {
  void group.start();
  for (let deaths = 1; deaths <= 3; deaths += 1) {
    server.at(-1)?.die(CRASHED);
    await vi.advanceTimersByTimeAsync(2_000);
  }
  expect(host('server').state.kind).toBe('given-up');

  const revived = group.revive();
  for (const processes of [server, receiver, main]) await ready(processes);
  expect(await revived).toEqual({ ok: true });
  expect(launched()).toEqual([4, 1, 1]);
  expect(await group.revive()).toEqual({ ok: true });
  expect(launched()).toEqual([4, 1, 1]);
});
