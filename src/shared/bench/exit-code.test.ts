import { expect, test } from 'vitest';
import { type Verdict, exitCodeOf, failuresOf } from './exit-code';
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

const broken = resultOf(
  recordOf([roundOf([100], { unsent: 3, endedEarly: 'The answerer ended unexpectedly.' })]),
  CLOSED,
);
const nothing = resultOf(recordOf([], { failures: ['The pinger ended unexpectedly.'], unsent: 4 }), CLOSED);

test('1 when a run broke off, whatever its transport promises', () => {
  expect(code([good, broken], { promisesDelivery: () => false })).toBe(1);
});
test('1 when a run was saturated', () => expect(code([good, { ...good, saturated: true }])).toBe(1));
test('a run that came to nothing: 1, or 3 when its method was asked for', () => {
  expect(code([{ ...good, method: 'tcp' }, nothing])).toBe(1);
  expect(code([nothing], { asked: new Set(['fifo']) })).toBe(3);
});
test('each failure is told in a line, with its counts and reasons', () => {
  const environment = { interrupted: false } as BenchEnvironment;
  expect(failuresOf({ version: 1, environment, runs: [good, broken, nothing, missing] }, () => true)).toEqual([
    'fifo at 64 B: of 4 pings 3 not sent. The answerer ended unexpectedly.',
    'fifo at 64 B: of 4 pings 4 not sent. The pinger ended unexpectedly.',
  ]);
  expect(
    failuresOf({ version: 1, environment: { ...environment, interrupted: true }, runs: [broken] }, () => true),
  ).toEqual([]);
});
