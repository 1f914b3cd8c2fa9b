import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deadlines } from './deadlines';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('each ends when its time is over and not before, whichever are forgotten meanwhile', () => {
  const deadlines = new Deadlines(1_000);
  const ended: string[] = [];
  const watch = (name: string) => deadlines.watch(() => ended.push(`${name} ${performance.now() - from}`));
  const from = performance.now();
  const first = watch('first');
  const second = watch('second');
  vi.advanceTimersByTime(400);
  watch('third');
  expect(second.forget()).toBe(true);
  expect(second.forget()).toBe(false);
  vi.advanceTimersByTime(599);
  expect(ended).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ended).toEqual(['first 1000']);
  expect(first.forget()).toBe(false);
  vi.advanceTimersByTime(10_000);
  expect(ended).toEqual(['first 1000', 'third 1400']);
  watch('fourth');
  vi.advanceTimersByTime(1_000);
  expect(ended).toHaveLength(3);
});

test('one that begins or is forgotten while others end is treated as any', () => {
  const deadlines = new Deadlines(1_000);
  const ended: string[] = [];
  deadlines.watch(() => {
    ended.push('first');
    other.forget();
    deadlines.watch(() => ended.push('next'));
  });
  const other = deadlines.watch(() => ended.push('other'));
  vi.advanceTimersByTime(1_000);
  expect(ended).toEqual(['first']);
  vi.advanceTimersByTime(1_000);
  expect(ended).toEqual(['first', 'next']);
});

test('after the end nothing ends', () => {
  const deadlines = new Deadlines(1_000);
  deadlines.watch(() => expect.unreachable());
  deadlines.close();
  vi.advanceTimersByTime(5_000);
  expect(vi.getTimerCount()).toBe(0);
});
