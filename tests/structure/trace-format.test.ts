import { expect, test } from 'vitest';
import { readTrace } from '../support/trace-format';

// What stands for "it opens in a viewer" has to notice what would not.

const NAMES = [
  { ph: 'M', cat: '__metadata', name: 'process_name', pid: 1, tid: 1, ts: 0, args: { name: 'Browser' } },
  { ph: 'M', cat: '__metadata', name: 'thread_name', pid: 1, tid: 10, ts: 0, args: { name: 'echo' } },
];
const begin = (ts: number, tid = 10) => ({ ph: 'B', cat: 'ping', name: 'a', pid: 1, tid, ts });
const end = (ts: number, tid = 10) => ({ ph: 'E', pid: 1, tid, ts });
const flow = (ph: 's' | 'f', ts: number) => ({
  ph,
  ...(ph === 'f' ? { bp: 'e' } : {}),
  ...{ cat: 'hop', name: 'ping', id: 1, pid: 1, tid: 10, ts },
});
const file = (...events: object[]) =>
  JSON.stringify({ displayTimeUnit: 'ms', metadata: {}, traceEvents: [...NAMES, ...events] });

test('slices within slices, and an arrow from one to the next', () => {
  const { slices, arrows } = readTrace(
    file(begin(1), begin(1), flow('s', 1), end(2), begin(3), flow('f', 3), end(4), end(5)),
  );
  expect(slices.map(({ fromUs, toUs, depth }) => [fromUs, toUs, depth])).toEqual([
    [1, 5, 0],
    [1, 2, 1],
    [3, 4, 1],
  ]);
  expect(arrows).toEqual([{ from: slices[1], to: slices[2] }]);
});

test.each([
  ['a phase that is not known', [{ ...begin(1), ph: 'Q' }]],
  ['a beginning without a name', [{ ...begin(1), name: undefined }, end(2)]],
  ['a beginning without an end', [begin(1)]],
  ['an end without a beginning', [end(1)]],
  ['a time that is no number', [{ ...begin(1), ts: '1' }, end(2)]],
  ['a counter with a word', [{ ph: 'C', cat: 'c', name: 'CPU', pid: 1, tid: 1, ts: 1, args: { x: 'much' } }]],
  ['an instant of no scope', [{ ph: 'i', cat: 'event', name: 'crash', pid: 1, tid: 1, ts: 1 }]],
  ['an arrow from nowhere', [flow('s', 0), begin(1), flow('f', 1), end(2)]],
  ['an arrow to nowhere', [begin(1), flow('s', 1), end(2), flow('f', 3)]],
  ['an arrow without an end', [begin(1), flow('s', 1), end(2)]],
  ['an arrow that arrives before it leaves', [begin(1), flow('f', 1), flow('s', 2), end(3)]],
  ['a row without a name', [begin(1, 11), end(2, 11)]],
  ['a row of two processes', [begin(1), end(2), { ...begin(3), pid: 2 }, { ...end(4), pid: 2 }]],
  ['a process without a name', [{ ph: 'i', s: 'p', cat: 'event', name: 'crash', pid: 7, tid: 7, ts: 1 }]],
])('it refuses %s', (_what, events) => {
  expect(() => readTrace(file(...events))).toThrow();
});
