import { describe, expect, test } from 'vitest';
import { compareResults, type ComparedRuns } from './compare';
import { CLOSED, OPEN, recordOf, roundOf } from './fixtures';
import { resultOf, type RunSetting } from './result';
import type { BenchEnvironment, BenchResult, BenchRun } from './schema';

const ENVIRONMENT: BenchEnvironment = {
  began_at: '2026-01-01T10:00:00Z',
  interrupted: false,
  bulkhead: '1.0.0',
  electron: '45.0.0',
  chrome: '150',
  node: '24',
  v8: '15',
  runtime_origin: 'official',
  os: 'linux 6.18 x64',
  cpu: 'A CPU',
  cores: 2,
  memory_bytes: 8e9,
  sandboxed: true,
  load_average: 0.1,
  max_dgram_qlen: 512,
  clock: { source: 'a clock', resolution_ns: 1, overhead_ns: 80 },
};

function resultWith(runs: BenchRun[], changes: Partial<BenchEnvironment> = {}): BenchResult {
  return { version: 1, environment: { ...ENVIRONMENT, ...changes }, runs };
}

interface Made {
  method?: string;
  route?: string;
  size?: number;
  setting?: RunSetting;
  floorNs?: number;
}

/** A run whose rounds have these medians, each of a hundred samples within ± 2 ns. */
function runOf(medians: readonly number[], { setting = CLOSED, floorNs = 50, ...changes }: Made = {}): BenchRun {
  const rounds = medians.map((median) => roundOf(Array.from({ length: 101 }, (_, i) => median + (i % 5) - 2)));
  const floors = [{ rttNs: Float64Array.of(floorNs), spinNs: 0 }];
  return { ...resultOf(recordOf(rounds, { floors }), setting), ...changes };
}

test('what the addon saves can be compared, and is said', () => {
  const moved = (io: 'native' | 'node') => runOf([100, 101, 102], { setting: { ...CLOSED, io } });
  expect(only(moved('node'), moved('native')).notes).toContain(
    'Read and written by Node.js alone before and by the native addon after.',
  );
  expect(only(moved('node'), moved('node')).notes).toEqual([]);
});

function unavailable(reason: string, setting: RunSetting = CLOSED): BenchRun {
  return resultOf(recordOf([], { failures: [reason] }), setting);
}

function only(before: BenchRun, after: BenchRun, changes: Partial<BenchEnvironment> = {}): ComparedRuns {
  const { pairs, oneSided } = compareResults(resultWith([before]), resultWith([after], changes));
  expect(oneSided).toEqual([]);
  expect(pairs).toHaveLength(1);
  return pairs[0] as ComparedRuns;
}

describe('the verdict', () => {
  test.each([
    ['slower', [1000, 1010, 1020], [1200, 1210, 1220]],
    ['faster', [1200, 1210, 1220], [1000, 1010, 1020]],
    ['within the spread', [1000, 1010, 1020], [1000, 1010, 1020]],
    // 15 more, but one side alone lies 20 apart.
    ['within the spread', [1000, 1010, 1020], [1025, 1025, 1025]],
    // The larger of the two spreads counts, whichever side it is on.
    ['within the spread', [1000, 1001, 1002], [1100, 1400, 1700]],
    ['slower', [1000, 1001, 1002], [1500, 1510, 1520]],
    // Further apart than the rounds of either side, and yet one round is as slow as the other side's fastest.
    ['within the spread', [1000, 1000, 1000, 1150], [1140, 1170, 1170, 1170]],
  ] as const)('%s: %j, then %j', (verdict, before, after) => {
    expect(only(runOf(before), runOf(after)).verdict).toBe(verdict);
  });

  test('carries the difference, in ns and as a share, and the spread', () => {
    expect(only(runOf([1000, 1010, 1020]), runOf([1200, 1211, 1230]))).toMatchObject({
      p50: { beforeNs: 1010, afterNs: 1211, ns: 201 },
      spreadNs: 30,
    });
    expect(only(runOf([1000, 1000, 1000]), runOf([900, 900, 900])).p50?.share).toBeCloseTo(-0.1);
  });

  test('is not given by the medians of rounds alone: wide intervals overlap', () => {
    const wide = (median: number) => {
      const run = runOf([median, median + 1, median + 2]);
      const detail = run.detail as NonNullable<BenchRun['detail']>;
      return { ...run, detail: { ...detail, p50_ci95_ns: { low: median - 100, high: median + 100 } } };
    };
    expect(only(wide(1000), wide(1150))).toMatchObject({
      verdict: 'within the spread',
      reason: 'The 95 % intervals of the two medians overlap.',
    });
  });

  test("rounds that are all alike on a coarse clock differ by no less than the clock's step", () => {
    const clock = { source: 'a clock', resolution_ns: 100, overhead_ns: 80 };
    expect(only(runOf([1000, 1000, 1000]), runOf([1100, 1100, 1100]), { clock })).toMatchObject({
      verdict: 'within the spread',
      spreadNs: 100,
    });
  });
});

