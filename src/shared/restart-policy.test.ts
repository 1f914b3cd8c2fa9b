import { expect, test } from 'vitest';
import { CRASH_MEMORY_MS, RestartPolicy } from './restart-policy';

const SECOND = 1000;

test('the first crash is followed by a start at once', () => {
  expect(new RestartPolicy().crashed(0)).toEqual({ kind: 'restart', delayMs: 0 });
});

test('the second crash is followed by a start after a second', () => {
  const policy = new RestartPolicy();
  policy.crashed(0);
  expect(policy.crashed(SECOND)).toEqual({ kind: 'restart', delayMs: 1000 });
});

test('the third crash within five minutes ends it', () => {
  const policy = new RestartPolicy();
  policy.crashed(0);
  policy.crashed(SECOND);
  expect(policy.crashed(CRASH_MEMORY_MS - 1)).toEqual({ kind: 'give-up' });
});

test('a crash is forgotten after exactly five minutes', () => {
  const policy = new RestartPolicy();
  policy.crashed(0);
  policy.crashed(SECOND);
  expect(policy.crashed(CRASH_MEMORY_MS)).toEqual({ kind: 'restart', delayMs: 1000 });
});

test('crashes far apart are each the first', () => {
  const policy = new RestartPolicy();
  for (let i = 0; i < 10; i += 1) expect(policy.crashed(i * CRASH_MEMORY_MS)).toEqual({ kind: 'restart', delayMs: 0 });
});

test('the crashes still remembered are counted', () => {
  const policy = new RestartPolicy();
  policy.crashed(0);
  policy.crashed(2 * SECOND);
  expect(policy.crashes(3 * SECOND)).toBe(2);
  expect(policy.crashes(CRASH_MEMORY_MS + SECOND)).toBe(1);
  expect(policy.crashes(CRASH_MEMORY_MS + 2 * SECOND)).toBe(0);
});

test('after giving up it gives up again until it is told to forget', () => {
  const policy = new RestartPolicy();
  for (const at of [0, 1, 2]) policy.crashed(at);
  expect(policy.crashed(3)).toEqual({ kind: 'give-up' });
  policy.forget();
  expect(policy.crashes(4)).toBe(0);
  expect(policy.crashed(4)).toEqual({ kind: 'restart', delayMs: 0 });
});
