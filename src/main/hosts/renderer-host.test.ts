import type { WebContents, WebFrameMain } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TerminationInfo } from '../../shared/process-state';
import type { MeasuredChannel } from '../channels/measured-channel';
import { EventLog } from '../event-log';
import type { MadeUpPort } from '../made-up-electron';
import { ProcessRegistry } from '../processes/process-registry';
import { RendererHost } from './renderer-host';
import type { ProcessEnd } from './supervised-process';

vi.mock('electron', () => import('../made-up-electron'));

const CRASHED: ProcessEnd = { reason: 'crashed', exitCode: null, signal: 'SIGSEGV' };

/** A page whose preload has asked for its control port. */
interface Page {
  contents: { id: number; pid: number; crashed: boolean };
  port: MadeUpPort;
}

let startTimes: Map<number, string>;
let signals: Array<[number, string | number]>;
let events: EventLog;
let host: RendererHost;
let channel: string[];
let deaths: TerminationInfo[];
beforeEach(() => {
  vi.useFakeTimers();
  startTimes = new Map([
    [71, '1'],
    [72, '2'],
  ]);
  signals = [];
  events = new EventLog();
  host = new RendererHost(
    'bulkhead://alpha.test',
    1,
    events,
    new ProcessRegistry({
      startTime: (pid) => startTimes.get(pid) ?? null,
      signal(pid, signal) {
        signals.push([pid, signal]);
        return true;
      },
      discover: () => [],
    }),
  );
  channel = [];
  host.channels.push({
    connect: () => channel.push('connect'),
    disconnect: (why: string) => channel.push(why),
    measuring: false,
  } as unknown as MeasuredChannel);
  deaths = [];
  host.onDied((termination) => deaths.push(termination));
});
afterEach(() => {
  host.dispose();
  vi.useRealTimers();
});

function open(id: number, pid = 71): Page {
  const page = { id, pid, crashed: false };
  const contents = {
    id,
    isDestroyed: () => false,
    getOSProcessId: () => page.pid,
    forcefullyCrashRenderer: () => (page.crashed = true),
  };
  let port: MadeUpPort | undefined;
  const frame = { postMessage: (_channel: string, _message: unknown, ports: MadeUpPort[]) => (port = ports[0]) };
  host.pageStarted(contents as unknown as WebContents, frame as unknown as WebFrameMain, pid);
  if (port === undefined) throw new Error('The page got no control port.');
  return { contents: page, port };
}

function openAndReady(id: number, pid = 71): Page {
  const page = open(id, pid);
  page.port.postMessage({ kind: 'ready' });
  return page;
}

test('it is running once a page has answered, under the pid of that page', () => {
  open(1);
  expect(host.state.kind).toBe('launching');
  openAndReady(2);
  expect(host.state.kind).toBe('running');
  expect(host.pid).toBe(71);
  expect(channel).toEqual(['connect']);
});

test('when the page with the channels goes, another of the process takes over', async () => {
  const first = openAndReady(1);
  const second = openAndReady(2);
  channel = [];
  first.port.close();
  expect(channel).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(channel).toEqual(['skipped', 'connect']);
  expect(host.state.kind).toBe('running');
  await vi.advanceTimersByTimeAsync(150);
  expect(second.port.got).toContainEqual(expect.objectContaining({ kind: 'heartbeat' }));
});

test('a page of the process that has no channels is nobody to hear', () => {
  openAndReady(1);
  const second = openAndReady(2);
  channel = [];
  second.port.postMessage({ kind: 'ready' });
  second.port.postMessage('nonsense');
  expect(channel).toEqual([]);
});

test('a death that Chromium tells for each of its pages counts once, and settles what is under way as lost', () => {
  openAndReady(1);
  openAndReady(2);
  channel = [];
  host.processGone(71, CRASHED);
  host.processGone(71, CRASHED);
  expect(deaths).toHaveLength(1);
  expect(host.lastTermination).toMatchObject({ ...CRASHED, pid: 71, requested: false });
  expect(channel).toEqual(['peer-gone']);
  expect(events.all.map(({ kind }) => kind)).toEqual(['launched', 'crash']);
});

