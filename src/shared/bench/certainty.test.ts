import { expect, test } from 'vitest';
import { ratioOf, ratioText } from './certainty';
import { CLOSED, OPEN, recordOf, roundOf } from './fixtures';
import { resultOf } from './result';

const ROUNDS = [roundOf([200, 210, 220]), roundOf([205, 210, 215]), roundOf([201, 210, 219])];
const floors = (ratePerSecond?: number | null) =>
  ROUNDS.map(() => ({
    rttNs: Float64Array.of(100, 105, 110),
    spinNs: 0,
    ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
  }));

test('an open loop is held against a floor at its own rate', () => {
  const run = resultOf(recordOf(ROUNDS, { floors: floors(1000) }), OPEN);
  expect(run.detail?.floor_rate_per_second).toBe(1000);
  expect(ratioOf(run)?.ratio).toBeCloseTo(2, 6);
});

test('a ratio against a floor that did another kind of work is not told', () => {
  const run = resultOf(recordOf(ROUNDS, { floors: floors() }), OPEN);
  expect(run.floor_ns).not.toBeNull();
  expect(ratioOf(run)).toBeNull();
  expect(ratioText(run)).toBe('–');
});

test('in a closed loop neither pauses', () => {
  const run = resultOf(recordOf(ROUNDS, { floors: floors(null) }), CLOSED);
  expect(run.detail?.floor_rate_per_second).toBeNull();
  expect(ratioText(run)).toMatch(/^2\.00 \(/);
});
