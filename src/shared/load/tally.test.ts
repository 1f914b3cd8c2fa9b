import { expect, test } from 'vitest';
import type { LaneStats } from './reports';
import { LoadTally } from './tally';

const FIGURES = { count: 1, min: 1, p50: 1, p90: 1, p95: 2, p99: 2, max: 2 };
const NO_REASONS = { refused: [], failed: [] };
const lane = (sent: number): LaneStats => ({
  ...{ path: 'nats', sent, accepted: sent, refused: 0, failed: 0, inFlight: 0, reasons: NO_REASONS },
  ...{ responseMs: FIGURES, correctedMs: null, recentMs: FIGURES },
});
const posted = (sent: number) => ({
  ...({ type: 'stats', phase: 'posting', users: 2, inFlight: 0, maxInFlight: 9, lagMs: null } as const),
  lanes: [lane(sent)],
});
const arrived = (distinct: number) => ({
  ...({ type: 'stats', posts: distinct, paths: {} } as const),
  followed: { run: 'run', paths: { nats: { distinct, duplicated: 0, endToEndMs: FIGURES, recentMs: FIGURES } } },
});
const result = (sent: number) => ({
  ...({ type: 'result', seconds: 2, lagMs: null } as const),
  lanes: [{ ...lane(sent), locust: null }],
});

test('what comes in the moment after the last point belongs to that point: its rates are of the whole time', () => {
  const tally = new LoadTally(['nats'], 0);
  tally.collector(arrived(10), 'run');
  tally.generator(posted(10), 1_000);
  tally.collector(arrived(20), 'run');
  tally.generator(posted(20), 2_000);
  tally.ended(result(26));
  tally.collector(arrived(32), 'run');
  tally.close(2_200);
  expect(tally.points.map(({ atS }) => atS)).toEqual([1, 2.2]);
  expect(tally.points[1]?.routes.nats?.requestsPerSecond).toBeCloseTo(16 / 1.2);
  expect(tally.points[1]?.routes.nats?.deliveredPerSecond).toBeCloseTo(22 / 1.2);
  expect(tally.points[1]?.routes.nats?.responseP50).toBe(1);
});

test('what comes long after the last point has one of its own, and so has a run that is over at once', () => {
  const tally = new LoadTally(['nats'], 0);
  tally.generator(posted(10), 1_000);
  tally.ended(result(15));
  tally.close(1_500);
  expect(tally.points.map(({ atS, routes }) => [atS, routes.nats?.requestsPerSecond])).toEqual([
    [1, 10],
    [1.5, 10],
  ]);
  const short = new LoadTally(['nats'], 0);
  short.ended(result(5));
  short.close(100);
  expect(short.points.map(({ routes }) => routes.nats?.requestsPerSecond)).toEqual([50]);
});

test('what a system holds is in the points, and the most of it is kept', () => {
  const tally = new LoadTally(['nats'], 0);
  const route = tally.routes.get('nats');
  expect(route?.queue).toBeNull();
  route?.queued(5);
  tally.generator(posted(1), 1_000);
  route?.queued(null);
  tally.generator(posted(2), 2_000);
  expect(tally.points.map(({ routes }) => routes.nats?.queued)).toEqual([5, null]);
  expect(route?.queue).toEqual({ now: null, most: 5 });
});
