import { expect, test } from 'vitest';
import { type Answer, answersOf, type Finding } from './answer';
import { CLOSED, OPEN, recordOf, roundOf } from './fixtures';
import { resultOf, type RunSetting } from './result';
import type { BenchResult, BenchRun } from './schema';

/** Rounds with these medians, 401 samples each; every fiftieth is slower by `tailNs`. */
function runOf(method: string, medians: readonly number[], changes: Partial<BenchRun> = {}, tailNs = 20): BenchRun {
  const rounds = medians.map((median) =>
    roundOf(Array.from({ length: 401 }, (_, i) => (i % 50 === 49 ? median + tailNs : median + (i % 5) - 2))),
  );
  const floors = medians.map(() => ({ rttNs: Float64Array.of(50, 50, 50, 50, 50, 50, 50), spinNs: 0 }));
  return { ...resultOf(recordOf(rounds, { floors }), CLOSED), method, ...changes };
}

function disagreeing(method: string, medians: readonly number[], setting: RunSetting = CLOSED): BenchRun {
  const made = runOf(method, medians, { placement: setting.request.placement });
  return { ...made, detail: { ...(made.detail as NonNullable<BenchRun['detail']>), rounds_disagree: true } };
}

function answers(...runs: BenchRun[]): Answer[] {
  return answersOf({ version: 1, environment: { clock: null }, runs } as unknown as BenchResult);
}

function only(...runs: BenchRun[]): Answer {
  const all = answers(...runs);
  expect(all).toHaveLength(1);
  return all[0] as Answer;
}

const names = (finding: Finding) =>
  finding.kind === 'found'
    ? [finding.best.method, finding.within.map(({ method }) => method), finding.next?.method ?? null]
    : finding;

const FIFO = runOf('fifo', [1000, 1010, 1020]);

test('the fastest is told from those whose rounds and intervals lie beyond it', () => {
  const { fastest } = only(runOf('tcp', [2000, 2010, 2020]), FIFO, runOf('udp', [3000, 3010, 3020]));
  expect(names(fastest)).toEqual(['fifo', [], 'tcp']);
});

test('a difference within the noise is called so, the nearest first, and does not make a loser', () => {
  const { fastest } = only(
    runOf('udp', [1013, 1014, 1040]),
    FIFO,
    runOf('tcp', [2000, 2010, 2020]),
    runOf('file', [1005, 1012, 1030]),
  );
  expect(names(fastest)).toEqual(['fifo', ['file', 'udp'], 'tcp']);
});

test('rounds that disagree at the top: refused, with how many to measure', () => {
  const { fastest } = only(disagreeing('tcp', [900, 1500, 2000]), FIFO, runOf('udp', [5000, 5010, 5020]));
  expect(fastest).toMatchObject({ kind: 'rounds-disagree', runs: [{ method: 'tcp' }], rounds: 10, placed: false });
});

test('of ends that had their cores something else is to be done', () => {
  const placed: RunSetting = { ...CLOSED, request: { ...CLOSED.request, placement: 'same-core' } };
  const fifo = { ...FIFO, placement: 'same-core' as const };
  expect(only(disagreeing('tcp', [900, 1500, 2000], placed), fifo).fastest).toMatchObject({
    kind: 'rounds-disagree',
    placed: true,
  });
});

test('rounds that disagree on the median of the fastest, and all are faster than any of the others, agree on the answer', () => {
  const { fastest } = only(disagreeing('tcp', [900, 1500, 2000]), runOf('udp', [5000, 5010, 5020]));
  expect(names(fastest)).toEqual(['tcp', [], 'udp']);
});

test('rounds that disagree far from the top decide nothing', () => {
  expect(names(only(FIFO, disagreeing('tcp', [5000, 8000, 9000])).fastest)).toEqual(['fifo', [], 'tcp']);
});

test('two rounds are too few, a thousand samples are needed for a tail', () => {
  const { fastest, steadiest } = only(runOf('tcp', [2000, 2010]), runOf('fifo', [1000, 1010]));
  expect(fastest).toEqual({ kind: 'too-few-rounds', rounds: 2, atLeast: 3 });
  expect(steadiest).toMatchObject({ kind: 'too-few-samples', atLeast: 1000 });
});

test('the steadiest has the shortest way from the median to the 99th percentile, fast or not', () => {
  const slow = runOf('tcp', [2000, 2010, 2020], {}, 100);
  expect(names(only(runOf('fifo', [1000, 1010, 1020], {}, 900), slow).steadiest)).toEqual(['tcp', [], 'fifo']);
  expect(names(only(slow, runOf('udp', [3000, 3010, 3020], {}, 105)).steadiest)).toEqual(['tcp', ['udp'], null]);
});

test('nearest to its floor: by the intervals of the ratios, and never without one', () => {
  const run = (method: string, low: number, high: number): BenchRun => ({
    ...FIFO,
    method,
    ratio_p50: (low + high) / 2,
    detail: { ...(FIFO.detail as NonNullable<BenchRun['detail']>), ratio_ci95: { low, high } },
  });
  expect(names(only(run('tcp', 1.2, 1.4), run('udp', 1.3, 1.6), run('fifo', 1.5, 1.9)).nearestFloor)).toEqual([
    'tcp',
    ['udp'],
    'fifo',
  ]);
  const without: BenchRun = {
    ...FIFO,
    detail: { ...(FIFO.detail as NonNullable<BenchRun['detail']>), ratio_ci95: null },
  };
  expect(only(without, without).nearestFloor).toEqual({ kind: 'nothing-to-compare', only: null });
});

test('the cheapest takes the least processor time, told apart from a quarter on, and not in an open loop', () => {
  const run = (method: string, cpuNs: number | null, mode: BenchRun['mode'] = 'closed'): BenchRun => ({
    ...FIFO,
    method,
    mode,
    detail: { ...(FIFO.detail as NonNullable<BenchRun['detail']>), cpu_ns_per_round_trip: cpuNs },
  });
  expect(names(only(run('udp', 14_000), run('tcp', 10_000), run('fifo', 12_000)).cheapest)).toEqual([
    'tcp',
    ['fifo'],
    'udp',
  ]);
  expect(only(run('tcp', null), run('udp', null)).cheapest.kind).toBe('nothing-to-compare');
  expect(only(run('tcp', 10_000, 'open'), run('udp', 20_000, 'open')).cheapest.kind).toBe('nothing-to-compare');
});

test('sizes are not compared with each other, nor paces, nor placements', () => {
  const rate = resultOf(recordOf([roundOf([1000, 1001])]), OPEN);
  const all = answers(FIFO, { ...FIFO, size: 1024 }, { ...FIFO, placement: 'same-core' }, rate);
  expect(all.map(({ size, fastest }) => [size, fastest.kind])).toEqual([
    [64, 'nothing-to-compare'],
    [1024, 'nothing-to-compare'],
    [64, 'nothing-to-compare'],
    [64, 'nothing-to-compare'],
  ]);
});

test('what has no median, or only a lower bound of one, takes no part', () => {
  const bound = { ...FIFO, detail: { ...(FIFO.detail as NonNullable<BenchRun['detail']>), lower_bound_from_ns: 1 } };
  expect(answers({ ...FIFO, rtt_ns: null }, bound)).toEqual([]);
});
