import { beforeEach, expect, test } from 'vitest';
import { type OwnedProcess, ProcessRegistry } from './process-registry';

/** A system with the processes that the test says. */
let startTimes: Map<number, string>;
let sent: Array<[pid: number, signal: NodeJS.Signals | 0]>;
let found: OwnedProcess[];
let registry: ProcessRegistry;
beforeEach(() => {
  startTimes = new Map([[7, '100']]);
  sent = [];
  found = [];
  registry = new ProcessRegistry({
    startTime: (pid) => startTimes.get(pid) ?? null,
    signal(pid, signal) {
      sent.push([pid, signal]);
      return true;
    },
    discover: () => found,
  });
});

const PLUGIN = { pid: 7, kind: 'plugin', name: 'echo', processId: 'plugin:echo' } as const;

test('a process that was entered is signalled', () => {
  registry.enter(PLUGIN);
  expect(registry.signal(7, 'SIGKILL')).toBe(true);
  expect(sent).toEqual([[7, 'SIGKILL']]);
});

test('one that was never entered is not, whoever it is', () => {
  expect(registry.signal(7, 'SIGKILL')).toBe(false);
  expect(registry.signal(null, 'SIGKILL')).toBe(false);
  expect(sent).toEqual([]);
});

test('one that was taken out is not', () => {
  registry.leave(registry.enter(PLUGIN));
  expect(registry.signal(7, 'SIGKILL')).toBe(false);
  expect(sent).toEqual([]);
});

test('a pid that was handed out again is not signalled: its start time is another', () => {
  const entry = registry.enter(PLUGIN);
  startTimes.set(7, '101');
  expect(registry.signal(7, 'SIGKILL')).toBe(false);
  expect(registry.isGone(entry)).toBe(true);
  startTimes.delete(7);
  expect(registry.signal(7, 'SIGKILL')).toBe(false);
  expect(sent).toEqual([]);
});

test('where the system tells no start time, only a child of this process is signalled, and only until its end is told', () => {
  startTimes.clear();
  registry.enter(PLUGIN);
  expect(registry.signal(7, 'SIGKILL')).toBe(false);
  const child = registry.enter({ ...PLUGIN, pid: 8, isChild: true });
  expect(registry.signal(8, 'SIGTERM')).toBe(true);
  expect(registry.isGone(child)).toBe(false);
  registry.leave(child);
  expect(registry.signal(8, 'SIGTERM')).toBe(false);
  expect(sent).toEqual([[8, 'SIGTERM']]);
});

test('whoever has the pid now stays when the one before is taken out', () => {
  const before = registry.enter(PLUGIN);
  startTimes.set(7, '101');
  const now = registry.enter({ ...PLUGIN, name: 'digest' });
  registry.leave(before);
  expect(registry.all()).toEqual([now]);
});

test('a signal that the system refuses is a false, not an exception', () => {
  const refusing = new ProcessRegistry({
    startTime: () => '1',
    signal() {
      throw new Error('EPERM');
    },
    discover: () => [],
  });
  refusing.enter(PLUGIN);
  expect(refusing.signal(7, 'SIGKILL')).toBe(false);
});

test.skipIf(process.platform === 'win32')(
  'a group is signalled also when its leader has ended, but never under a pid that was reused',
  () => {
    const leader = registry.enter({ ...PLUGIN, kind: 'benchmark', isChild: true });
    startTimes.delete(7);
    expect(registry.signalGroup(leader, 'SIGKILL')).toBe(true);
    expect(sent).toEqual([[-7, 'SIGKILL']]);
    startTimes.set(7, '900');
    expect(registry.signalGroup(leader, 'SIGKILL')).toBe(false);
    expect(sent).toHaveLength(1);
  },
);

test('what others have started is listed with what was entered', () => {
  const entry = registry.enter(PLUGIN);
  const gpu: OwnedProcess = {
    pid: 9,
    startTime: '5',
    kind: 'gpu',
    name: 'GPU',
    processId: null,
    role: null,
    isChild: false,
  };
  found = [gpu];
  expect(registry.all()).toEqual([entry, gpu]);
});
