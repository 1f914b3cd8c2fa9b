import { expect, test } from 'vitest';
import type { Bucket } from '../series/bucket-ring';
import { CHART_WINDOWS, type ChartWindowId, type Timing } from '../series/chart-windows';
import { SeriesStore } from '../series/series-store';
import { LatencyPoints } from './latency-points';

function storeWith(nowNs: number, samples: [sentNs: number, rttNs: number][]): SeriesStore {
  const store = new SeriesStore();
  store.accept(nowNs, [
    {
      channelId: 'a',
      intendedNs: Float64Array.from(samples, (s) => s[0] - 10_000),
      sentNs: Float64Array.from(samples, (s) => s[0]),
      rttNs: Float64Array.from(samples, (s) => s[1]),
    },
  ]);
  return store;
}

function pointsOf(
  store: SeriesStore,
  ratePerSecond: number,
  {
    channelIds = ['a'],
    window = '30s',
    timing = 'sent',
  }: { channelIds?: string[]; window?: ChartWindowId; timing?: Timing } = {},
): LatencyPoints {
  const points = new LatencyPoints();
  points.readFrom({ view: store.view, channelIds, window: CHART_WINDOWS[window], timing, ratePerSecond });
  return points;
}

function read(points: LatencyPoints, index: number): Bucket {
  return points.read(0, index, { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN });
}

const medians = (points: LatencyPoints): number[] => [...(points.medians[0] ?? [])].slice(0, points.count);

test('one point per bucket, in microseconds and seconds before now', () => {
  const points = pointsOf(
    storeWith(1e9, [
      [50e6, 90_000],
      [60e6, 70_000],
      [70e6, 110_000],
    ]),
    100,
  );
  expect(points.count).toBe(5);
  expect(points.secondsAt(0)).toBeCloseTo(-0.9);
  expect(medians(points)).toEqual([90, NaN, NaN, NaN, NaN]);
  expect(read(points, 0)).toEqual({ answered: 3, lost: 0, medianNs: 90_000, minNs: 70_000, maxNs: 110_000 });
  expect(read(points, 1)).toMatchObject({ answered: 0, medianNs: NaN });
  expect([points.lowMedian, points.highMedian]).toEqual([90, 90]);
});

test('about 150 points in every window', () => {
  const store = storeWith(3000e9, [[2999e9, 1000]]);
  for (const window of ['30s', '2min', '10min'] as const) {
    const { count } = pointsOf(store, 20, { window });
    expect(count).toBeGreaterThanOrEqual(149);
    expect(count).toBeLessThanOrEqual(153);
  }
});

test('follows the timing asked for', () => {
  const store = storeWith(1e9, [[50e6, 90_000]]);
  expect(medians(pointsOf(store, 100, { timing: 'intended' }))[0]).toBe(100);
});

test('merges buckets at a low rate so that the line holds together', () => {
  const samples = Array.from({ length: 10 }, (_, i): [number, number] => [i * 1e9, 50_000 + i]);
  const points = pointsOf(storeWith(10e9, samples), 1);
  expect(medians(points).some(Number.isNaN)).toBe(false);
  const answered = Array.from({ length: points.count }, (_, index) => read(points, index).answered);
  expect(answered.reduce((sum, count) => sum + count)).toBe(10);
});

test('a channel without samples has an empty place at every point', () => {
  const points = pointsOf(storeWith(1e9, [[50e6, 90_000]]), 100, { channelIds: ['nobody'] });
  expect(medians(points).every(Number.isNaN)).toBe(true);
  expect(points.lowMedian).toBe(Infinity);
});

test('losses are counted in their point', () => {
  const points = pointsOf(
    storeWith(1e9, [
      [50e6, NaN],
      [60e6, NaN],
    ]),
    100,
  );
  expect(read(points, 0)).toMatchObject({ lost: 2, medianNs: NaN });
  expect(points.lost[0]?.[0]).toBe(2);
  expect(points.lostInView).toBe(2);
});

test('read again, it holds nothing of before', () => {
  const points = pointsOf(storeWith(1e9, [[50e6, 90_000]]), 100);
  const store = storeWith(1e9, [[250e6, 70_000]]);
  points.readFrom({
    view: store.view,
    channelIds: ['a'],
    window: CHART_WINDOWS['30s'],
    timing: 'sent',
    ratePerSecond: 100,
  });
  expect(medians(points).slice(0, 2)).toEqual([NaN, 70]);
  expect([points.lowMedian, points.highMedian]).toEqual([70, 70]);
});

test('the nearest point to a time is found, within the ends', () => {
  const points = pointsOf(storeWith(1e9, [[50e6, 90_000]]), 100);
  expect([-5, -0.9, -0.72, -0.1, 3].map((seconds) => points.nearest(seconds))).toEqual([0, 0, 1, 4, 4]);
});
