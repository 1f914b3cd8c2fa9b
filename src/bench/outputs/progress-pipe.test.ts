import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { progressLineSchema } from '../../shared/bench/progress';
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
