import { expect, test } from 'vitest';
import { FIGURE_COLUMNS, nextSorting, percent, RUN_COLUMNS, sortedBy } from './run-columns';
import { madeRun, unavailableRun } from './test-runs';

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
  const run = { ...madeRun(0), ratio_p50: 39.04, per_second: 12_345.6 };
  expect(FIGURE_COLUMNS.map(({ text }) => text(run))).toEqual([
    '0.500',
    '0.482 – 0.518',
    '0.900',
    '0.990',
    '0.999',
    '1.00',
    '12,346',
    '0',
    '0.000',
    '39.0',
    '0.0\u202f%',
  ]);
});

test('what is missing is a dash, never a zero', () => {
  const texts = FIGURE_COLUMNS.filter(({ id }) => id !== 'lost').map(({ text }) => text(unavailableRun('No addon.')));
  expect(new Set(texts)).toEqual(new Set(['–']));
});

test('no two columns share an id; shares below a tenth have a decimal', () => {
  expect(new Set(RUN_COLUMNS.map(({ id }) => id)).size).toBe(RUN_COLUMNS.length);
  expect([percent(0.046), percent(0.46), percent(null)]).toEqual(['4.6\u202f%', '46\u202f%', '–']);
});
