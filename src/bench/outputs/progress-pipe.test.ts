import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CLOSED, recordOf, roundOf } from '../../shared/bench/fixtures';
import { isPending, isUnfinished, roundsIn, withPartial } from '../../shared/bench/partial';
import { type BenchPartial, progressLineSchema } from '../../shared/bench/progress';
import { resultOf } from '../../shared/bench/result';
import type { BenchResult } from '../../shared/bench/schema';
import type { ScheduleProgress } from '../schedule';
import { ProgressPipe } from './progress-pipe';

const at = (number: number, settled: number): ScheduleProgress => ({
  step: {
    run: { index: 0, method: 'tcp', route: 'plugin-plugin', sizeBytes: 1024, unavailable: null },
    round: 1,
    cycles: 200,
  },
  number,
  steps: 4,
  rounds: 2,
  settled,
  leftMs: 12_400,
});

let lines: string[];
let pipe: ProgressPipe;
beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  pipe = new ProgressPipe(4, (text) => lines.push(text));
});
afterEach(() => {
  pipe.end();
  vi.useRealTimers();
});

const told = () => lines.map((line) => progressLineSchema.parse(JSON.parse(line)));

test('before the first step: alive, and nothing else', () => {
  expect(told()).toEqual([null]);
});

test('each step at once, with what a person wants to know', () => {
  pipe.show(at(3, 0));
  pipe.show(at(4, 0));
  expect(lines.every((line) => line.endsWith('\n'))).toBe(true);
  expect(told().slice(1)).toEqual([
    {
      number: 3,
      steps: 4,
      round: 2,
      rounds: 2,
      method: 'tcp',
      route: 'plugin-plugin',
      size: 1024,
      settled: 0,
      cycles: 200,
      leftMs: 12_400,
    },
    expect.objectContaining({ number: 4 }),
  ]);
});

test('within a step ten times a second at most', () => {
  for (let settled = 0; settled < 100; settled += 1) {
    pipe.show(at(1, settled));
    vi.advanceTimersByTime(10);
  }
  expect(lines.length).toBeLessThanOrEqual(13);
});

test('says the latest again every second, until the end', () => {
  pipe.show(at(1, 7));
  vi.advanceTimersByTime(2500);
  expect(told().slice(-2)).toEqual([told()[1], told()[1]]);
  const count = lines.length;
  pipe.end();
  vi.advanceTimersByTime(5000);
  expect(lines).toHaveLength(count);
});

test('figures before the end are lines of their own; what has none is not told', () => {
  const environment: BenchResult['environment'] = {
    ...(Object.fromEntries(
      ['bulkhead', 'electron', 'chrome', 'node', 'v8', 'runtime_origin', 'os', 'cpu'].map((name) => [name, 'x']),
    ) as Pick<
      BenchResult['environment'],
      'bulkhead' | 'electron' | 'chrome' | 'node' | 'v8' | 'runtime_origin' | 'os' | 'cpu'
    >),
    began_at: '2026-01-31T12:00:00.000Z',
    interrupted: false,
    cores: 2,
    memory_bytes: 1,
    sandboxed: true,
    load_average: 0,
    max_dgram_qlen: null,
    clock: null,
  };
  const begun: BenchResult = { version: 1, environment, runs: [resultOf(recordOf([]), CLOSED)] };
  pipe.begun(begun);
  pipe.measured(0, () => resultOf(recordOf([roundOf([1000, 3000])]), { ...CLOSED, provisional: true }));
  pipe.measured(0, () => null);
  const [, first, second, ...others] = told() as [null, BenchPartial, BenchPartial];
  expect(others).toEqual([]);
  expect(first).toEqual({ begun });
  const grown = [first, second].reduce<BenchResult | null>(withPartial, null);
  expect(grown?.runs[0]?.rtt_ns?.max).toBe(3000);
  expect(begun.runs.map(isPending)).toEqual([true]);
  expect(grown?.runs.map((run) => [isPending(run), roundsIn(run), isUnfinished(run)])).toEqual([[false, 1, true]]);
});
