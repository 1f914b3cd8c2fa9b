import { expect, test } from 'vitest';
import { SeriesStore } from '../series/series-store';
import { latencyRows } from './latency-rows';

function storeWith(nowNs: number, samples: [sentNs: number, rttNs: number][]): SeriesStore {
  const store = new SeriesStore();
  store.accept(nowNs, [
    {
      channelId: 'a',
      seq: Uint32Array.from(samples.keys()),
      intendedNs: Float64Array.from(samples, (s) => s[0] - 10_000),
      sentNs: Float64Array.from(samples, (s) => s[0]),
      rttNs: Float64Array.from(samples, (s) => s[1]),
    },
  ]);
  return store;
}

test('one row per bucket, in microseconds and seconds before now', () => {
  const { rows } = latencyRows(
    storeWith(1e9, [
      [50e6, 90_000],
      [60e6, 70_000],
      [70e6, 110_000],
    ]),
    ['a'],
    '30s',
    'sent',
    100,
  );
  expect(rows).toHaveLength(5);
  expect(rows[0]).toEqual({ x: -0.9, median: [90], low: [70], high: [110], answered: [3], lost: [0] });
  expect(rows[1]).toMatchObject({ x: -0.7, median: [null], answered: [0] });
});

test('about 150 rows in every window', () => {
  const store = storeWith(3000e9, [[2999e9, 1000]]);
  for (const window of ['30s', '2min', '10min'] as const) {
    const { length } = latencyRows(store, ['a'], window, 'sent', 20).rows;
    expect(length).toBeGreaterThanOrEqual(149);
    expect(length).toBeLessThanOrEqual(153);
  }
});

test('follows the timing asked for', () => {
  const store = storeWith(1e9, [[50e6, 90_000]]);
  expect(latencyRows(store, ['a'], '30s', 'intended', 100).rows[0]?.median).toEqual([100]);
});

test('merges buckets at a low rate so that the line holds together', () => {
  const samples = Array.from({ length: 10 }, (_, i): [number, number] => [i * 1e9, 50_000 + i]);
  const { rows } = latencyRows(storeWith(10e9, samples), ['a'], '30s', 'sent', 1);
  expect(rows.every((row) => row.median[0] !== null)).toBe(true);
  expect(rows.reduce((n, row) => n + (row.answered[0] ?? 0), 0)).toBe(10);
});

test('a channel without samples has an empty place in every row', () => {
  const { rows, lowMedian } = latencyRows(storeWith(1e9, [[50e6, 90_000]]), ['nobody'], '30s', 'sent', 100);
  expect(rows.every((row) => row.median[0] === null)).toBe(true);
  expect(lowMedian).toBe(Infinity);
});

test('losses are counted in their row', () => {
  const { rows } = latencyRows(
    storeWith(1e9, [
      [50e6, NaN],
      [60e6, NaN],
    ]),
    ['a'],
    '30s',
    'sent',
    100,
  );
  expect(rows[0]).toMatchObject({ lost: [2], median: [null] });
});
