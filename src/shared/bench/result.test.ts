import { expect, test } from 'vitest';
import { CLOSED, OPEN, recordOf, roundOf } from './fixtures';
import { resultOf } from './result';
import { benchResultSchema } from './schema';

const runSchema = benchResultSchema.shape.runs.element;

test('rounds are pooled for the figures and kept apart for the spread', () => {
  const run = resultOf(recordOf([roundOf([100, 200, 300]), roundOf([110, 220, 330])]), CLOSED);
  expect(runSchema.parse(run)).toEqual(run);
  expect(run.rtt_ns).toMatchObject({ min: 100, p50: 200, p90: 330, max: 330, mean: 210 });
  expect(run.detail).toMatchObject({ samples: 6, round_p50_ns: [200, 220], spread_p50: 0.1 });
  expect(run.per_second).toBe(3);
});

test('lost pings are counted and in no percentile', () => {
  expect(resultOf(recordOf([roundOf([100, null, 300, null])]), CLOSED)).toMatchObject({
    lost: 2,
    rtt_ns: { max: 300 },
    detail: { samples: 2 },
  });
});

test('an open loop is told from the intended sends, with the uncorrected figures beside', () => {
  const run = resultOf(
    recordOf([roundOf([100, 100], {}, 5000)], { floors: [{ rttNs: Float64Array.of(50, 50, 50), spinNs: 0 }] }),
    OPEN,
  );
  expect(run.rtt_ns?.p50).toBe(5100);
  expect(run.detail?.uncorrected_rtt_ns?.p50).toBe(100);
  // The floor has no intended times: like is compared with like.
  expect(run.ratio_p50).toBe(2);
});

test('the floor is pooled over the rounds, and the ratio is that of the medians', () => {
  const run = resultOf(
    recordOf([roundOf([400])], {
      floors: [
        { rttNs: Float64Array.of(90, 100), spinNs: 0 },
        { rttNs: Float64Array.of(100, 700), spinNs: 0 },
      ],
    }),
    CLOSED,
  );
  expect(run).toMatchObject({ floor_ns: { p50: 100, p99: 700 }, ratio_p50: 4, detail: { floor_unavailable: null } });
});

test('without a floor the ratio is null and the reason stands beside', () => {
  const run = resultOf(recordOf([roundOf([400])], { floors: [{ reason: 'No addon.' }] }), CLOSED);
  expect(run).toMatchObject({ floor_ns: null, ratio_p50: null, detail: { floor_unavailable: 'No addon.' } });
});

test('a run that could not be measured says why', () => {
  const planned = recordOf([], {
    run: { index: 0, method: 'udp', route: 'plugin-plugin', sizeBytes: 1, unavailable: 'no loopback' },
  });
  expect(runSchema.parse(resultOf(planned, CLOSED))).toMatchObject({
    unavailable: 'no loopback',
    rtt_ns: null,
    detail: null,
  });
  expect(resultOf(recordOf([], { failures: ['The pinger ended.'] }), CLOSED).unavailable).toBe('The pinger ended.');
});

test('a round that failed or ended early is a note on the others', () => {
  const run = resultOf(
    recordOf([roundOf([1000], { endedEarly: 'It was interrupted.' })], { failures: ['The answerer ended.'] }),
    CLOSED,
  );
  expect(run.detail?.notes).toEqual(['The answerer ended.', 'It was interrupted.']);
  expect(run.unavailable).toBeNull();
});

test('pings without a single answer are lost, not unavailable', () => {
  expect(resultOf(recordOf([roundOf([null, null])]), CLOSED)).toMatchObject({
    rtt_ns: null,
    lost: 2,
    unavailable: null,
  });
});

test('a clock too coarse for the figures is reported', () => {
  const run = resultOf(
    recordOf([roundOf([100_000, 100_000], { clock: { resolutionNs: 100_000, overheadNs: 80 } })]),
    CLOSED,
  );
  expect(run.detail?.clock_too_coarse).toBe(true);
  expect(run.detail?.notes[0]).toContain('too coarse');
});

test('the distribution is of what the figures are of; an open loop has one of each kind', () => {
  const closed = resultOf(recordOf([roundOf([100, 200]), roundOf([300, null])]), CLOSED);
  expect(closed.detail?.distribution).toMatchObject({ p1_ns: 100, p25_ns: 100, p75_ns: 300 });
  expect(closed.detail?.distribution?.rows.at(-1)).toEqual({ fraction: 1, ns: 300, count: 3 });
  expect(closed.detail?.uncorrected_distribution).toBeNull();
  const open = resultOf(recordOf([roundOf([100], {}, 5000)]), OPEN);
  expect(open.detail?.distribution?.p75_ns).toBe(5100);
  expect(open.detail?.uncorrected_distribution?.p75_ns).toBe(100);
  expect(resultOf(recordOf([roundOf([null])]), CLOSED).detail?.distribution).toBeNull();
});

test('a run that was saved before there were distributions still opens', () => {
  const run = resultOf(recordOf([roundOf([100])]), CLOSED);
  const saved = JSON.parse(JSON.stringify(run)) as { detail: Record<string, unknown> };
  delete saved.detail['distribution'];
  delete saved.detail['uncorrected_distribution'];
  expect(runSchema.parse(saved).detail).toMatchObject({ distribution: null, uncorrected_distribution: null });
});
