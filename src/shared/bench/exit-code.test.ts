import { expect, test } from 'vitest';
import { type Verdict, exitCodeOf } from './exit-code';
import { CLOSED, recordOf, roundOf } from './fixtures';
import { resultOf } from './result';
import type { BenchEnvironment } from './schema';

const good = resultOf(recordOf([roundOf([100])]), CLOSED);
const lossy = resultOf(recordOf([roundOf([100, null])]), CLOSED);
const missing = resultOf(
  recordOf([], { run: { index: 0, method: 'udp', route: 'plugin-plugin', sizeBytes: 64, unavailable: 'no loopback' } }),
  CLOSED,
);

function code(runs: Verdict['result']['runs'], changes: Partial<Verdict> & { interrupted?: boolean } = {}): number {
  const environment = { interrupted: changes.interrupted ?? false } as BenchEnvironment;
  return exitCodeOf({
    result: { version: 1, environment, runs },
    thresholds: [],
    asked: new Set(),
    promisesDelivery: () => true,
    ...changes,
  });
}

const failed = { threshold: {} as never, text: '', result: 'failed' } as const;

test('0 when all is well', () => expect(code([good])).toBe(0));
test('1 when a threshold failed', () => expect(code([good], { thresholds: [failed] })).toBe(1));
test('1 when messages were lost where delivery is promised, and only there', () => {
  expect(code([lossy])).toBe(1);
  expect(code([lossy], { promisesDelivery: () => false })).toBe(0);
});
test('3 when a method that was asked for has no figures at any size', () => {
  expect(code([good, missing])).toBe(0);
  expect(code([good, missing], { asked: new Set(['fifo', 'udp']) })).toBe(3);
  expect(code([good, { ...missing, method: 'fifo', size: 65_536 }], { asked: new Set(['fifo']) })).toBe(0);
});
test('what was measured and is wrong is told before what was not measured', () => {
  expect(code([lossy, missing], { asked: new Set(['udp']) })).toBe(1);
});
test('130 when it was interrupted', () => expect(code([lossy], { interrupted: true })).toBe(130));
