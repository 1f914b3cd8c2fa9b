import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { ChannelView, ProcessView, Snapshot } from '../../../shared/snapshot';
import { chartedChannels } from '../pages/live/series/charted-channels';
import { useShell } from './shell-store';
import { say } from '../../../shared/messages/message';

const fresh = useShell.getInitialState();

// One clock for all: the store remembers when it last showed numbers.
beforeAll(() => void vi.useFakeTimers());
afterAll(() => void vi.useRealTimers());
beforeEach(() => {
  vi.advanceTimersByTime(5000);
  useShell.setState(fresh, true);
});

function process(id: string, kind: ProcessView['kind'], name = id): ProcessView {
  return {
    id,
    kind,
    name,
    title: '',
    pid: 1,
    state: { kind: 'running', sinceMs: 0 },
    lastTermination: null,
    crashes: 0,
    memoryBytes: null,
    cpuPercent: null,
    threads: null,
    descriptors: null,
    switchesPerSecond: null,
    unread: null,
    tabIds: [],
    group: null,
    role: null,
    waitsFor: null,
  };
}

function channel(id: string, sent = 0): ChannelView {
  const totals = { sent, answered: 0, lost: 0, skipped: 0, late: 0, duplicate: 0, reordered: 0, rejected: 0 };
  return {
    id,
    processId: 'p',
    transport: 'fifo',
    label: id,
    status: { kind: 'measuring' },
    enabled: true,
    everEnabled: true,
    stats: { fromSent: null, fromIntended: null, totals, answeredPerSecond: 0 },
  };
}

function snapshot(processes: ProcessView[], channels: ChannelView[] = []): Snapshot {
  return {
    processes,
    channels,
    floors: [],
    departed: [],
    tabs: [],
    activeTabId: null,
    events: [],
    incidents: [],
    notices: [],
    nowNs: 0,
  } as unknown as Snapshot;
}

const receive = (next: Snapshot): void => useShell.getState().receiveSnapshot(next);
const shown = (): Snapshot | null => useShell.getState().snapshot;

test('states are shown at once, numbers at most twice a second, and the last ones always', () => {
  vi.advanceTimersByTime(5000);
  receive(snapshot([process('p', 'plugin')], [channel('c', 1)]));
  vi.advanceTimersByTime(100);
  const dead = { ...channel('c', 2), status: { kind: 'waiting', reason: 'dead' } as const };
  receive(snapshot([process('p', 'plugin')], [dead]));
  expect(shown()?.channels[0]).toMatchObject({ status: { kind: 'waiting' }, stats: { totals: { sent: 1 } } });
  vi.advanceTimersByTime(500);
  expect(shown()?.channels[0]?.stats.totals.sent).toBe(2);
});

test('what is the same keeps its identity', () => {
  receive(snapshot([process('p', 'plugin'), process('q', 'plugin')]));
  const before = shown();
  receive(structuredClone(snapshot([process('p', 'plugin'), { ...process('q', 'plugin'), crashes: 1 }])));
  expect(shown()?.processes[0]).toBe(before?.processes[0]);
  expect(shown()?.processes[1]).not.toBe(before?.processes[1]);
});

test('built-in sites have their own hues, others take the next, and nobody changes', () => {
  receive(snapshot([process('b', 'browser'), process('x', 'plugin'), process('s', 'renderer', 'beta.test')]));
  receive(snapshot([process('y', 'plugin'), process('x', 'plugin'), process('t', 'renderer', 'alpha.test')]));
  expect(useShell.getState().colourIndex).toEqual({ x: 3, s: 1, y: 4, t: 0 });
});

test('isolating a line hides the others; again shows all', () => {
  receive(snapshot([], [channel('a'), channel('b'), channel('c')]));
  useShell.getState().isolateLine('b');
  expect([...useShell.getState().hidden]).toEqual(['a', 'c']);
  useShell.getState().isolateLine('b');
  expect(useShell.getState().hidden.size).toBe(0);
});

test('pausing keeps the channels as they were', () => {
  receive(snapshot([], [channel('a', 1)]));
  useShell.getState().togglePause();
  vi.advanceTimersByTime(1000);
  receive(snapshot([], [channel('a', 2)]));
  vi.advanceTimersByTime(1000);
  expect(useShell.getState().frozenChannels?.[0]?.stats.totals.sent).toBe(1);
  expect(shown()?.channels[0]?.stats.totals.sent).toBe(2);
  useShell.getState().togglePause();
  expect(useShell.getState()).toMatchObject({ frozen: null, frozenChannels: null });
});

test('an export knows its job from its progress, and how it ended also when a menu item began it', () => {
  const { setExport, receiveExportProgress } = useShell.getState();
  setExport('csv', { kind: 'running', jobId: null, done: 0, total: 0 });
  receiveExportProgress({ jobId: 7, format: 'csv', done: 5, total: 10, outcome: null });
  expect(useShell.getState().exports.csv).toEqual({ kind: 'running', jobId: 7, done: 5, total: 10 });
  receiveExportProgress({
    jobId: 7,
    format: 'csv',
    done: 5,
    total: 10,
    outcome: { status: 'failed', message: say('verbatim', { text: 'the disk is full' }) },
  });
  expect(useShell.getState().exports.csv).toEqual({ kind: 'failed', message: 'the disk is full' });
  expect(useShell.getState().status).toMatchObject({ tone: 'bad', text: 'the disk is full' });
});

test('a process that has just died stands out for two seconds, one that was only restarted does not', () => {
  const died = (id: string, requested: boolean, reason: 'crashed' | 'clean-exit'): ProcessView => ({
    ...process(id, 'plugin'),
    lastTermination: { reason, exitCode: 0, signal: null, pid: 1, uptimeMs: 1, atMs: 1, requested },
  });
  receive(snapshot([died('old', false, 'crashed'), process('p', 'plugin'), process('q', 'plugin')]));
  expect(useShell.getState().struck).toEqual([]);
  receive(snapshot([died('old', false, 'crashed'), died('p', true, 'crashed'), died('q', true, 'clean-exit')]));
  expect(useShell.getState().struck).toEqual(['p']);
  vi.advanceTimersByTime(2000);
  expect(useShell.getState().struck).toEqual([]);
});

test('the channel of a closed tab stays on the chart until its past has left the window', () => {
  const gone = { channel: { ...channel('g'), processId: 's' }, processName: 'alpha.test', lastNs: 10e9 };
  const at = (nowNs: number): Snapshot => ({ ...snapshot([], [channel('a')]), departed: [gone], nowNs });
  const ids = () => chartedChannels(useShell.getState()).map(({ id, departedFrom }) => [id, departedFrom]);
  receive(at(20e9));
  expect(ids()).toEqual([
    ['a', undefined],
    ['g', 'alpha.test'],
  ]);
  expect(chartedChannels(useShell.getState())).toBe(chartedChannels(useShell.getState()));
  vi.advanceTimersByTime(1000);
  receive(at(41e9));
  expect(ids()).toEqual([['a', undefined]]);
  useShell.getState().setView({ window: '2min' });
  expect(ids()).toHaveLength(2);
});
