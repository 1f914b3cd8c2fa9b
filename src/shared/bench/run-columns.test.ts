import { expect, test } from 'vitest';
import { FIGURE_COLUMNS, nextSorting, percent, RUN_COLUMNS, sortedBy } from './run-columns';
import { madeRun, unavailableRun } from './made-runs';

const runs = [
  madeRun(3000, { method: 'tcp' }),
  unavailableRun('No addon.', { method: 'shmem' }),
  madeRun(1000, { method: 'fifo' }),
  madeRun(2000, { method: 'udp', floor_ns: null }),
];
const order = (column: string, descending: boolean) =>
  sortedBy(runs, (run) => run, { column, descending }).map(({ method }) => method);

test('sorted by a figure either way; runs without it stay at the end', () => {
  expect(order('p50', false)).toEqual(['fifo', 'udp', 'tcp', 'shmem']);
  expect(order('p50', true)).toEqual(['tcp', 'udp', 'fifo', 'shmem']);
  expect(order('floor', false)).toEqual(['fifo', 'tcp', 'shmem', 'udp']);
});

test('sorted by a name, as people read it', () => {
  expect(order('method', false)).toEqual(['fifo', 'shmem', 'tcp', 'udp']);
});

test('a column goes upwards, downwards, and back to the given order', () => {
  const up = nextSorting(null, 'p99');
  expect(up).toEqual({ column: 'p99', descending: false });
  const down = nextSorting(up, 'p99');
  expect(down).toEqual({ column: 'p99', descending: true });
  expect(nextSorting(down, 'p99')).toBeNull();
  expect(nextSorting(down, 'max')).toEqual({ column: 'max', descending: false });
  expect(sortedBy(runs, (run) => run, null)).toEqual(runs);
});

test('every figure of a run, in µs with three digits', () => {
  const made = madeRun(0);
  const detail = {
    ...made.detail,
    cpu_ns_per_round_trip: 15_400,
    switches_per_round_trip: 3.96,
    ratio_ci95: { low: 38, high: 40.11 },
  } as typeof made.detail;
  const run = { ...made, detail, ratio_p50: 39.04, per_second: 12_345.6 };
  expect(FIGURE_COLUMNS.map(({ text }) => text(run))).toEqual([
    '0.500',
    '0.482 – 0.518',
    '0.990',
    '39.0 (38.0–40.1)',
    '0',
    '0',
    '0.000',
    '0.0\u202f%',
    '15.4',
    '4.0',
    '0.900',
    '0.999',
    '1.00',
    '12,346',
  ]);
});

test('what is missing is a dash, never a zero', () => {
  const texts = FIGURE_COLUMNS.filter(({ id }) => id !== 'lost' && id !== 'skipped').map(({ text }) =>
    text(unavailableRun('No addon.')),
  );
  expect(new Set(texts)).toEqual(new Set(['–']));
});

test('lower bounds are marked, the floor never is; a ratio without its interval is not shown', () => {
  const made = madeRun(1000);
  const detail = { ...made.detail, lower_bound_from_ns: 1900, ratio_ci95: null } as typeof made.detail;
  const run = { ...made, detail, floor_ns: { p50: 5000, p99: 5000 }, skipped: 7 };
  const text = (id: string) => FIGURE_COLUMNS.find((column) => column.id === id)?.text(run);
  expect(['p50', 'p90', 'max', 'floor', 'skipped', 'ratio'].map(text)).toEqual([
    '1.50',
    '≥1.90',
    '≥2.00',
    '5.00',
    '7',
    '–',
  ]);
});

test('no two columns share an id; shares below a tenth have a decimal', () => {
  expect(new Set(RUN_COLUMNS.map(({ id }) => id)).size).toBe(RUN_COLUMNS.length);
  expect([percent(0.046), percent(0.46), percent(null)]).toEqual(['4.6\u202f%', '46\u202f%', '–']);
});

test('a percentile of too few samples is no figure: the reason stands in its place, and it sorts last', () => {
  const few = madeRun(0, { method: 'few' });
  const run = { ...few, detail: { ...few.detail, samples: 2999 } as typeof few.detail };
  const column = FIGURE_COLUMNS.find(({ id }) => id === 'p99.9');
  expect(column?.text(run)).toBe('–');
  expect(column?.whyNot?.(run)).toContain('3,000 samples and there are 2,999');
  expect(column?.text(madeRun(0))).not.toBe('–');
  expect(sortedBy([run, madeRun(9000)], (each) => each, { column: 'p99.9', descending: false })[0]?.method).toBe(
    'fifo',
  );
});
