import { expect, test } from 'vitest';
import { bandPath, LinePath, type PixelOf } from './line-path';

const same = (value: number): number => value;

function line(yOf: PixelOf = same, stepPx = 10, base = 0): LinePath {
  const made = new LinePath();
  made.setScale({ base, stepPx, yOf });
  return made;
}

const path = (values: number[], yOf: PixelOf = same): string => line(yOf).piece(values, 0, 0, values.length - 1).d;

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

test('a piece is part of the line, with its length since the last gap', () => {
  const values = [1, 2, NaN, 4, 8, 5];
  expect(line(same, 3).piece(values, 100, 103, 105)).toEqual({
    d: 'M309.0 4.0h0L312.0 8.0L315.0 5.0',
    strokePx: 5 + Math.hypot(3, 3),
  });
  expect(line(same, 3).piece(values, 100, 100, 104).strokePx).toBe(5);
});

test('after sliding and changes it is what a fresh one would be', () => {
  const sliding = line();
  sliding.piece([1, 2, 3], 0, 0, 2);
  expect(sliding.piece([2, 4, 5], 1, 1, 3).d).toBe('M10.0 2.0h0L20.0 4.0L30.0 5.0');
  expect(sliding.piece([NaN, 4, 5], 1, 1, 3).d).toBe('M20.0 4.0h0L30.0 5.0');
});

test('another scale, step or base places every point anew', () => {
  const rescaled = line();
  const at = (yOf: PixelOf, stepPx: number, base: number): string => {
    rescaled.setScale({ base, stepPx, yOf });
    return rescaled.piece([1, 2], 0, 0, 1).d;
  };
  expect(at(same, 10, 0)).toBe('M0.0 1.0h0L10.0 2.0');
  expect(at((value) => value * 3, 10, 0)).toBe('M0.0 3.0h0L10.0 6.0');
  expect(at(same, 5, 0)).toBe('M0.0 1.0h0L5.0 2.0');
  expect(at(same, 5, -1)).toBe('M5.0 1.0h0L10.0 2.0');
});

test('a band is one closed area per run', () => {
  expect(bandPath([0, 10, 20, 30], [1, 2, NaN, 4], [5, 6, NaN, 8], same)).toBe(
    'M0.0 5.0L10.0 6.0L10.0 2.0L0.0 1.0ZM30.0 8.0L30.0 4.0Z',
  );
});
