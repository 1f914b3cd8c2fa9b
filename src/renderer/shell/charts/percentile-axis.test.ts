import { expect, test } from 'vitest';
import { axisPlace, distributionAxis, figuresAxis, MAXIMUM_PLACE, percentLabel } from './percentile-axis';

test('every nine takes as much room', () => {
  expect([0, 0.9, 0.99, 0.999].map((fraction) => Math.round(axisPlace(fraction)))).toEqual([1, 10, 100, 1000]);
});

test('the axis goes to the last point of the longest curve, and at least to 99 %', () => {
  expect(distributionAxis([]).end).toBe(100);
  expect(distributionAxis([[{ place: 1 }], [{ place: 10_000 }]]).end).toBe(10_000);
});

test('labelled at 0, 50 and the nines', () => {
  const { ticks, nameOf } = distributionAxis([[{ place: axisPlace(0.9999) }]]);
  expect(ticks.map(nameOf)).toEqual(['0', '50', '90', '99', '99.9', '99.99'].map((digits) => `${digits}\u202f%`));
  expect(distributionAxis([[{ place: 150 }]]).ticks).toEqual([1, 2, 10, 100]);
});

test('a percentile has as many digits as tell it from 100 %', () => {
  expect([0.55, 0.921875, 0.9921875, 0.99990234375].map(percentLabel)).toEqual(
    ['55', '92.2', '99.22', '99.9902'].map((digits) => `${digits}\u202f%`),
  );
});

test('figures stand by their names at their places, and the maximum beyond all of them', () => {
  const { ticks, nameOf, end } = figuresAxis('');
  expect(ticks.map(nameOf)).toEqual(['p50', 'p90', 'p99', 'p99.9', 'max']);
  for (const [place, fraction] of [0.5, 0.9, 0.99, 0.999].entries())
    expect(ticks[place]).toBeCloseTo(axisPlace(fraction));
  expect(end).toBeGreaterThan(MAXIMUM_PLACE);
});
