import { expect, test } from 'vitest';
import { CLOSED, OPEN, recordOf, roundOf } from './fixtures';
import { resultOf } from './result';
import { benchResultSchema } from './schema';
import { type SampleColumns } from './round-samples';
import { outcomeCode } from '../measure/outcome';

const runSchema = benchResultSchema.shape.runs.element;

test('rounds are pooled for the figures and kept apart for the spread', () => {
  const run = resultOf(recordOf([roundOf([100, 200, 300]), roundOf([110, 220, 330])]), CLOSED);
  expect(runSchema.parse(run)).toEqual(run);
  expect(run.rtt_ns).toMatchObject({ min: 100, p50: 200, p90: 330, max: 330, mean: 210 });
  expect(run.detail).toMatchObject({ samples: 6, round_p50_ns: [200, 220], spread_p50: 0.1 });
  expect(run.per_second).toBe(3);
});

test('each round says when it began; results of earlier versions do not', () => {
  const run = resultOf(recordOf([roundOf([1], { beganNs: 7e9 }), roundOf([1], { beganNs: 9e9 })]), CLOSED);
  expect(run.detail?.round_began_ns).toEqual([7e9, 9e9]);
  const { round_began_ns: _, ...older } = run.detail ?? expect.fail();
  expect(runSchema.parse({ ...run, detail: older }).detail?.round_began_ns).toEqual([]);
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

/** The last `count` of these were due and could not be sent. */
function withoutLast(
  samples: SampleColumns,
  count: number,
  outcome: 'skipped' | 'refused' | 'window-full',
): SampleColumns {
  for (let at = samples.outcome.length - count; at < samples.outcome.length; at += 1) {
    samples.sentNs[at] = Number.NaN;
    samples.rttNs[at] = Number.NaN;
    samples.outcome[at] = outcomeCode[outcome];
  }
  return samples;
}

test.each(['skipped', 'refused', 'window-full'] as const)(
  'an open loop that could not send all is saturated: %s pings are in the figures, marked as lower bounds',
  (outcome) => {
    const round = roundOf(Array.from({ length: 10 }, () => 1000));
    withoutLast(round.samples, 4, outcome);
    const run = resultOf(recordOf([round]), OPEN);
    expect(run).toMatchObject({
      saturated: true,
      lost: 0,
      skipped: 4,
      // The round was over after 1 s, and nobody was answered within the time limit of 2 s.
      rtt_ns: { p50: 1000, p90: 2e9, max: 2e9 },
      detail: { samples: 6, lower_bound_from_ns: 2e9, uncorrected_rtt_ns: { max: 1000 } },
    });
    expect(run.detail?.notes.join()).toMatch(/Overload: 4 of 1,000 pings.*--rate/);
  },
);

test('a refusal in a closed loop is a loss', () => {
  const round = roundOf([100, 100]);
  withoutLast(round.samples, 1, 'refused');
  expect(resultOf(recordOf([round]), CLOSED)).toMatchObject({ lost: 1, skipped: 0, saturated: false });
});

test('without an overload a run is not saturated, and its figures are exact', () => {
  expect(resultOf(recordOf([roundOf([100])]), OPEN)).toMatchObject({
    saturated: false,
    skipped: 0,
    detail: { lower_bound_from_ns: null, notes: [] },
  });
});

test('an open loop that nobody answers has no figures', () => {
  expect(resultOf(recordOf([roundOf([null, null])]), OPEN)).toMatchObject({
    rtt_ns: null,
    lost: 2,
    detail: { distribution: null, lower_bound_from_ns: null },
  });
});

test('what a broken round did not send is counted, and so is a round that came to nothing', () => {
  const broken = roundOf([100, null], { unsent: 8, endedEarly: 'The channel broke.' });
  const record = recordOf([roundOf([100]), broken], { failures: ['The pinger ended.'], unsent: 10 });
  expect(resultOf(record, CLOSED)).toMatchObject({ lost: 1, skipped: 18, saturated: false });
  expect(resultOf(recordOf([], { failures: ['The pinger ended.'], unsent: 10 }), CLOSED)).toMatchObject({
    skipped: 10,
    unavailable: 'The pinger ended.',
  });
});

test('rounds that disagree: the intervals of median and ratio cover them, and it says what to do', () => {
  const floors = [2200, 6100, 2200].map((ns) => ({ rttNs: Float64Array.of(ns, ns, ns), spinNs: 0 }));
  const rounds = [8400, 4000, 8300].map((ns) => roundOf([ns, ns + 1, ns + 2]));
  const run = resultOf(recordOf(rounds, { floors }), CLOSED);
  expect(run.detail?.rounds_disagree).toBe(true);
  expect(run.detail?.p50_ci95_ns?.low).toBeLessThanOrEqual(4001);
  expect(run.detail?.p50_ci95_ns?.high).toBeGreaterThanOrEqual(8401);
  expect(run.detail?.ratio_ci95?.low).toBeLessThanOrEqual(4001 / 6100);
  expect(run.detail?.ratio_ci95?.high).toBeGreaterThanOrEqual(8300 / 2200);
  expect(run.detail?.notes.join()).toMatch(/rounds disagree.*--placement same-core.*--rounds 10/);
});

test('a floor that moved alone leaves the ratio open, and that is said as well', () => {
  const floors = [2000, 6000, 2000].map((ns) => ({ rttNs: Float64Array.of(ns), spinNs: 0 }));
  const run = resultOf(
    recordOf(
      [8000, 8001, 8002].map((ns) => roundOf([ns])),
      { floors },
    ),
    CLOSED,
  );
  expect(run.detail?.rounds_disagree).toBe(true);
  expect(run.detail?.notes.join()).toMatch(/ratios to the floor lie between 1\.33 and 4\.00.*same-core/);
});

test('rounds that agree have tight intervals and no such note', () => {
  const floors = [100, 101, 102].map((ns) => ({ rttNs: Float64Array.of(ns), spinNs: 0 }));
  const run = resultOf(recordOf([roundOf([1000, 1001]), roundOf([1010]), roundOf([1020])], { floors }), CLOSED);
  expect(run.detail).toMatchObject({ rounds_disagree: false, notes: [] });
  expect(run.detail?.p50_ci95_ns?.high).toBeLessThanOrEqual(1020);
});

test('where the cores are given, disagreeing rounds are laid to what else ran', () => {
  const setting = { ...CLOSED, request: { ...CLOSED.request, placement: 'same-core', rounds: 20 } } as const;
  const run = resultOf(recordOf([roundOf([1000]), roundOf([1000]), roundOf([5000])]), setting);
  expect(run.detail?.notes.join()).toMatch(/Close what else runs.*--rounds 40/);
});

test('a run that was saved before there were skipped pings and intervals of the ratio still opens', () => {
  const run = resultOf(recordOf([roundOf([100])], { floors: [{ rttNs: Float64Array.of(50), spinNs: 0 }] }), CLOSED);
  const saved = JSON.parse(JSON.stringify(run)) as Record<string, unknown> & { detail: Record<string, unknown> };
  for (const name of ['skipped', 'saturated']) delete saved[name];
  for (const name of ['lower_bound_from_ns', 'ratio_ci95', 'rounds_disagree']) delete saved.detail[name];
  expect(runSchema.parse(saved)).toMatchObject({
    skipped: 0,
    saturated: false,
    ratio_p50: 2,
    detail: { lower_bound_from_ns: null, ratio_ci95: null, rounds_disagree: false },
  });
});
