import { expect, test } from 'vitest';
import { CLOSED, FINE_CLOCK, OPEN, recordOf, roundOf } from './fixtures';
import { benchCsvHeader, benchCsv, runsCsv } from './report-csv';
import { hgrmFiles } from './report-hgrm';
import { textReport } from './report-text';
import { resultOf, type RunRecord, type RunSetting } from './result';
import type { BenchResult, BenchRun } from './schema';
import { outcomeCode } from '../measure/outcome';

const thousand = Array.from({ length: 1000 }, (_, i) => (i + 1) * 1000);

function resultFor(records: readonly RunRecord[], setting: RunSetting): BenchResult {
  const environment = {
    interrupted: false,
    clock: { source: 'a clock', resolution_ns: FINE_CLOCK.resolutionNs, overhead_ns: 80 },
  } as BenchResult['environment'];
  return { version: 1, environment, runs: records.map((record) => resultOf(record, setting)) };
}
const title = () => 'Named pipe';

test('a single method: what the Rust project prints, then the distribution', () => {
  const text = textReport(resultFor([recordOf([roundOf(thousand)])], CLOSED), title);
  expect(text).toMatch(/^Method: fifo \(Named pipe\), 64 B/);
  for (const line of ['1,000 cycles completed in 1.00 s', '1,000 per second', '1.00 ms per operation', 'lost 0'])
    expect(text).toContain(line);
  for (const [name, value] of [
    ['min', '1.00 µs'],
    ['p50', '500 µs'],
    ['p90', '900 µs'],
    ['p99', '990 µs'],
    ['p99.9', '–'],
    ['max', '1,000 µs'],
  ]) {
    expect(text).toMatch(new RegExp(`^ +${name} +${value}$`, 'm'));
  }
  expect(text).toContain('–: p99.9 takes 3,000 samples and there are 1,000');
  expect(text).toContain('Clock: a clock, steps of 1 ns; measuring adds 80 ns');
});

test('an open loop shows corrected and uncorrected side by side', () => {
  const text = textReport(resultFor([recordOf([roundOf([1000], {}, 9000)])], OPEN), title);
  expect(text).toMatch(
    /corrected \(from the intended send\):\n +min +10\.0 µs[^]*uncorrected \(from the actual send\):\n +min +1\.00 µs/,
  );
});

test('placed freely, a ratio says that run and floor may be placed apart; placed alike, it does not', () => {
  const floors = [{ rttNs: Float64Array.of(2000), spinNs: 0 }];
  const tcp = { index: 1, method: 'tcp', route: 'plugin-plugin', sizeBytes: 64, unavailable: null } as const;
  const one = recordOf([roundOf([4000])], { floors });
  const two = [one, recordOf([roundOf([4000])], { run: tcp, floors })];
  const free = 'Placed freely, run and floor may each lie on one core or on two.';
  for (const records of [[one], two]) {
    expect(textReport(resultFor(records, CLOSED), title).split(free)).toHaveLength(2);
    expect(
      textReport(resultFor(records, { ...CLOSED, request: { ...CLOSED.request, placement: 'same-core' } }), title),
    ).not.toContain(free);
  }
  expect(textReport(resultFor([recordOf([roundOf([4000])])], CLOSED), title)).not.toContain(free);
});

test('several methods: a table with a row each, the floor and the ratio', () => {
  const other = recordOf([roundOf([4000, 4000])], {
    run: { index: 1, method: 'tcp', route: 'plugin-plugin', sizeBytes: 1024, unavailable: null },
    floors: [{ rttNs: Float64Array.of(2000), spinNs: 0 }],
  });
  const missing = recordOf([], {
    run: { index: 2, method: 'udp6', route: 'plugin-plugin', sizeBytes: 64, unavailable: 'no IPv6' },
  });
  const lines = textReport(resultFor([recordOf([roundOf(thousand)]), other, missing], CLOSED), title).split('\n');
  expect(lines[0]).toMatch(
    /^method +size +fastest +slowest +median +mean +samples +items\/s +floor +ratio +CPU +switches +spread +lost +not sent$/,
  );
  expect(lines[1]).toMatch(/^fifo +64 B +1\.00 µs +1,000 µs +500 µs +501 µs +1,000 +1,000 +– +– +– +– +– +0 +0$/);
  expect(lines[2]).toMatch(/^tcp +1 KiB +4\.00 µs .* 2\.00 µs +2\.00 \(2\.00–2\.00\) +– +– +– +0 +0$/);
  expect(lines).toContain('udp6 at 64 B is unavailable: no IPv6');
});

