import { expect, test } from 'vitest';
import { rowPlotLayout } from './row-plot';

test('rows that fit leave the plot its height and one axis', () => {
  expect(rowPlotLayout(3, 24, 400)).toEqual({ height: 400, axes: 'bottom' });
});

test('a plot that grows with its rows has an axis above as well, and room for both', () => {
  const many = rowPlotLayout(119, 24, 400);
  expect(many.axes).toBe('both');
  expect(many.height - 119 * 24).toBeGreaterThanOrEqual(2 * 34);
  expect(rowPlotLayout(120, 24, 400).height - many.height).toBe(24);
});
