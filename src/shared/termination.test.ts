import { expect, test } from 'vitest';
import { describeTermination, type TerminationInfo } from './process-state';
import { terminationReason, type TerminationReason } from './termination';

test.each<[string, TerminationReason]>([
  ['clean-exit', 'clean-exit'],
  ['abnormal-exit', 'abnormal-exit'],
  ['killed', 'killed'],
  ['crashed', 'crashed'],
  ['launch-failed', 'launch-failed'],
  ['integrity-failure', 'integrity-failure'],
  ['oom', 'out-of-memory'],
  ['memory-eviction', 'out-of-memory'],
])("Chromium's reason %s is Bulkhead's %s", (chromium, reason) => {
  expect(terminationReason(chromium)).toBe(reason);
});

test.each(['something-new', '', 'toString'])("a reason %j that Chromium doesn't give counts as a crash", (chromium) => {
  expect(terminationReason(chromium)).toBe('crashed');
});

const info = (part: Partial<TerminationInfo>): TerminationInfo => ({
  reason: 'crashed',
  exitCode: null,
  signal: null,
  pid: 1,
  uptimeMs: 1,
  atMs: 1,
  requested: false,
  ...part,
});

test.each<[Partial<TerminationInfo>, string]>([
  [{ reason: 'crashed', exitCode: 5 }, 'crashed (exit code 5)'],
  [{ reason: 'crashed', signal: 'SIGSEGV' }, 'crashed (SIGSEGV)'],
  [{ reason: 'crashed' }, 'crashed'],
  [{ reason: 'killed', signal: 'SIGKILL' }, 'killed by SIGKILL'],
  [{ reason: 'killed' }, 'killed'],
  [{ reason: 'clean-exit', exitCode: 0 }, 'exited cleanly'],
  [{ reason: 'abnormal-exit', exitCode: 3 }, 'exited abnormally (exit code 3)'],
  [{ reason: 'out-of-memory', exitCode: 0 }, 'ran out of memory (exit code 0)'],
  [{ reason: 'launch-failed' }, 'did not start in time'],
  [{ reason: 'integrity-failure' }, 'failed a code integrity check'],
])('%j reads as “%s”', (part, sentence) => {
  expect(describeTermination(info(part))).toBe(sentence);
});
