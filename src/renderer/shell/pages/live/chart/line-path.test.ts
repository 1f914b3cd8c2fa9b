import { expect, test } from 'vitest';
import { bandPath, linePath, type PixelOf } from './line-path';

const same = (value: number): number => value;

const path = (values: number[], yOf: PixelOf = same): string =>
  linePath(
    values.map((_, index) => index * 10),
    values,
    yOf,
  );

test('a line through all values', () => {
  expect(path([1, 2, 3])).toBe('M0.0 1.0h0L10.0 2.0L20.0 3.0');
});

test('no value is a gap, and a lone value is a point', () => {
  expect(path([1, NaN, 3, NaN])).toBe('M0.0 1.0h0M20.0 3.0h0');
  expect(path([NaN, NaN])).toBe('');
});

test('what the axis cannot place is a gap too', () => {
  expect(path([-1, 2], (v) => (v < 0 ? undefined : v))).toBe('M10.0 2.0h0');
});

test('a band is one closed area per run', () => {
  expect(bandPath([0, 10, 20, 30], [1, 2, NaN, 4], [5, 6, NaN, 8], same)).toBe(
    'M0.0 5.0L10.0 6.0L10.0 2.0L0.0 1.0ZM30.0 8.0L30.0 4.0Z',
  );
});
