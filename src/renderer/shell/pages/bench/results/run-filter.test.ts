import { expect, test } from 'vitest';
import { choicesOf, groupOf, grouped, NO_FILTER, passes } from './run-filter';
import { madeRun } from '../../../../../shared/bench/made-runs';

const runs = ['fifo', 'tcp'].flatMap((method) => [64, 1024].map((size) => madeRun(1, { method, size })));
const name = ({ method, size }: (typeof runs)[number]) => `${method} ${size}`;

test('only what runs differ in can be chosen', () => {
  expect(choicesOf(runs).map(({ facet, values }) => [facet.id, values])).toEqual([
    ['method', ['fifo', 'tcp']],
    ['size', ['64', '1024']],
  ]);
});

test('a run passes when it has every value that was chosen', () => {
  const passing = (only: typeof NO_FILTER.only) => runs.filter((run) => passes({ only, groupBy: null }, run)).map(name);
  expect(passing({})).toHaveLength(4);
  expect(passing({ size: '64' })).toEqual(['fifo 64', 'tcp 64']);
  expect(passing({ size: '1024', method: 'tcp' })).toEqual(['tcp 1024']);
  expect(passing({ route: 'plugin-browser' })).toEqual([]);
});

test('groups follow each other, sorted runs stay sorted within them', () => {
  const bySize = { only: {}, groupBy: 'size' } as const;
  expect(grouped(runs.toReversed(), (run) => run, bySize).map(name)).toEqual([
    'tcp 1024',
    'fifo 1024',
    'tcp 64',
    'fifo 64',
  ]);
  expect(groupOf(bySize, madeRun(1, { size: 1024 }))).toBe('1\u202fKiB');
  expect(grouped(runs, (run) => run, NO_FILTER)).toEqual(runs);
});
