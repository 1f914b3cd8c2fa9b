import { expect, test } from 'vitest';
import { readTrace } from '../../../tests/support/trace-format';
import { EMPTY_RESULT } from '../../main/bench-runs/fixtures';
import { CLOSED, recordOf, roundOf } from '../bench/fixtures';
import { resultOf, type RunRecord } from '../bench/result';
import { benchTrace } from './bench-trace';
import { tracePieces } from './write-trace';

const written = (records: RunRecord[], mostPings?: number) =>
  readTrace(
    [...tracePieces(benchTrace(EMPTY_RESULT, records, mostPings))].map(({ content }) => content as string).join(''),
  );

test('the pings of all rounds of a run, each where its round was', () => {
  const rounds = [roundOf([5000, 6000]), roundOf([7000, null], { beganNs: 2e9 })];
  const { slices, processes, file, rows } = written([recordOf(rounds)]);
  expect([...rows.values()].map((name) => name.replace(/, .*/, ''))).toEqual([
    'main thread',
    'main thread',
    'main thread: fifo',
  ]);
  expect([...processes.values()].map((name) => name.replace(/, .*:/, ':'))).toEqual([
    'fifo: the end that pings',
    'fifo: the end that answers',
  ]);
  expect(slices.filter(({ name }) => name === 'round trip').map(({ fromUs, toUs }) => [fromUs, toUs])).toEqual([
    [0, 5],
    [1000, 1006],
    [2_000_000, 2_000_007],
  ]);
  expect(file.traceEvents).toContainEqual(expect.objectContaining({ name: 'not answered: timeout', ts: 2_001_000 }));
  expect(file.metadata).toMatchObject({ format: 'bulkhead-trace', bounds: expect.stringContaining('50,000 pings') });
});

test('of many runs the newest pings of each, and none of one that came to nothing', () => {
  const many = recordOf([roundOf(Array.from({ length: 1000 }, (_, i) => i + 1))]);
  const { slices, processes } = written([many, recordOf([]), many], 1000);
  expect(processes.size).toBe(4);
  const roundTrips = slices.filter(({ name }) => name === 'round trip');
  expect(roundTrips).toHaveLength(1000);
  expect(Math.min(...roundTrips.map(({ fromUs, toUs }) => Math.round((toUs - fromUs) * 1000)))).toBe(501);
});

test('rows are named after the thread that the ends were in', () => {
  const record = recordOf([roundOf([5000])]);
  const run = resultOf(record, CLOSED);
  const inWorkers = {
    ...run,
    detail: { ...(run.detail as NonNullable<typeof run.detail>), thread: 'worker' as const },
  };
  const pieces = tracePieces(benchTrace({ ...EMPTY_RESULT, runs: [inWorkers] }, [record]));
  const { rows } = readTrace([...pieces].map(({ content }) => content as string).join(''));
  const names = [...rows.values()];
  expect(names.filter((name) => name.startsWith('worker thread: fifo'))).toHaveLength(1);
  expect(names.filter((name) => name.startsWith('main thread: '))).toEqual([]);
});
