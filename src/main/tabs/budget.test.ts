import { expect, test } from 'vitest';
import { Budget } from './budget';

test('the burst can be spent at once, and no more', () => {
  const budget = new Budget({ burst: 10, perSecond: 1 }, () => 0);
  expect([budget.spend(4), budget.spend(6), budget.spend(1)]).toEqual([true, true, false]);
});

test('it comes back with time, up to the burst', () => {
  let nowMs = 0;
  const budget = new Budget({ burst: 10, perSecond: 2 }, () => nowMs);
  expect(budget.spend(10)).toBe(true);
  nowMs = 1500;
  expect([budget.spend(3), budget.spend(1)]).toEqual([true, false]);
  nowMs = 3_600_000;
  expect([budget.spend(11), budget.spend(10)]).toEqual([false, true]);
});

test('what is refused costs nothing', () => {
  const budget = new Budget({ burst: 10, perSecond: 0 }, () => 0);
  expect([budget.spend(11), budget.spend(10)]).toEqual([false, true]);
});
