import { expect, test } from 'vitest';
import type { BenchForm } from '../../../../shared/bench-window/form';
import { estimateMs, pathCount, roughly } from './estimate';

const FORM: BenchForm = {
  methods: ['fifo'],
  allRoutes: false,
  sizes: [64],
  placement: 'free',
  io: 'native',
  mode: { kind: 'open', ratePerSecond: 100, durationS: 10 },
  rounds: 1,
  warmup: 0,
  timeoutMs: 2000,
  floor: false,
  keepLive: false,
};

test('an open loop takes its duration, for each method and size', () => {
  const one = estimateMs(FORM);
  expect(one).toBeGreaterThan(10_000);
  expect(estimateMs({ ...FORM, methods: ['fifo', 'tcp'], sizes: [64, 128] })).toBeCloseTo(4 * one, -1);
});

test('the floor and the warm-up of an open loop are paced as well', () => {
  const slow: BenchForm = { ...FORM, mode: { kind: 'open', ratePerSecond: 20, durationS: 30 }, rounds: 3 };
  // 100 pings at least in each of three rounds, at 20 a second.
  expect(estimateMs({ ...slow, floor: true }) - estimateMs(slow)).toBeCloseTo(15_300, 5);
  const warmed = estimateMs({ ...slow, warmup: 1000 }) - estimateMs(slow);
  // 1,000 closed cycles, and as many pings at 5,000 a second.
  expect(warmed).toBeCloseTo(3 * (100 + 200), -1);
});

test('all routes of a method are runs of their own', () => {
  expect(pathCount({ methods: ['message-port', 'fifo'], allRoutes: false })).toBe(2);
  expect(pathCount({ methods: ['message-port', 'fifo'], allRoutes: true })).toBeGreaterThan(2);
});

test('more cycles, larger messages, more rounds and the floor take longer', () => {
  const closed: BenchForm = { ...FORM, mode: { kind: 'closed', cycles: 1000 } };
  const base = estimateMs(closed);
  for (const change of [{ rounds: 2 }, { sizes: [1024 * 1024] }, { floor: true }, { warmup: 1000 }])
    expect(estimateMs({ ...closed, ...change })).toBeGreaterThan(base);
});

test.each([
  [300, '1 s'],
  [7400, '7 s'],
  [23_000, '25 s'],
  [80_000, '1 min'],
  [9_000_000, '3 h'],
])('%i ms is roughly %s', (ms, text) => {
  expect(roughly(ms)).toBe(text);
});