describe('not comparable', () => {
  test.each([
    [{ cpu: 'Another' }, 'CPU'],
    [{ electron: '33.4.11', node: '20' }, 'Electron, Node.js'],
    [{ cores: 4 }, 'Cores'],
    [{ sandboxed: false }, 'Sandboxed'],
    [{ os: 'linux 5.4 x64' }, 'System'],
  ])('in another environment: %j', (changes, names) => {
    expect(only(runOf([1000, 1000, 1000]), runOf([900, 900, 900]), changes)).toMatchObject({
      verdict: 'not comparable',
      reason: `Measured in different environments: ${names}.`,
    });
  });

  test("another version of Bulkhead, another day and another load don't stand in the way", () => {
    const changes = { bulkhead: '2.0.0', began_at: '2026-02-01T10:00:00Z', load_average: 1, memory_bytes: 7e9 };
    expect(only(runOf([1000, 1000, 1000]), runOf([900, 900, 900]), changes).verdict).toBe('faster');
  });

  test.each([
    [[1000], [900, 900, 900], /^Only one round before:/],
    [[1000, 1000, 1000], [900, 900], /^Only 2 rounds after:/],
  ])('too few rounds: %j, then %j', (before, after, reason) => {
    const pair = only(runOf(before), runOf(after));
    expect(pair.verdict).toBe('not comparable');
    expect(pair.reason).toMatch(reason);
    expect(pair.p50).not.toBeNull();
  });

  test('unavailable on one side: with its reason, which goes before the environment', () => {
    expect(only(runOf([1000, 1000, 1000]), unavailable('No addon.'), { clock: null })).toMatchObject({
      verdict: 'not comparable',
      reason: 'Unavailable after: No addon.',
      p50: null,
    });
  });

  test('nothing answered, or a clock too coarse', () => {
    const silent = resultOf(recordOf([roundOf([null, null])]), CLOSED);
    expect(only(silent, runOf([1000])).reason).toBe('No ping was answered before.');
    const round = roundOf([1000, 1000], { clock: { resolutionNs: 1000, overheadNs: 80 } });
    const coarse = resultOf(recordOf([round, round, round]), CLOSED);
    expect(only(runOf([1000]), coarse).reason).toBe('The clock was too coarse after.');
  });
});

