import { expect, test } from 'vitest';
import { axisEnd, axisPlace, axisTickLabel, axisTicks, percentLabel } from './percentile-axis';

test('every nine takes as much room', () => {
  expect([0, 0.9, 0.99, 0.999].map((fraction) => Math.round(axisPlace(fraction)))).toEqual([1, 10, 100, 1000]);
});

test('the axis goes to the last point of the longest curve, and at least to 99 %', () => {
  expect(axisEnd([])).toBe(100);
  expect(axisEnd([[{ fraction: 0, ns: 1 }], [{ fraction: 0.9999, ns: 1 }]])).toBeCloseTo(10_000);
});

test('labelled at 0, 50 and the nines', () => {
  expect(axisTicks(10_000).map(axisTickLabel)).toEqual(
    ['0', '50', '90', '99', '99.9', '99.99'].map((digits) => `${digits}\u202f%`),
  );
  expect(axisTicks(150)).toEqual([1, 2, 10, 100]);
});

test('a percentile has as many digits as tell it from 100 %', () => {
  expect([0.55, 0.921875, 0.9921875, 0.99990234375].map(percentLabel)).toEqual(
    ['55', '92.2', '99.22', '99.9902'].map((digits) => `${digits}\u202f%`),
  );
});
