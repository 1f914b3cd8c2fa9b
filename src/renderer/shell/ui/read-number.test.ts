import { expect, test } from 'vitest';
import { readNumber } from './read-number';

const LIMITS = { min: 0.1, max: 10_000 };

test.each([
  ['12', 12],
  [' 1,000 ', 1000],
  ['1 000', 1000],
  ['.5', 0.5],
  ['2.', 2],
])('“%s” is %d', (text, value) => {
  expect(readNumber(text, LIMITS, false)).toBe(value);
});

test.each([
  ['', false, 'A number, 0.1 to 10,000'],
  ['1,0', false, 'A number, 0.1 to 10,000'],
  ['1e3', false, 'A number, 0.1 to 10,000'],
  ['1.5', true, 'A whole number, 0.1 to 10,000'],
  ['0', false, 'At least 0.1'],
  ['10,001', false, 'At most 10,000'],
])('“%s” is refused', (text, whole, refusal) => {
  expect(readNumber(text, LIMITS, whole)).toEqual({ refusal });
});