test('runs of one method on several routes: a column, names where they need them, a file each', () => {
  const onRoute = (route: string, changes = {}) =>
    recordOf([roundOf([1000], changes)], {
      run: { index: 0, method: 'message-port', route, sizeBytes: 64, unavailable: null },
    });
  const records = [
    onRoute('plugin-plugin'),
    onRoute('plugin-renderer', { endedEarly: 'It was interrupted.' }),
    recordOf([roundOf([1000])]),
  ];
  const lines = textReport(resultFor(records, CLOSED), title).split('\n');
  expect(lines[0]).toMatch(/^method +route +size +fastest/);
  expect(lines[1]).toMatch(/^message-port +plugin-plugin +64 B +1\.00 µs/);
  expect(lines[2]).toMatch(/^message-port +plugin-renderer +64 B +1\.00 µs/);
  expect(lines).toContain('message-port plugin-renderer at 64 B: It was interrupted.');
  expect(hgrmFiles(resultFor(records, CLOSED).runs).map(({ name }) => name)).toEqual([
    'message-port-64-free.hgrm',
    'message-port-plugin-renderer-64-free.hgrm',
    'fifo-64-free.hgrm',
  ]);
});

test('there is no space but plain ones', () => {
  expect(textReport(resultFor([recordOf([roundOf(thousand)])], CLOSED), title)).not.toMatch(
    /[\u00a0\u2000-\u200a\u202f]/,
  );
});

test('CSV: a row for each ping, empty fields where there is nothing', () => {
  const csv = [
    ...benchCsv([recordOf([roundOf([100, null]), roundOf([300], {}, 7)])], { placement: 'free', mode: 'open' }),
  ].join('');
  expect(csv.split('\r\n')).toEqual([
    benchCsvHeader(false).join(','),
    'fifo,plugin-plugin,64,free,open,1,0,0,0,100,100,answered',
    'fifo,plugin-plugin,64,free,open,1,1,1000000,1000000,,,timeout',
    'fifo,plugin-plugin,64,free,open,2,0,0,7,300,307,answered',
    '',
  ]);
});

test('CSV: no row is lost where pieces meet', () => {
  const csv = [
    ...benchCsv([recordOf([roundOf(Array.from({ length: 5000 }, () => 1))])], { placement: 'free', mode: 'closed' }),
  ].join('');
  expect(csv.split('\r\n')).toHaveLength(5002);
});

function hgrmOf(records: readonly RunRecord[], setting: RunSetting) {
  return hgrmFiles(records.map((record) => resultOf(record, setting)));
}

