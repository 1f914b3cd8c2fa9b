import { expect, test } from 'vitest';
import { binomialAtLeast, medianInterval } from './median-interval';

test('binomial tails computed by hand', () => {
  expect(binomialAtLeast(2, 3, 1 / 3)).toBeCloseTo(7 / 27, 12);
  expect(binomialAtLeast(2, 3, 2 / 3)).toBeCloseTo(20 / 27, 12);
  expect(binomialAtLeast(5, 10, 0.5)).toBeCloseTo(638 / 1024, 12);
  expect([
    binomialAtLeast(0, 5, 0.1),
    binomialAtLeast(6, 5, 0.9),
    binomialAtLeast(3, 5, 1),
    binomialAtLeast(3, 5, 0),
  ]).toEqual([1, 0, 1, 0]);
});

test('far tails keep their digits, and large numbers of draws work', () => {
  expect(binomialAtLeast(40, 40, 0.5)).toBeCloseTo(2 ** -40, 20);
  // By symmetry: P(X ≥ n/2) = (1 + P(X = n/2)) / 2, and P(X = n/2) ≈ √(2/πn).
  expect(binomialAtLeast(500_000, 1_000_000, 0.5)).toBeCloseTo(0.5 + 0.5 * Math.sqrt(2 / (Math.PI * 1e6)), 7);
});

test('three values: P(median* ≤ x₁) = 7/27, above 2.5 %, and ≤ x₂ 20/27, below 97.5 %', () => {
  expect(medianInterval(Float64Array.of(1, 2, 3))).toEqual({ low: 1, high: 3 });
});

test('it agrees with a bootstrap that does draw', () => {
  const sorted = Float64Array.from({ length: 101 }, (_, i) => i * i);
  let state = 1;
  /** Marsaglia's xorshift: the same draws at every run. */
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const medians = Float64Array.from({ length: 4000 }, () => {
    const drawn = Float64Array.from(sorted, () => sorted[Math.floor(random() * sorted.length)] as number).sort();
    return drawn[50] as number;
  }).sort();
  const exact = medianInterval(sorted);
  // Within one rank of the drawn one, which is itself uncertain.
  expect(Math.abs(Math.sqrt(exact?.low ?? 0) - Math.sqrt(medians[99] as number))).toBeLessThanOrEqual(1);
  expect(Math.abs(Math.sqrt(exact?.high ?? 0) - Math.sqrt(medians[3899] as number))).toBeLessThanOrEqual(1);
});

test('it holds the median, and is no interval for nothing', () => {
  const interval = medianInterval(Float64Array.from({ length: 10_000 }, (_, i) => i));
  expect(interval?.low).toBeLessThan(5000);
  expect(interval?.high).toBeGreaterThan(5000);
  // ±1.96 · √n / 2 ranks, as the normal approximation has it.
  expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeCloseTo(196, -1);
  expect(medianInterval(new Float64Array())).toBeNull();
});
