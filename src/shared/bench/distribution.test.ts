import { build } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import { exactPercentile } from '../measure/percentiles';
import { distributionOf } from './distribution';

/** Two humps and a long tail, from a fixed sequence. */
function humps(length: number): Float64Array {
  let state = 1;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return Float64Array.from({ length }, () =>
    Math.round((random() < 0.3 ? 20_000 : 90_000) * (0.8 + 0.4 * random()) + 1000 / random()),
  ).sort();
}

function hdrRows(sorted: Float64Array) {
  const histogram = build({
    bitBucketSize: 32,
    autoResize: true,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 2 ** 24,
    numberOfSignificantValueDigits: 3,
  });
  for (const ns of sorted) histogram.recordValue(ns);
  return histogram
    .outputPercentileDistribution(5, 1)
    .split('\n')
    .slice(2)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/).map(Number));
}

test.each([1, 2, 3, 10, 777, 10_000])('%i samples: the rows of HdrHistogram, within its error', (length) => {
  const sorted = humps(length);
  const expected = hdrRows(sorted);
  const { rows = [] } = distributionOf(sorted) ?? {};
  // Equal values of a bucket end its list a row or two sooner.
  expect(Math.abs(rows.length - expected.length)).toBeLessThanOrEqual(2);
  for (const [index, [value = 0, fraction]] of expected.slice(0, -3).entries()) {
    const row = rows[index];
    expect(row?.fraction).toBeCloseTo(fraction as number, 10);
    expect(Math.abs((row?.ns ?? 0) - value) / value, `at ${fraction}`).toBeLessThan(0.001);
  }
  expect(rows.at(-1)).toEqual({ fraction: 1, ns: sorted.at(-1), count: length });
});

test('every value is that of the exact computation, every count that of a plain one', () => {
  const sorted = humps(2000);
  const distribution = distributionOf(sorted);
  for (const { fraction, ns, count } of distribution?.rows ?? []) {
    expect(ns).toBe(exactPercentile(sorted, fraction * 100));
    expect(count).toBe(sorted.filter((value) => value <= ns).length);
  }
  expect(distribution).toMatchObject({
    p1_ns: exactPercentile(sorted, 1),
    p25_ns: exactPercentile(sorted, 25),
    p75_ns: exactPercentile(sorted, 75),
  });
});

test('about a hundred rows, however many samples', () => {
  const million = Float64Array.from({ length: 1_000_000 }, (_, i) => i);
  const { rows = [] } = distributionOf(million) ?? {};
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.length).toBeLessThan(120);
});

test('samples that are all the same take two rows; none take none', () => {
  expect(distributionOf(Float64Array.of(5, 5, 5))?.rows).toEqual([
    { fraction: 0, ns: 5, count: 3 },
    { fraction: 1, ns: 5, count: 3 },
  ]);
  expect(distributionOf(new Float64Array())).toBeNull();
});