test('ports that close before the word of the death do not make the pings skipped ones', async () => {
  const { port } = openAndReady(1);
  channel = [];
  port.close();
  await vi.advanceTimersByTimeAsync(50);
  host.processGone(71, CRASHED);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(channel).toEqual(['peer-gone']);
  expect(deaths).toHaveLength(1);
});

test('a process that the system no longer has, and of which Chromium says nothing, is told after 6 s', async () => {
  const { port } = openAndReady(1);
  startTimes.delete(71);
  port.close();
  await vi.advanceTimersByTimeAsync(6000);
  expect(deaths).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(deaths).toMatchObject([{ reason: 'killed', exitCode: null, signal: null }]);
});

test('Chromium’s own word within that time is the one that counts', async () => {
  const { port } = openAndReady(1);
  startTimes.delete(71);
  port.close();
  await vi.advanceTimersByTimeAsync(3000);
  host.processGone(71, CRASHED);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(deaths).toMatchObject([CRASHED]);
});

test('a second death within ten seconds is one again; a later one is not', async () => {
  openAndReady(1);
  host.processGone(71, CRASHED);
  expect(host.diedAgain).toBe(false);
  openAndReady(1, 72);
  host.processGone(72, CRASHED);
  expect(host.diedAgain).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  openAndReady(1, 71);
  host.processGone(71, CRASHED);
  expect(host.diedAgain).toBe(false);
});

test('the process after it takes its place; what the one before says late is not heard', () => {
  const before = openAndReady(1);
  openAndReady(1, 72);
  expect(host.pid).toBe(72);
  expect(deaths).toEqual([]);
  channel = [];
  before.port.postMessage({ kind: 'ready' });
  expect(channel).toEqual([]);
  expect(host.state.kind).toBe('running');
});

test('a kill goes to the process that was entered, and makes its death one that was asked for', () => {
  openAndReady(1);
  expect(host.kill()).toEqual({ ok: true });
  expect(signals).toEqual([[71, 'SIGKILL']]);
  host.processGone(71, { reason: 'killed', exitCode: null, signal: 'SIGKILL' });
  expect(host.lastTermination).toMatchObject({ requested: true });
});

test('a kill never goes to whoever has got its pid since', () => {
  openAndReady(1);
  startTimes.set(71, '99');
  expect(host.kill()).toMatchObject({ ok: false });
  expect(signals).toEqual([]);
});

test('a crash is refused when the page has moved to another process, and when there is no page', () => {
  expect(host.crash()).toMatchObject({ ok: false });
  const { contents } = openAndReady(1);
  contents.pid = 72;
  expect(host.crash()).toMatchObject({ ok: false });
  expect(contents.crashed).toBe(false);
  contents.pid = 71;
  expect(host.crash()).toEqual({ ok: true });
  expect(contents.crashed).toBe(true);
});

test('one that does not answer heartbeats is unresponsive, and running again when it does', async () => {
  const { port } = openAndReady(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(host.state.kind).toBe('unresponsive');
  const beats = port.got.filter(
    (message): message is { beat: number } => (message as { kind: string }).kind === 'heartbeat',
  );
  for (const { beat } of beats) port.postMessage({ kind: 'heartbeat', beat, clock: null, rejected: [] });
  expect(host.state.kind).toBe('running');
  expect(events.all.map(({ kind }) => kind)).toEqual(['launched', 'unresponsive', 'responsive']);
});

test('closed with its last tab it is no death', () => {
  openAndReady(1);
  channel = [];
  host.close();
  expect(deaths).toEqual([]);
  expect(host.process).toBeNull();
  expect(channel).not.toContain('peer-gone');
});
