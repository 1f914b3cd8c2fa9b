import { expect, test } from 'vitest';
import { durationTick, snapDomain, SteadyDomain, tickLabels, yTicks } from './y-domain';

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
  expect(yTicks('log', [50, 1000], 200)).toEqual([50, 100, 200, 500, 1000]);
  expect(yTicks('log', [5, 20_000], 200)).toEqual([10, 100, 1000, 10_000]);
  expect(yTicks('log', [0.1, 1], 200)).toEqual([0.1, 0.2, 0.5, 1]);
  // Labels beside each other need more room than above each other.
  expect(yTicks('log', [50, 1000], 200, 52)).toEqual([100, 1000]);
});

test('linear ticks are even steps from zero', () => {
  expect(yTicks('linear', [0, 200], 200)).toEqual([0, 50, 100, 150, 200]);
  expect(yTicks('linear', [0, 1000], 200)).toEqual([0, 200, 400, 600, 800, 1000]);
  expect(yTicks('linear', [0, 1000], 45)).toEqual([0, 500, 1000]);
});

test('a low axis has every second or third decade', () => {
  expect(yTicks('log', [10, 2_000_000], 100)).toEqual([10, 100, 1000, 10_000, 100_000, 1_000_000]);
  expect(yTicks('log', [10, 2_000_000], 90)).toEqual([100, 10_000, 1_000_000]);
  expect(yTicks('log', [0.1, 5_000_000], 60)).toEqual([1, 1000, 1_000_000]);
});

test('labels never touch, whatever is shown and however low the axis is', () => {
  for (const scale of ['log', 'linear'] as const)
    for (const high of [200, 1000, 20_000, 1e6, 2e7])
      for (const px of [40, 60, 95, 140, 300, 900]) {
        const domain = [scale === 'log' ? 50 : 0, high] as const;
        const at = yTicks(scale, domain, px).map((tick) =>
          scale === 'log' ? (Math.log(tick / 50) / Math.log(high / 50)) * px : (tick / high) * px,
        );
        expect(at.length, `${scale} ${high} ${px}`).toBeGreaterThan(1);
        expect(at.length).toBeLessThanOrEqual(11);
        for (const [i, each] of at.slice(1).entries()) expect(each - (at[i] ?? 0)).toBeGreaterThan(17.9);
      }
});

test('labels have the unit that keeps them short', () => {
  expect([0.5, 50, 1000, 20_000, 2e6].map(durationTick)).toEqual(['0.5 µs', '50 µs', '1 ms', '20 ms', '2 s']);
  expect([100, 1_000_000].map(tickLabels('log', [50, 2e6]))).toEqual(['100 µs', '1 s']);
});

test('on a linear axis all have the unit of its end', () => {
  expect([0, 200, 1000].map(tickLabels('linear', [0, 1000]))).toEqual(['0', '200 µs', '1,000 µs']);
  expect([0, 500, 2000].map(tickLabels('linear', [0, 2000]))).toEqual(['0', '0.5 ms', '2 ms']);
  expect([200_000, 1_200_000].map(tickLabels('linear', [0, 2e6]))).toEqual(['0.2 s', '1.2 s']);
});
