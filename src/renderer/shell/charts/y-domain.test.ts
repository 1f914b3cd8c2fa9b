import { expect, test } from 'vitest';
import { snapDomain, SteadyDomain, tickLabel, yTicks } from './y-domain';

test('snaps outwards to 1-2-5 steps', () => {
  expect(snapDomain('log', 63, 870)).toEqual([50, 1000]);
  expect(snapDomain('log', 10, 130)).toEqual([5, 200]);
  expect(snapDomain('linear', 63, 870)).toEqual([0, 1000]);
});

test('never zooms in so far that noise looks like mountains', () => {
  expect(snapDomain('log', 100, 101)).toEqual([50, 500]);
});

test('has a default without data, and copes with values below one', () => {
  expect(snapDomain('log', Infinity, -Infinity)).toEqual([10, 1000]);
  expect(snapDomain('linear', NaN, NaN)).toEqual([0, 200]);
  expect(snapDomain('log', 0.13, 0.3)).toEqual([0.1, 0.5]);
});

test('grows at once', () => {
  const steady = new SteadyDomain();
  steady.update('log', [50, 500], 0);
  expect(steady.update('log', [50, 2000], 1)).toEqual([50, 2000]);
  expect(steady.update('log', [20, 500], 2)).toEqual([20, 2000]);
});

test('shrinks only when the smaller domain has lasted, and to what was needed meanwhile', () => {
  const steady = new SteadyDomain();
  const wide = steady.update('log', [10, 5000], 0);
  expect(steady.update('log', [50, 500], 100)).toBe(wide);
  expect(steady.update('log', [50, 1000], 2000)).toBe(wide);
  expect(steady.update('log', [50, 500], 4200)).toEqual([50, 1000]);
});

test('a peak in between starts the waiting anew', () => {
  const steady = new SteadyDomain();
  const wide = steady.update('log', [10, 5000], 0);
  steady.update('log', [50, 500], 100);
  steady.update('log', [10, 5000], 3000);
  expect(steady.update('log', [50, 500], 4500)).toBe(wide);
});

test('another scale is shown at once', () => {
  const steady = new SteadyDomain();
  steady.update('log', [10, 5000], 0);
  expect(steady.update('linear', [0, 200], 1)).toEqual([0, 200]);
});

test('logarithmic ticks are 1-2-5 while they fit, else decades', () => {
  expect(yTicks('log', [50, 1000])).toEqual([50, 100, 200, 500, 1000]);
  expect(yTicks('log', [5, 20_000])).toEqual([10, 100, 1000, 10_000]);
  expect(yTicks('log', [0.1, 1])).toEqual([0.1, 0.2, 0.5, 1]);
});

test('linear ticks are even steps from zero', () => {
  expect(yTicks('linear', [0, 200])).toEqual([0, 50, 100, 150, 200]);
  expect(yTicks('linear', [0, 1000])).toEqual([0, 200, 400, 600, 800, 1000]);
});

test('labels are whole microseconds with separators', () => {
  expect([0, 0.5, 20, 10_000].map(tickLabel)).toEqual(['0', '0.5', '20', '10,000']);
});
