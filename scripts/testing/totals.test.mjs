// @ts-check
import { expect, test } from 'vitest';
import { addUp, exitCodeOf, reportedResult, singleResult, totalLine } from './totals.mjs';

const skip = { name: 'a', reason: 'b' };

test('adds counts and keeps every skip', () => {
  const total = addUp([
    { passed: 2, failed: 1, skipped: 1, skips: [skip] },
    { passed: 3, failed: 0, skipped: 1, skips: [skip] },
    singleResult(true),
    singleResult(false),
  ]);
  expect(total).toEqual({ passed: 6, failed: 2, skipped: 2, skips: [skip, skip] });
});

test('the last line names skips only if there are any', () => {
  expect(totalLine({ passed: 5, failed: 0, skipped: 0, skips: [] })).toBe('5 passed, 0 failed');
  expect(totalLine({ passed: 5, failed: 1, skipped: 2, skips: [] })).toBe('5 passed, 1 failed, 2 skipped');
});

test('only passes, and at least one, are a success', () => {
  expect(exitCodeOf(singleResult(true))).toBe(0);
  expect(exitCodeOf(singleResult(false))).toBe(1);
  expect(exitCodeOf({ passed: 5, failed: 1, skipped: 0, skips: [] })).toBe(1);
  expect(exitCodeOf(addUp([]))).toBe(1);
  expect(exitCodeOf({ passed: 0, failed: 0, skipped: 3, skips: [] })).toBe(1);
});

test('a report is taken as it is when the runner ended well', () => {
  expect(reportedResult({ passed: 4, failed: 0, skipped: 1, skips: [skip] }, null)).toEqual({
    passed: 4,
    failed: 0,
    skipped: 1,
    skips: [skip],
    problem: null,
  });
});

test("a failing runner with failures in its report isn't counted twice", () => {
  expect(reportedResult({ passed: 4, failed: 2, skipped: 0, skips: [] }, 'exit code 1')).toMatchObject({
    failed: 2,
    problem: null,
  });
});

test.each([
  ['no report', null, null],
  ["a report that isn't one", { numbers: 3 }, null],
  ["counts that aren't numbers", { passed: '4', failed: 0, skipped: 0 }, null],
  ['a crash after an unfailing report', { passed: 4, failed: 0, skipped: 0, skips: [] }, 'it was ended by SIGSEGV'],
  ['a time limit', null, 'it took longer than 5 s'],
  ['a report of nothing', { passed: 0, failed: 0, skipped: 0, skips: [] }, null],
])('%s is one failure', (_name, report, failure) => {
  const result = reportedResult(report, failure);
  expect(result.failed).toBe(1);
  expect(result.problem).not.toBeNull();
});
