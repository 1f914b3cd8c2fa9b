import { expect, test } from 'vitest';
import { boxOf, curveOf, isCoarse, latencyDomain, toMicros } from './run-figures';
import { madeRun, oldRun, unavailableRun } from '../../../../../shared/bench/made-runs';

test('a box: quartiles, median, 1st and 99th percentile, extremes', () => {
  expect(boxOf(madeRun(0))).toEqual({ min: 1, low: 10, q1: 250, median: 500, q3: 750, high: 990, max: 1000 });
});

test('without a distribution: quartiles from the fences, the minimum for the lower whisker', () => {
  const run = oldRun(0);
  expect(isCoarse(run)).toBe(true);
  expect(boxOf(run)).toMatchObject({ min: 1, low: 1, median: 500, high: 990 });
  expect(boxOf(run)?.q1).toBeCloseTo(250);
  expect(boxOf(run)?.q3).toBeCloseTo(750);
});

test('without fences there is no box, but there are whiskers', () => {
  const run = oldRun(0);
  const detail = { ...run.detail, outliers: null } as typeof run.detail;
  expect(boxOf({ ...run, detail })).toMatchObject({ q1: null, q3: null, median: 500 });
});

test('a curve ends with the maximum, before 100 %, which the axis does not have', () => {
  const curve = curveOf(madeRun(0));
  expect(curve[0]).toMatchObject({ fraction: 0, ns: 1 });
  expect(curve.at(-1)?.ns).toBe(1000);
  expect(curve.at(-1)?.fraction).toBeLessThan(1);
});

test('without a distribution a curve goes through the figures that there are', () => {
  expect(curveOf(oldRun(0)).map(({ ns }) => ns)).toEqual([1, 500, 900, 990, 999, 1000]);
  const few = oldRun(0);
  const detail = { ...few.detail, samples: 20 } as typeof few.detail;
  expect(curveOf({ ...few, detail }).map(({ fraction }) => fraction)).toEqual([0, 0.5, 0.9, 0.95]);
});

test('a run without figures has neither', () => {
  const run = unavailableRun('No addon.');
  expect([boxOf(run), curveOf(run), isCoarse(run)]).toEqual([null, [], false]);
});

test('the axis holds every run with its floor, from tenths of a microsecond to seconds', () => {
  const [low, high] = latencyDomain([madeRun(300), madeRun(1e9), unavailableRun('No addon.')]);
  expect(low).toBeLessThanOrEqual(0.15);
  expect(high).toBeGreaterThanOrEqual(1_000_001);
  expect(latencyDomain([])).toEqual([10, 1000]);
});

test('a logarithmic axis has no zero', () => {
  expect(toMicros(0)).toBe(0.001);
});
