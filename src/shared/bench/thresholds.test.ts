import { expect, test } from 'vitest';
import { CLOSED, OPEN, recordOf, roundOf } from './fixtures';
import type { Threshold } from './request';
import { resultOf } from './result';
import { judge } from './thresholds';

const runs = [
  resultOf(recordOf([roundOf([1000, 2000, 3000])]), CLOSED),
  resultOf(
    recordOf([roundOf([5000])], {
      run: { index: 1, method: 'fifo', route: 'plugin-plugin', sizeBytes: 1024, unavailable: null },
    }),
    CLOSED,
  ),
];
const limit = (changes: Partial<Threshold>): Threshold => ({
  text: 'fifo.p50<9us',
  method: 'fifo',
  metric: 'p50',
  operator: '<',
  limitNs: 9000,
  ...changes,
});

test('a limit holds when every size holds it', () => {
  expect(judge(limit({}), runs)).toMatchObject({
    result: 'held',
    text: 'held: fifo.p50<9us (2.00 µs at 64 B, 5.00 µs at 1024 B)',
  });
  expect(judge(limit({ limitNs: 4000 }), runs)).toMatchObject({
    result: 'failed',
    text: expect.stringContaining('(5.00 µs at 1024 B)'),
  });
});

test('a limit holds on every route that was measured, and says which it does not hold on', () => {
  const run = (route: string, rttNs: number) =>
    resultOf(
      recordOf([roundOf([rttNs])], {
        run: { index: 0, method: 'message-port', route, sizeBytes: 64, unavailable: null },
      }),
      CLOSED,
    );
  expect(
    judge(limit({ method: 'message-port', text: 'message-port.p50<9us' }), [
      run('plugin-plugin', 1000),
      run('plugin-renderer', 10_000),
    ]),
  ).toMatchObject({ result: 'failed', text: 'failed: message-port.p50<9us (10.0 µs at 64 B, plugin-renderer)' });
});

test('< is strict and <= is not', () => {
  expect(judge(limit({ limitNs: 5000 }), runs).result).toBe('failed');
  expect(judge(limit({ limitNs: 5000, operator: '<=' }), runs).result).toBe('held');
});

test('without a figure it is unchecked, not held', () => {
  expect(judge(limit({ method: 'udp' }), runs).result).toBe('unchecked');
});

test('a lower bound holds no limit: what it stands for may be anything above', () => {
  const record = recordOf([roundOf([1000, 1000, null])]);
  const run = resultOf(record, OPEN);
  expect(judge(limit({ metric: 'max', limitNs: 60e9 }), [run])).toMatchObject({
    result: 'failed',
    text: expect.stringContaining('(≥2.00 s at 64 B)'),
  });
  expect(judge(limit({ metric: 'mean', limitNs: 60e9 }), [run]).result).toBe('failed');
  expect(judge(limit({ metric: 'p50' }), [run]).result).toBe('held');
});
