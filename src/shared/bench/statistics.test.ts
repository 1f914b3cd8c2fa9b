import { expect, test } from 'vitest';
import { countOutliers, spreadOf, summarize } from './statistics';

test('a summary against values computed by hand', () => {
  // Mean 5, squares of the differences 9+1+1+1+0+0+4+16 = 32, variance 32/7.
  expect(summarize(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9))).toEqual({
    min: 2,
    p50: 4,
    p90: 9,
    p99: 9,
    p99_9: 9,
    max: 9,
    mean: 5,
    stdev: Math.sqrt(32 / 7),
  });
});

test('percentiles are nearest ranks', () => {
  const thousand = Float64Array.from({ length: 1000 }, (_, i) => i + 1);
  expect(summarize(thousand)).toMatchObject({ p50: 500, p90: 900, p99: 990, p99_9: 999, max: 1000 });
});

test('one sample has no deviation, none has no summary', () => {
  expect(summarize(Float64Array.of(7))).toMatchObject({ p50: 7, p99_9: 7, stdev: 0 });
  expect(summarize(new Float64Array())).toBeNull();
});

test('large values that lie close keep their deviation', () => {
  expect(summarize(Float64Array.of(1e12 + 1, 1e12 + 2, 1e12 + 3))?.stdev).toBeCloseTo(1, 9);
});

test('outliers lie beyond three interquartile ranges; on the fence is within', () => {
  // Quartiles 10 and 20: fences at −20 and 50.
  const values = Float64Array.of(-21, -20, 10, 10, 15, 15, 20, 20, 20, 50, 51, 900).sort();
  expect(countOutliers(values)).toEqual({ low: 1, high: 2, lowFenceNs: -20, highFenceNs: 50 });
  expect(countOutliers(new Float64Array())).toBeNull();
});

test('the spread is the range of the medians over their median', () => {
  expect(spreadOf([100, 110, 95])).toBeCloseTo(0.15);
  expect(spreadOf([100])).toBeNull();
});