test("HdrHistogram's percentile format, in µs, with the exact values", () => {
  const setting: RunSetting = { ...CLOSED, request: { ...CLOSED.request, placement: 'same-core' } };
  const [file, ...others] = hgrmOf([recordOf([roundOf(thousand)]), recordOf([])], setting);
  expect(others).toEqual([]);
  expect(file?.name).toBe('fifo-64-same-core.hgrm');
  const lines = file?.text.split('\n') ?? [];
  expect(lines[0]).toMatch(/^ +Value +Percentile +TotalCount +1\/\(1-Percentile\)$/);
  const rows = lines
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((row) => row.length === 4 && row.every((n) => !Number.isNaN(n)));
  expect(rows.length).toBeGreaterThan(20);
  for (const [value = 0, percentile = 0] of rows) {
    expect(value, `at ${percentile}`).toBe(Math.max(1, Math.ceil(percentile * 1000 - 1e-6)));
  }
  expect(file?.text).toContain('#[Mean    =      500.500, StdDeviation   =      288.819]');
  expect(file?.text).toMatch(/\n +1000\.000  1\.000000000000 +1000\n#.*\n#\[Max +=.*Total count +=\s+1000\]\n$/);
});

test('an open loop has a distribution of each kind', () => {
  const files = hgrmOf([recordOf([roundOf([1000], {}, 9000)])], OPEN);
  expect(files.map(({ name, text }) => [name, text.split('\n')[2]?.trim().split(/\s+/)[0]])).toEqual([
    ['fifo-64-free-corrected.hgrm', '10.000'],
    ['fifo-64-free-uncorrected.hgrm', '1.000'],
  ]);
});

test('runs that differ only in their route have files of their own', () => {
  const run = resultOf(recordOf([roundOf([1000])]), CLOSED);
  expect(hgrmFiles([run, { ...run, route: 'plugin-browser' }]).map(({ name }) => name)).toEqual([
    'fifo-64-free.hgrm',
    'fifo-plugin-browser-64-free.hgrm',
  ]);
});

test('runs as CSV: a row each, the words quoted, empty fields where there is nothing', () => {
  const run = resultOf(recordOf([roundOf([100, 300])]), CLOSED);
  const missing = resultOf(recordOf([], { failures: ['no "IPv6", here'] }), CLOSED);
  const rows = runsCsv([run, { ...missing, method: 'udp6' }]).split('\r\n');
  expect(rows[0]).toMatch(/^method,route,size,placement,mode,rate_per_second,/);
  expect(rows[1]).toMatch(/^fifo,plugin-plugin,64,free,closed,,2,100,100,300,300,300,300,200,/);
  expect(rows[2]).toMatch(/^udp6,plugin-plugin,64,free,closed,,+0,0,false,,,,,,,,,,"no ""IPv6"", here",,+$/);
  expect(new Set(rows.slice(0, 2).map((row) => row.split(',').length)).size).toBe(1);
});

test('lower bounds are marked, and what was not sent is counted', () => {
  const round = roundOf([...Array.from({ length: 27 }, () => 1000), null, null, null], { unsent: 5 });
  const { runs } = resultFor([recordOf([round])], OPEN);
  const text = textReport({ ...resultFor([], OPEN), runs }, title);
  expect(text).toMatch(/p50 +1\.00 µs\n +p90 +1\.00 µs\n +p99 +–\n +p99\.9 +–\n +max +≥2,000,000 µs\n/);
  expect(text).toContain('lost 3, not sent 5');
  const table = textReport(
    { ...resultFor([], OPEN), runs: [...runs, { ...runs[0], method: 'tcp' } as BenchRun] },
    title,
  );
  expect(table.split('\n')[1]).toMatch(/^fifo +64 B +1\.00 µs +≥2,000,000 µs +1\.00 µs +≥\S+ µs .* 3 +5$/);
  expect(hgrmOf([recordOf([round])], OPEN)[0]?.text).toMatch(/\n#\[Lower bounds from = +2000000\.000\]\n$/);
});

test('a ratio stands beside its interval or not at all', () => {
  const floors = [{ rttNs: Float64Array.of(500, 500), spinNs: 0 }];
  const result = resultFor([recordOf([roundOf([1000, 1000, 1500])], { floors })], CLOSED);
  expect(textReport(result, title)).toContain('ratio of p50 2.00 (2.00–3.00)');
  const [run] = result.runs;
  const old = { ...run, detail: { ...run?.detail, ratio_ci95: null } } as BenchRun;
  expect(textReport({ ...result, runs: [old] }, title)).toContain('ratio of p50 –');
});

test('a row for each ping has those that could not be sent', () => {
  const round = roundOf([100]);
  round.samples.outcome[0] = outcomeCode.skipped;
  round.samples.sentNs[0] = round.samples.rttNs[0] = Number.NaN;
  expect([...benchCsv([recordOf([round])], { placement: 'free', mode: 'open' })].join('')).toContain(
    'open,1,0,0,,,,skipped\r\n',
  );
});

test('what a round trip costs is told for each end, beside the floor', () => {
  const end = { cpuNs: 40_000, waitNs: 2000, voluntary: 8, involuntary: 4, systemShare: 0.25 };
  const costs = { pinger: end, answerer: { ...end, cpuNs: 20_000, systemShare: null } };
  const floors = [{ rttNs: Float64Array.of(500, 500), spinNs: 0, costs: { cpuNs: 2000, switches: 2 } }];
  const result = resultFor([recordOf([roundOf([1000, 1000, 1500, 1000], { costs })], { floors })], CLOSED);
  const text = textReport(result, title).replaceAll('\u202f', ' ');
  expect(text).toContain(
    'cost of a round trip: 15.0 µs of CPU, 6.00 context switches; the kernel floor 2.00 µs, 2.00 context switches',
  );
  expect(text).toContain(
    'pinging end: 10.0 µs (25 % in the kernel), 500 ns waiting for a core, 3.00 context switches, 1.00 of them involuntary',
  );
  expect(text).toContain('answering end: 5.00 µs, 500 ns');
  expect(result.runs[0]?.detail).toMatchObject({ cpu_ns_per_round_trip: 15_000, switches_per_round_trip: 6 });
});

test('p99.9 is told of enough samples, and times of seconds keep to their column', () => {
  const run = resultFor([recordOf([roundOf([...Array.from({ length: 2999 }, () => 1000), 2.5e9])])], CLOSED);
  expect(textReport(run, title)).toMatch(/\n +p99\.9 +1\.00 µs\n +max +2,500,000 µs\n/);
  const [first] = run.runs;
  const table = textReport({ ...run, runs: [...run.runs, { ...first, method: 'tcp' } as BenchRun] }, title).split('\n');
  expect(table[1]).toMatch(/ 1\.00 µs +2,500,000 µs +1\.00 µs /);
  expect(table[1]).toHaveLength(table[0]?.length ?? 0);
});
