import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { clockOrigin, followClock, nowNs } from './clock';

test('the clock counts from its zero, and another zero moves it by what lies between', () => {
  const own = clockOrigin();
  const before = nowNs();
  followClock({ seconds: own.seconds - 100, nanoseconds: own.nanoseconds });
  const moved = nowNs();
  followClock(own);
  const after = nowNs();
  expect(moved - 100e9).toBeGreaterThanOrEqual(before);
  expect(moved - 100e9).toBeLessThanOrEqual(after);
});

test('another process reads the same clock', () => {
  const before = nowNs();
  const text = execFileSync(process.execPath, ['-p', 'JSON.stringify(process.hrtime())'], { encoding: 'utf8' });
  const [seconds, nanoseconds] = JSON.parse(text) as [number, number];
  const { seconds: zeroSeconds, nanoseconds: zeroNanoseconds } = clockOrigin();
  const there = (seconds - zeroSeconds) * 1e9 + (nanoseconds - zeroNanoseconds);
  expect(there).toBeGreaterThan(before);
  expect(there).toBeLessThan(nowNs());
});
