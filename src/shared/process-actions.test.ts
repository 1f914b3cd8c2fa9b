import { expect, test } from 'vitest';
import { isFor, offeredActions } from './process-actions';
import type { ProcessState, TerminationInfo } from './process-state';
import type { ProcessKind } from './snapshot';

const termination: TerminationInfo = {
  reason: 'crashed',
  exitCode: null,
  signal: 'SIGSEGV',
  pid: 7,
  uptimeMs: 1000,
  atMs: 0,
  requested: false,
};
const RUNNING: ProcessState = { kind: 'running', sinceMs: 0 };
const EXITED: ProcessState = { kind: 'exited', termination };
const offered = (kind: ProcessKind, state: ProcessState) => offeredActions({ kind, state }).map(({ action }) => action);

test.each([
  ['renderer', RUNNING, ['crash', 'kill', 'hang', 'reload']],
  ['plugin', RUNNING, ['crash', 'kill', 'hang', 'restart']],
  ['plugin', { kind: 'launching', sinceMs: 0 }, ['kill']],
  ['renderer', { kind: 'unresponsive', sinceMs: 0 }, ['wait', 'end']],
  ['renderer', EXITED, ['reload']],
  ['plugin', { kind: 'given-up', termination, crashes: 3 }, ['restart']],
  ['browser', RUNNING, []],
] as const)('to a %s that is %j can be done: %j', (kind, state, actions) => {
  expect(offered(kind, state)).toEqual(actions);
});

test('a state gives an action words of its own, and leaves the rest', () => {
  const [restart] = offeredActions({
    kind: 'plugin',
    state: { kind: 'backing-off', termination, restartAtMs: 0, crashes: 1 },
  });
  expect(restart).toMatchObject({ label: 'Restart now', tone: 'primary', icon: 'reload' });
});

test('the window can be killed, and has nothing that would hang itself', () => {
  expect(isFor('kill', 'shell')).toBe(true);
  expect(isFor('hang', 'shell')).toBe(false);
});
