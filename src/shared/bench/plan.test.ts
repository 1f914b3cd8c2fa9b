import { expect, test } from 'vitest';
import { type MethodFacts, planRuns, planSteps, splitEvenly } from './plan';

const fifo: MethodFacts = {
  id: 'fifo',
  title: 'Named pipe',
  maxPayloadBytes: 1024,
  routes: ['plugin-plugin'],
  unavailable: null,
};
const dgram: MethodFacts = {
  id: 'unix-dgram',
  title: 'Unix datagram',
  maxPayloadBytes: 100,
  routes: ['plugin-plugin'],
  unavailable: null,
};
const closed = (cycles: number) => ({ kind: 'closed', cycles }) as const;

test('rounds are interleaved across methods and sizes, every other one backwards', () => {
  const runs = planRuns([fifo, dgram], [1, 64], null);
  const steps = planSteps(runs, { mode: closed(30), rounds: 3 });
  expect(steps.map(({ run, round }) => `${round} ${run.method} ${run.sizeBytes}`)).toEqual([
    '0 fifo 1',
    '0 fifo 64',
    '0 unix-dgram 1',
    '0 unix-dgram 64',
    '1 unix-dgram 64',
    '1 unix-dgram 1',
    '1 fifo 64',
    '1 fifo 1',
    '2 fifo 1',
    '2 fifo 64',
    '2 unix-dgram 1',
    '2 unix-dgram 64',
  ]);
});

test('the rounds of a run share its cycles, none is lost', () => {
  const steps = planSteps(planRuns([fifo], [1], null), { mode: closed(1000), rounds: 3 });
  expect(steps.map(({ cycles }) => cycles)).toEqual([334, 333, 333]);
  expect(splitEvenly(2, 5)).toEqual([1, 1, 0, 0, 0]);
  expect(planSteps(planRuns([fifo], [1], null), { mode: closed(2), rounds: 5 })).toHaveLength(2);
});

test('an open run has as many pings as are due', () => {
  const steps = planSteps(planRuns([fifo], [1], null), {
    mode: { kind: 'open', ratePerSecond: 1000, durationS: 2.5 },
    rounds: 2,
  });
  expect(steps.map(({ cycles }) => cycles)).toEqual([1250, 1250]);
});

test('the largest size a method takes is measured, one byte more is unavailable with the reason', () => {
  const runs = planRuns([dgram], [100, 101], null);
  expect(runs.map(({ unavailable }) => unavailable)).toEqual([
    null,
    'Unix datagram carries at most 100 bytes in one message, not 101.',
  ]);
  expect(planSteps(runs, { mode: closed(1), rounds: 1 })).toHaveLength(1);
});

test("a method's own reason, and one for all, are handed on", () => {
  expect(planRuns([{ ...fifo, unavailable: 'no mkfifo' }], [1], null)[0]?.unavailable).toBe('no mkfifo');
  expect(planRuns([fifo, dgram], [1], 'one core').every(({ unavailable }) => unavailable === 'one core')).toBe(true);
});

test('a method is planned on each of its routes, at each size', () => {
  const port: MethodFacts = { ...fifo, id: 'message-port', routes: ['plugin-plugin', 'plugin-renderer'] };
  expect(
    planRuns([port, fifo], [1, 64], null).map(({ method, route, sizeBytes }) => [method, route, sizeBytes]),
  ).toEqual([
    ['message-port', 'plugin-plugin', 1],
    ['message-port', 'plugin-plugin', 64],
    ['message-port', 'plugin-renderer', 1],
    ['message-port', 'plugin-renderer', 64],
    ['fifo', 'plugin-plugin', 1],
    ['fifo', 'plugin-plugin', 64],
  ]);
});
