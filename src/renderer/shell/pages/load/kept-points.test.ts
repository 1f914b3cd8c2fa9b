import { expect, test } from 'vitest';
import { LOAD_POINTS, type LoadPoint } from '../../../../shared/load/view';
import { type KeptPoints, keepPoints } from './kept-points';

const point = (atS: number, users = 1): LoadPoint => ({ atS, users, routes: {} });
const points = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => point(from + index));
const times = (kept: KeptPoints) => kept.list.map(({ atS }) => atS);

test('new points are added, and the last one may have been made again', () => {
  const first = keepPoints(null, { run: 1, from: 0, list: points(0, 3) });
  const second = keepPoints(first, { run: 1, from: 2, list: [point(2, 7), point(3)] });
  expect(times(second)).toEqual([0, 1, 2, 3]);
  expect(second.list[2]?.users).toBe(7);
  expect(second.list[0]).toBe(first.list[0]);
});

test('nothing changes when only the last one comes again', () => {
  const first = keepPoints(null, { run: 1, from: 0, list: points(0, 3) });
  expect(keepPoints(first, { run: 1, from: 2, list: [point(2)] })).toBe(first);
});

test('of another run nothing is kept, and no more than are shown', () => {
  const first = keepPoints(null, { run: 1, from: 0, list: points(0, LOAD_POINTS) });
  const more = keepPoints(first, { run: 1, from: LOAD_POINTS - 1, list: points(LOAD_POINTS - 1, LOAD_POINTS + 2) });
  expect([more.first, more.list.length, more.list[0]?.atS, more.list.at(-1)?.atS]).toEqual([
    2,
    LOAD_POINTS,
    2,
    LOAD_POINTS + 1,
  ]);
  expect(times(keepPoints(more, { run: 2, from: 0, list: points(0, 1) }))).toEqual([0]);
  expect(keepPoints(more, { run: 2, from: 0, list: [] }).list).toEqual([]);
});
