import { expect, test } from 'vitest';
import { checkClock, coarseClockWarning } from './clock-check';

/** A clock that takes `readNs` to read and shows steps of `stepNs`. */
function clockOf(readNs: number, stepNs: number): () => number {
  let now = 0;
  return () => {
    now += readNs;
    return Math.floor(now / stepNs) * stepNs;
  };
}

test('a fine clock steps by what reading it takes', () => {
  expect(checkClock(clockOf(40, 1))).toEqual({ resolutionNs: 40, overheadNs: 80 });
});

test('a coarse clock shows its step, and its cost all the same', () => {
  const { resolutionNs, overheadNs } = checkClock(clockOf(40, 10_000));
  expect(resolutionNs).toBe(10_000);
  // A hundredth of a step, as 800 µs are read: the last may be cut.
  expect(Math.abs(overheadNs - 80)).toBeLessThanOrEqual(1);
});

test('a clock that stands still is no error', () => {
  expect(checkClock(() => 5)).toEqual({ resolutionNs: 0, overheadNs: 0 });
});

test('a step above a tenth of the median is warned of', () => {
  expect(coarseClockWarning({ resolutionNs: 100_000, overheadNs: 80 }, 60_000)).toMatch(
    /too coarse: it steps by 100000 ns/,
  );
  expect(coarseClockWarning({ resolutionNs: 50, overheadNs: 80 }, 500)).toBeNull();
});
