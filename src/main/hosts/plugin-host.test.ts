import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nowNs } from '../clock';
import { EventLog } from '../event-log';
import { type MadeUpProcess, madeUpLaunch, madeUpRegistry } from './made-up-process';
import { PluginHost } from './plugin-host';
import type { ProcessEnd } from './supervised-process';

const KILLED: ProcessEnd = { reason: 'killed', exitCode: null, signal: 'SIGKILL' };
const CRASHED: ProcessEnd = { reason: 'crashed', exitCode: null, signal: 'SIGABRT' };
const EXITED: ProcessEnd = { reason: 'clean-exit', exitCode: 0, signal: null };

let events: EventLog;
let processes: MadeUpProcess[];
let host: PluginHost;
beforeEach(() => {
  vi.useFakeTimers();
  events = new EventLog();
  processes = [];
  const launch = madeUpLaunch(processes);
  host = new PluginHost(
    { id: 'plugin:p', name: 'p', title: '', kind: 'plugin', group: null, role: null, launch },
    events,
    madeUpRegistry(),
  );
});
afterEach(() => vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);

async function running(): Promise<MadeUpProcess> {
  host.start();
  const process = latest();
  process.says.onMessage({ kind: 'ready' });
  await settle();
  return process;
}

function latest(): MadeUpProcess {
  const process = processes.at(-1);
  if (process === undefined) throw new Error('No process was launched.');
  return process;
}

async function die(process: MadeUpProcess, end: ProcessEnd): Promise<void> {
  process.die(end);
  await settle();
}

test('Restart pressed again and again while the old process ends gives one new process', async () => {
  const first = await running();
  host.restart();
  host.restart();
  first.says.onMessage({ kind: 'exiting' });
  host.restart();
  await die(first, EXITED);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(first.told.filter((kind) => kind === 'shutdown')).toHaveLength(1);
  expect(processes).toHaveLength(2);
});

test('what an earlier process says late is not heard of the present one', async () => {
  const first = await running();
  await die(first, CRASHED);
  await vi.advanceTimersByTimeAsync(0);
  expect(processes).toHaveLength(2);
  first.says.onMessage({ kind: 'ready' });
  expect(host.state.kind).toBe('launching');
  latest().says.onMessage({ kind: 'ready' });
  expect(host.state.kind).toBe('running');
  expect(host.pid).toBe(latest().pid);
});

test('Stop ends the present process, also one that Restart has asked to end', async () => {
  const first = await running();
  host.restart();
  let stopped = false;
  void host.stop().then(() => (stopped = true));
  await settle();
  expect(stopped).toBe(false);
  await die(first, EXITED);
  expect(stopped).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(processes).toHaveLength(1);
});

test('one that does not end when it is asked is killed', async () => {
  const first = await running();
  void host.stop();
  await vi.advanceTimersByTimeAsync(1500);
  expect(first.signals).toEqual(['SIGKILL']);
});

test('a kill that could not be sent does not make the next death one that was asked for', async () => {
  const first = await running();
  first.signalled = false;
  expect(host.kill()).toMatchObject({ ok: false });
  await die(first, KILLED);
  expect(host.lastTermination).toMatchObject({ reason: 'killed', requested: false });
});

test('a kill that was sent makes the death one that was asked for, and no fault of the plugin', async () => {
  const first = await running();
  expect(host.kill()).toEqual({ ok: true });
  await die(first, KILLED);
  expect(host.lastTermination).toMatchObject({ requested: true });
  expect(host.crashes).toBe(0);
});

test('one that is killed from outside before it gets to crash was not asked for that', async () => {
  const first = await running();
  expect(host.crash()).toEqual({ ok: true });
  await die(first, KILLED);
  expect(host.lastTermination).toMatchObject({ requested: false });
});

test('a crash or a hang that can no longer be told is refused', async () => {
  const first = await running();
  first.reachable = false;
  expect(host.crash()).toMatchObject({ ok: false });
  expect(host.hang()).toMatchObject({ ok: false });
  expect(events.all.some(({ kind }) => kind === 'hang')).toBe(false);
});

test('an exit with 0 that the process has not announced was a signal', async () => {
  const first = await running();
  await die(first, EXITED);
  expect(host.lastTermination).toMatchObject({ reason: 'killed', exitCode: null, signal: null });
  const second = latest();
  second.says.onMessage({ kind: 'ready' });
  second.says.onMessage({ kind: 'exiting' });
  await die(second, EXITED);
  expect(host.lastTermination).toMatchObject({ reason: 'clean-exit', exitCode: 0 });
});

test('one that does not answer in time is killed and counts as not launched', async () => {
  host.start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(latest().signals).toEqual(['SIGKILL']);
  await die(latest(), KILLED);
  expect(host.lastTermination).toMatchObject({ reason: 'launch-failed' });
});

test('one that never came to be is not waited for', async () => {
  host.start();
  latest().signalled = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(host.lastTermination).toMatchObject({ reason: 'launch-failed' });
});

test('the third crash within 5 minutes is the last; Restart starts the count afresh', async () => {
  for (let crash = 1; crash <= 3; crash += 1) {
    if (crash === 1) await running();
    else latest().says.onMessage({ kind: 'ready' });
    await die(latest(), CRASHED);
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(host.state).toMatchObject({ kind: 'given-up', crashes: 3 });
  expect(processes).toHaveLength(3);
  host.restart();
  expect(processes).toHaveLength(4);
  expect(host.crashes).toBe(0);
});

test('the last words of a process are in what is told of its death', async () => {
  const first = await running();
  first.lastWords = ['TypeError: x is not a function'];
  await die(first, CRASHED);
  expect(host.lastTermination?.lastWords).toEqual(['TypeError: x is not a function']);
});

test('a process whose clock is off is told once, one whose clock is right never', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const first = await running();
  const answer = async (beat: number, errorNs: number) => {
    await vi.advanceTimersByTimeAsync(150);
    first.says.onMessage({ kind: 'heartbeat', beat, clock: { atNs: nowNs() + 5e6, errorNs }, rejected: [] });
  };
  await answer(1, 1e9);
  expect(told).not.toHaveBeenCalled();
  await answer(2, 0);
  await answer(3, 0);
  expect(told).toHaveBeenCalledTimes(1);
  expect(told.mock.calls[0]?.[0]).toMatch(new RegExp(`^The clock of process ${first.pid} is off by at least `));
  told.mockRestore();
});
