import { expect, test } from 'vitest';
import { medianOf } from './median';

test('no values have no median', () => {
  expect(medianOf([])).toBeNaN();
});

test('the middle one of an odd number of values', () => {
  expect(medianOf([9, 1, 5])).toBe(5);
  expect(medianOf([3])).toBe(3);
});

test('the lower middle one of an even number of values', () => {
  expect(medianOf([4, 1, 3, 2])).toBe(2);
});

test('agrees with sorting, also with many equal values, and leaves its input alone', () => {
  let seed = 7;
  for (let round = 0; round < 200; round += 1) {
    const values = Array.from({ length: 1 + (round % 37) }, () => (seed = (seed * 16807) % 2147483647) % 11);
    const copy = [...values];
    const sorted = [...values].sort((a, b) => a - b);
    expect(medianOf(values)).toBe(sorted[(sorted.length - 1) >> 1]);
    expect(values).toEqual(copy);
  }
});

test('takes more values than its scratch space holds at first', () => {
  expect(medianOf(Array.from({ length: 5001 }, (_, i) => 5000 - i))).toBe(2500);
});
