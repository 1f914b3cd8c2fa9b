import { expect, test } from 'vitest';
import { DrawnLine } from './drawn-line';

const same = (value: number): number => value;
const points = (first: number, values: number[]) => ({ first, count: values.length, values });

test('what was never drawn is new from its first point', () => {
  expect(new DrawnLine().take(points(7, [1, 2, 3]), 10, same)).toBe(7);
});

test('while it slides only the newest points are new', () => {
  const line = new DrawnLine();
  line.take(points(7, [1, 2, NaN, 4]), 10, same);
  expect(line.take(points(7, [1, 2, NaN, 4]), 10, same)).toBe(Infinity);
  expect(line.take(points(8, [2, NaN, 4, 5]), 10, same)).toBe(11);
  expect(line.take(points(8, [2, 3, 4, 5]), 10, same)).toBe(9);
  expect(line.take(points(8, [2, 3, 4, NaN]), 10, same)).toBe(11);
});

test('the stroke is as long as its pieces since the last gap, also after a change before them', () => {
  const line = new DrawnLine();
  line.take(points(100, [1, 5, NaN, 4, 8, 4]), 3, same);
  expect([100, 101, 103, 104, 105].map((number) => line.strokePxAt(number))).toEqual([0, 5, 0, 5, 10]);
  line.take(points(100, [1, 5, 5, 9, 5, 1]), 3, same);
  expect([101, 102, 103, 104, 105].map((number) => line.strokePxAt(number))).toEqual([5, 8, 13, 18, 23]);
});

test('a dash goes on when the points before it have left', () => {
  const line = new DrawnLine();
  line.take(points(0, [1, 5, 1]), 3, same);
  line.take(points(1, [5, 1, 5]), 3, same);
  expect(line.strokePxAt(3)).toBe(15);
});

test('what the axis cannot place is a gap; on another scale all is new', () => {
  const line = new DrawnLine();
  line.take(points(0, [-1, 2]), 10, (value) => (value < 0 ? undefined : value));
  expect(line.yAt(0)).toBeNaN();
  expect(line.yAt(1)).toBe(2);
  line.forget();
  expect(line.take(points(0, [-1, 2]), 10, (value) => value * 2)).toBe(0);
  expect(line.yAt(0)).toBe(-2);
});
