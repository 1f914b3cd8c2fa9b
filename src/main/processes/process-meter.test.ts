import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Reading } from './figure-source';
import { ProcessMeter } from './process-meter';
import { ProcessRegistry } from './process-registry';

// Only its types are needed: it asks Electron elsewhere than on Linux.
vi.mock('electron', () => ({}));

const FIRST: Reading = {
  startTime: '1',
  memoryBytes: 1000,
  cpuSeconds: 10,
  threads: 4,
  descriptors: 9,
  switches: { voluntary: 100, involuntary: 10 },
  unread: null,
};

let readings: Map<number, Reading>;
let meter: ProcessMeter;
let registry: ProcessRegistry;
beforeEach(() => {
  vi.useFakeTimers();
  readings = new Map([[7, FIRST]]);
  registry = new ProcessRegistry({ startTime: () => '1', signal: () => true, discover: () => [] });
  registry.enter({ pid: 7, kind: 'plugin', name: 'echo' });
  meter = new ProcessMeter(
    registry,
    (pids) => new Map([...readings].filter(([pid]) => pids.includes(pid))),
    () => undefined,
  );
});
afterEach(() => {
  meter.stop();
  vi.useRealTimers();
});

test('what needs two readings is null at the first', () => {
  meter.start();
  expect(meter.figures(7)).toEqual({
    memoryBytes: 1000,
    cpuPercent: null,
    threads: 4,
    descriptors: 9,
    switchesPerSecond: null,
    unread: null,
  });
});

test('CPU in percent of one core, and switches in a second', () => {
  meter.start();
  readings.set(7, { ...FIRST, cpuSeconds: 10.25, switches: { voluntary: 340, involuntary: 13 } });
  vi.advanceTimersByTime(1000);
  expect(meter.figures(7).cpuPercent).toBeCloseTo(25);
  expect(meter.figures(7).switchesPerSecond?.voluntary).toBeCloseTo(240);
  expect(meter.figures(7).switchesPerSecond?.involuntary).toBeCloseTo(3);
});

test('a pid that is another process by now starts afresh', () => {
  meter.start();
  readings.set(7, { ...FIRST, startTime: '2', cpuSeconds: 0.5 });
  vi.advanceTimersByTime(1000);
  expect(meter.figures(7)).toMatchObject({ cpuPercent: null, switchesPerSecond: null });
});

test('what can not be read stays null, with the reason', () => {
  readings.set(7, { ...FIRST, descriptors: null, unread: 'permission' });
  meter.start();
  expect(meter.figures(7)).toMatchObject({ descriptors: null, threads: 4, unread: 'permission' });
});

test('one that is gone has no figures', () => {
  meter.start();
  readings.delete(7);
  vi.advanceTimersByTime(1000);
  expect(meter.figures(7).memoryBytes).toBeNull();
  expect(meter.figures(null).memoryBytes).toBeNull();
});

test('the others are those that are shown nowhere else', () => {
  registry.enter({ pid: 8, kind: 'gpu', name: 'GPU' });
  readings.set(8, FIRST);
  meter.start();
  expect(meter.others(new Set([7]))).toMatchObject([{ pid: 8, kind: 'gpu', name: 'GPU', memoryBytes: 1000 }]);
});