describe('pairs', () => {
  test('by method, route, size, placement, mode and rate, in the order of the first result', () => {
    const runs = [runOf([1, 1, 1], { method: 'tcp' }), runOf([1, 1, 1]), runOf([1, 1, 1], { size: 1024 })];
    const { pairs, oneSided } = compareResults(resultWith(runs), resultWith(runs.toReversed()));
    expect(oneSided).toEqual([]);
    expect(pairs.map(({ before, after }) => [before.method, before.size, after.method, after.size])).toEqual([
      ['tcp', 64, 'tcp', 64],
      ['fifo', 64, 'fifo', 64],
      ['fifo', 1024, 'fifo', 1024],
    ]);
  });

  test('the same run twice pairs once each', () => {
    const one = resultWith([runOf([1000, 1000, 1000]), runOf([2000, 2000, 2000])]);
    const { pairs } = compareResults(one, one);
    expect(pairs.map(({ p50 }) => p50?.ns)).toEqual([0, 0]);
  });

  const fast: RunSetting = {
    ...OPEN,
    request: { ...OPEN.request, mode: { kind: 'open', ratePerSecond: 5000, durationS: 1 } },
  };
  test.each([
    ['Not measured after.', runOf([1], { method: 'tcp' })],
    ['Another payload after: 64\u202fB.', runOf([1], { size: 1024 })],
    ['Another route after: plugin-plugin.', runOf([1], { route: 'plugin-browser' })],
    [
      'Another placement after: free.',
      runOf([1], { setting: { ...CLOSED, request: { ...CLOSED.request, placement: 'same-core' } } }),
    ],
    ['Another pace after: closed loop.', runOf([1], { setting: fast })],
  ])('a run on one side only: %s', (reason, run) => {
    const { pairs, oneSided } = compareResults(resultWith([run]), resultWith([runOf([1])]));
    expect(pairs).toEqual([]);
    expect(oneSided.map(({ side }) => side)).toEqual(['before', 'after']);
    expect(oneSided[0]?.reason).toBe(reason);
  });

  test('two rates are two things; one that could not be measured has none to tell', () => {
    const slow = runOf([1000], { setting: OPEN });
    expect(compareResults(resultWith([slow]), resultWith([runOf([1000], { setting: fast })])).oneSided[0]?.reason).toBe(
      'Another pace after: open loop, 5000 per second.',
    );
    expect(only(slow, unavailable('No addon.', OPEN)).verdict).toBe('not comparable');
  });

  test('nothing on either side', () => {
    expect(compareResults(resultWith([]), resultWith([]))).toMatchObject({ pairs: [], oneSided: [] });
  });
});

describe('notes', () => {
  test('the floor that moved as well', () => {
    const pair = only(runOf([1000, 1000, 1000]), runOf([1500, 1500, 1500], { floorNs: 75 }));
    expect(pair).toMatchObject({ verdict: 'slower', floor: { ns: 25, share: 0.5 } });
    expect(pair.notes).toEqual([
      'The kernel floor is 50 % slower as well: the machine may have changed, not what was measured.',
    ]);
  });

  test('the floor that moved the other way', () => {
    expect(only(runOf([1000, 1000, 1000]), runOf([1500, 1500, 1500], { floorNs: 25 })).notes).toEqual([
      'The kernel floor is 50 % faster: the machine may have changed.',
    ]);
  });

  test('other losses, warm-up, CPUs', () => {
    const other: RunSetting = {
      ...CLOSED,
      request: { ...CLOSED.request, warmup: 0 },
      cpus: { pinger: [0], answerer: [1] },
    };
    const lossy = resultOf(recordOf([roundOf([1000, null])]), other);
    expect(only(runOf([1000]), lossy).notes).toHaveLength(3);
  });

  test('a side whose rounds disagree, and what to do about it', () => {
    const pair = only(runOf([1000, 1000, 1000]), runOf([1500, 2500, 3500]));
    expect(pair.verdict).toBe('within the spread');
    expect(pair.notes).toEqual([
      'The rounds disagree after: place both ends on the same core, and measure more rounds, before and after.',
    ]);
  });
});

describe('an overload', () => {
  const saturated = (lost: number) => {
    const rounds = [0, 1, 2].map(() => roundOf([...Array.from({ length: 9 }, () => 1000), ...Array(lost).fill(null)]));
    return { ...resultOf(recordOf(rounds), OPEN), saturated: true };
  };

  test('on one side is noted', () => {
    expect(only(saturated(0), saturated(2)).notes).toContain(
      'Overloaded after: pings that were due could not be sent.',
    );
  });

  test('whose median is a lower bound can not be compared', () => {
    expect(only(saturated(0), saturated(20))).toMatchObject({
      verdict: 'not comparable',
      reason: 'Overloaded after: the median is a lower bound. Measure both at a lower rate.',
    });
  });
});
