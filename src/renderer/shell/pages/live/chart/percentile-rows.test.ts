import { expect, test } from 'vitest';
import type { ChannelView, Percentiles } from '../../../../../shared/snapshot';
import { percentileExtent, percentilePoints } from './percentile-rows';

const channel = (fromSent: Percentiles | null) => ({ stats: { fromSent, fromIntended: null } }) as ChannelView;
const FIGURES = { count: 600, p50: 1000, p90: 2000, p99: 3000, p999: 9000, max: 9000 };

test('a point for each figure that the samples carry, the maximum at its own place', () => {
  expect(percentilePoints([channel(FIGURES)], 'sent')[0]).toEqual([
    { place: 2, ns: 1000 },
    { place: 10, ns: 2000 },
    { place: 100, ns: 3000 },
    { place: 10_000, ns: 9000 },
  ]);
  expect(percentilePoints([channel({ ...FIGURES, count: 3000 })], 'sent')[0]).toHaveLength(5);
});

test('a channel without answers has no points, and moves no axis', () => {
  const points = percentilePoints([channel(null), channel(FIGURES)], 'sent');
  expect(points[0]).toEqual([]);
  expect(percentileExtent(points)).toEqual([1, 9]);
  expect(percentileExtent([[]])).toEqual([Infinity, -Infinity]);
});
