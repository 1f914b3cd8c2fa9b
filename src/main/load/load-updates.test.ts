import { expect, test } from 'vitest';
import { LoadTally } from '../../shared/load/tally';
import { LOAD_POINTS, type LoadView } from '../../shared/load/view';
import { LoadUpdates } from './load-updates';

const NO_VIEW = {} as LoadView;
const stats = { users: 1, inFlight: 0, lagMs: null, phase: 'posting', lanes: [] } as const;

function followed() {
  let tally: LoadTally | null = new LoadTally(['http'], 0);
  let seconds = 0;
  const updates = new LoadUpdates(() => ({ view: { ...NO_VIEW, points: tally?.points ?? [] }, tally }));
  return {
    updates,
    point: (count = 1) => {
      for (let each = 0; each < count; each += 1) tally?.generator({ ...stats, lanes: [] }, (seconds += 1) * 1_000);
    },
    next: (how: 'next' | 'whole' = 'next') => {
      const { run, from, list } = updates[how]().points;
      return [run, from, list.map(({ atS }) => atS)];
    },
    change: (to: LoadTally | null) => {
      tally = to;
      seconds = 0;
    },
  };
}

test('the last point that was sent comes again, with those that are new', () => {
  const { point, next } = followed();
  const [run] = next();
  point(2);
  expect(next()).toEqual([run, 0, [1, 2]]);
  expect(next()).toEqual([run, 1, [2]]);
  point(2);
  expect(next()).toEqual([run, 1, [2, 3, 4]]);
});

test('a reader that has nothing gets all; another run begins anew', () => {
  const { point, next, change } = followed();
  point(3);
  const [run] = next();
  const [again, from, list] = next('whole');
  expect([again, from, list]).toEqual([Number(run) + 1, 0, [1, 2, 3]]);
  change(new LoadTally(['http'], 0));
  expect(next()).toEqual([Number(run) + 2, 0, []]);
  change(null);
  expect(next()).toEqual([Number(run) + 3, 0, []]);
});

test('what is forgotten meanwhile is not sent any more', () => {
  const { point, next } = followed();
  point(LOAD_POINTS);
  next();
  point(LOAD_POINTS + 5);
  const [, from, list] = next();
  expect([from, (list as number[]).length, (list as number[])[0]]).toEqual([
    LOAD_POINTS + 5,
    LOAD_POINTS,
    LOAD_POINTS + 6,
  ]);
});
