import { expect, test } from 'vitest';
import type { ProcessState, TerminationInfo } from './process-state';
import type { ChannelStatus, ProcessView } from './snapshot';
import { channelState, othersSentence, PROCESS_STATE_WORDS } from './state-words';
import { say } from './messages/message';

const termination: TerminationInfo = {
  reason: 'killed',
  exitCode: null,
  signal: 'SIGKILL',
  pid: 7,
  uptimeMs: 1,
  atMs: 1,
  requested: true,
};
const STATES: ProcessState[] = [
  { kind: 'launching', sinceMs: 0 },
  { kind: 'running', sinceMs: 0 },
  { kind: 'unresponsive', sinceMs: 0 },
  { kind: 'exited', termination },
  { kind: 'backing-off', termination, restartAtMs: 1, crashes: 1 },
  { kind: 'given-up', termination, crashes: 5 },
];
const state = (kind: ProcessState['kind']) => STATES.find((each) => each.kind === kind) as ProcessState;
const process = (name: string, kind: ProcessState['kind']) => ({ id: name, name, state: state(kind) }) as ProcessView;

const STATUSES: ChannelStatus[] = [
  { kind: 'opening' },
  { kind: 'measuring' },
  { kind: 'waiting', reason: say('channel.not-running') },
];

test.each(STATES.filter(({ kind }) => kind !== 'running'))(
  'no channel of a process that is $kind is said to be measuring or waiting',
  (present) => {
    for (const status of STATUSES) expect(channelState(status, present)).toBe(present.kind);
    expect(PROCESS_STATE_WORDS[present.kind]).not.toBe('running');
  },
);

test('a channel of a running process has a state of its own', () => {
  for (const status of STATUSES) expect(channelState(status, state('running'))).toBe(status.kind);
});

test('what was switched off, held or is not to be had says so, whatever its process does', () => {
  for (const present of STATES) {
    expect(channelState({ kind: 'paused', reason: null }, present)).toBe('paused');
    expect(channelState({ kind: 'paused', reason: say('channel.benchmark') }, present)).toBe('held');
    expect(channelState({ kind: 'unavailable', reason: say('transport.no-mkfifo') }, present)).toBe('unavailable');
  }
});

test('a dead process says that every other one is running only if it is so', () => {
  const alive = [process('alpha', 'exited'), process('beta', 'running'), process('echo', 'running')];
  expect(othersSentence(alive, 'alpha')).toMatch(/^Every other compartment is running/);
  const two = [...alive, process('gamma', 'exited'), process('digest', 'given-up'), process('delta', 'unresponsive')];
  expect(othersSentence(two, 'alpha')).toBe(
    'Of the others, gamma, digest are dead as well; delta does not answer. The rest is running: look at the lines.',
  );
});
