import { expect, test } from 'vitest';
import { LIGHT_CHART } from '../../../charts/chart-theme';
import { plotOf } from './plot-caption';
import { resultLines } from './result-lines';
import { sizeLines, sizePlace } from './size-lines';
import { madeRun } from '../../../../../shared/bench/made-runs';

const lines = (...changes: Parameters<typeof madeRun>[1][]) =>
  sizeLines(
    resultLines(
      changes.map((change) => madeRun(1, change)),
      LIGHT_CHART,
    ),
  );

test('one line for each method, through its sizes in rising order', () => {
  const all = lines({ size: 1024 }, { size: 64, method: 'tcp' }, { size: 64 }, { size: 1024, method: 'tcp' });
  expect(all.map(({ label, points }) => [label, points.map(({ run }) => run.size)])).toEqual([
    ['Named pipe', [64, 1024]],
    ['TCP', [64, 1024]],
  ]);
  expect(all[0]?.colour).not.toBe(all[1]?.colour);
});

test('routes are lines of their own, with the route in the name', () => {
  const all = lines({ size: 64 }, { size: 1024 }, { size: 64, route: 'plugin-browser' });
  expect(all.map(({ label }) => label)).toEqual(['Named pipe · plugin → plugin', 'Named pipe · plugin → browser']);
});

test('an empty payload has a place on the axis', () => {
  expect(Math.log10(sizePlace(0))).toBeGreaterThan(0);
});

test('several sizes are first seen against each other; one size has no such plot', () => {
  const several = [madeRun(1, { size: 64 }), madeRun(1, { size: 1024 })];
  expect(plotOf(null, several)).toBe('size');
  expect(plotOf('percentile', several)).toBe('percentile');
  expect(plotOf(null, [madeRun(1)])).toBe('box');
  expect(plotOf('size', [madeRun(1)])).toBe('box');
});
