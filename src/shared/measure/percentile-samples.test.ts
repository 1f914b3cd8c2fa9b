import { expect, test } from 'vitest';
import { exactPercentile } from './percentiles';
import { carriesPercentile, fewestSamples, shownPercentile, whyNotShown } from './percentile-samples';

test.each([
  [90, 30],
  [99, 300],
  [99.9, 3000],
])('p%d takes %d samples', (percent, samples) => {
  expect(fewestSamples(percent)).toBe(samples);
  expect([samples - 1, samples].map((count) => carriesPercentile(count, percent))).toEqual([false, true]);
});

test.each([90, 99, 99.9])('p%d is never the maximum where it is shown', (percent) => {
  const sorted = Float64Array.from({ length: fewestSamples(percent) }, (_, i) => i);
  expect(exactPercentile(sorted, percent)).toBeLessThan(sorted.at(-1) as number);
});

test('of 600 samples p99 is shown and p99.9 is not, with the reason; median and maximum always are', () => {
  const percentiles = { count: 600, p50: 1, p90: 2, p99: 3, p999: 9, max: 9 };
  const keys = ['p50', 'p90', 'p99', 'p999', 'max'] as const;
  expect(keys.map((key) => shownPercentile(percentiles, key))).toEqual([1, 2, 3, null, 9]);
  expect(whyNotShown(percentiles, 'p999')).toMatch(/takes 3,000 samples and there are 600/);
  expect(whyNotShown(percentiles, 'p99')).toBeNull();
  expect(keys.map((key) => shownPercentile({ ...percentiles, count: 1 }, key))).toEqual([1, null, null, null, 9]);
  expect(shownPercentile(null, 'p50')).toBeNull();
});
