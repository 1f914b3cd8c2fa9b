import { expect, test } from 'vitest';
import { costsPerRoundTrip, type EndCosts } from './costs';

function end(changes: Partial<EndCosts> = {}): EndCosts {
  return { cpuNs: 1000, waitNs: 100, voluntary: 10, involuntary: 1, systemShare: 0.5, ...changes };
}

test('costs are shared out over the answered pings of all rounds', () => {
  const costs = costsPerRoundTrip([
    { costs: { pinger: end(), answerer: end({ cpuNs: 3000, systemShare: 1 }) }, answered: 5 },
    { costs: { pinger: end({ cpuNs: 3000, systemShare: 0.1 }), answerer: end({ cpuNs: 1000 }) }, answered: 15 },
  ]);
  expect(costs?.pinger).toEqual({ cpuNs: 200, waitNs: 10, voluntary: 1, involuntary: 0.1, systemShare: 0.2 });
  expect(costs?.answerer?.cpuNs).toBe(200);
  expect(costs?.answerer?.systemShare).toBeCloseTo(0.875, 6);
});

test('a round without costs takes no part, and one end that is missing once is missing', () => {
  const costs = costsPerRoundTrip([
    { costs: null, answered: 1000 },
    { costs: { pinger: end(), answerer: end() }, answered: 5 },
    { costs: { pinger: end(), answerer: null }, answered: 5 },
  ]);
  expect(costs?.pinger.cpuNs).toBe(200);
  expect(costs?.answerer).toBeNull();
});

test('nothing answered, nothing known', () => {
  expect(costsPerRoundTrip([])).toBeNull();
  expect(costsPerRoundTrip([{ costs: { pinger: end(), answerer: null }, answered: 0 }])).toBeNull();
});
