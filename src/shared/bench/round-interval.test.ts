import { expect, test } from 'vitest';
import { medianInterval } from './median-interval';
import { medianIntervalOf, ratioIntervalOf, resamplesOf } from './round-interval';

/** A round of 1,001 values within ±1 of a median. */
const round = (median: number) => Float64Array.from({ length: 1001 }, (_, i) => median + (i - 500) / 500).sort();
const pair = (rtt: number, floor: number) => ({ rtt: round(rtt), floor: round(floor) });

test('all ways to draw two and three rounds, with their probabilities', () => {
  expect(resamplesOf(2)).toEqual([
    { times: [0, 2], weight: 1 / 4 },
    { times: [1, 1], weight: 2 / 4 },
    { times: [2, 0], weight: 1 / 4 },
  ]);
  const three = resamplesOf(3);
  expect(three).toHaveLength(10);
  expect(three.find(({ times }) => times.join() === '1,1,1')?.weight).toBeCloseTo(6 / 27, 12);
});

test.each([1, 2, 6, 7, 100])('the resamples of %i rounds are as many draws each, and certain together', (rounds) => {
  const resamples = resamplesOf(rounds);
  for (const { times } of resamples) expect(times.reduce((sum, drawn) => sum + drawn, 0)).toBe(rounds);
  expect(resamples.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
});

test('the same samples always give the same interval', () => {
  const rounds = Array.from({ length: 20 }, (_, i) => round(100 + ((i * 7) % 20)));
  expect(medianIntervalOf(rounds)).toEqual(medianIntervalOf(rounds));
});

test('one round, or rounds that are alike: the interval of independent samples', () => {
  expect(medianIntervalOf([round(100)])).toEqual(medianInterval(round(100)));
  const pooled = Float64Array.from([...round(100), ...round(100), ...round(100)]).sort();
  expect(medianIntervalOf([round(100), round(100), round(100)])).toEqual(medianInterval(pooled));
});

test('two modes: the interval reaches from one to the other, where independent samples would see one', () => {
  const rounds = [4, 4, 8.4, 8.4, 8.4].map((median) => round(median * 1000));
  const interval = medianIntervalOf(rounds);
  expect(interval?.low).toBeLessThanOrEqual(4001);
  expect(interval?.high).toBeGreaterThanOrEqual(8400);
});

test('one odd round of twenty leaves the interval to the others', () => {
  const rounds = Array.from({ length: 20 }, (_, i) => round(i === 0 ? 9000 : 1000 + i));
  expect(medianIntervalOf(rounds)?.high).toBeLessThan(1025);
});

test('rounds that hold nothing do not count', () => {
  expect(medianIntervalOf([new Float64Array(), round(100)])).toEqual(medianInterval(round(100)));
  expect(medianIntervalOf([new Float64Array()])).toBeNull();
  expect(medianIntervalOf([])).toBeNull();
});

test('the ratio is drawn in pairs: rounds whose floor moved along leave it certain', () => {
  const together = ratioIntervalOf([1, 2, 3].map((speed) => pair(3000 * speed, 1000 * speed)));
  const apart = ratioIntervalOf([pair(4000, 6100), pair(8400, 2200), pair(8300, 2300)]);
  expect((apart?.high ?? 0) - (apart?.low ?? 0)).toBeGreaterThan(2.5);
  expect(together?.low).toBeLessThanOrEqual(3);
  expect(together?.high).toBeGreaterThanOrEqual(3);
  expect(apart?.low).toBeLessThanOrEqual(0.66);
  expect(apart?.high).toBeGreaterThanOrEqual(3.6);
});

test('without a floor there is no ratio to have an interval', () => {
  expect(ratioIntervalOf([])).toBeNull();
  expect(ratioIntervalOf([{ rtt: round(1), floor: new Float64Array() }])).toBeNull();
});
