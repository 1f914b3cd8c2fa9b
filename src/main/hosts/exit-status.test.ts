import { expect, test } from 'vitest';
import { readExitStatus } from './exit-status';

test.runIf(process.platform !== 'win32').each([
  ['crashed', 5, { reason: 'crashed', exitCode: null, signal: 'SIGTRAP' }],
  ['crashed', 11, { reason: 'crashed', exitCode: null, signal: 'SIGSEGV' }],
  ['killed', 9, { reason: 'killed', exitCode: null, signal: 'SIGKILL' }],
  ['killed', 15, { reason: 'killed', exitCode: null, signal: 'SIGTERM' }],
  ['oom', 9, { reason: 'out-of-memory', exitCode: null, signal: 'SIGKILL' }],
])('%s with code %d names the signal', (reason, code, status) => {
  expect(readExitStatus(reason, code)).toEqual(status);
});

test.runIf(process.platform !== 'win32').each([
  [134, 'SIGABRT'],
  [137, 'SIGKILL'],
  [139, 'SIGSEGV'],
])('code %d is 128 and a signal', (code, signal) => {
  expect(readExitStatus('crashed', code)).toEqual({ reason: 'crashed', exitCode: null, signal });
});

test.runIf(process.platform !== 'win32').each([
  ['abnormal-exit', 0x0300, 3],
  ['crashed', 0xff00, 255],
])('%s with the wait status %d gives the exit code in its second byte', (reason, status, exitCode) => {
  expect(readExitStatus(reason, status)).toEqual({ reason, exitCode, signal: null });
});

test.each([
  ['abnormal-exit', 9],
  ['abnormal-exit', 137],
  ['clean-exit', 0],
  ['launch-failed', 11],
])('%s with code %d is the code that the process gave, no signal', (reason, code) => {
  expect(readExitStatus(reason, code)).toEqual({ reason, exitCode: code, signal: null });
});

test('a crash with a code that is no signal keeps its code', () => {
  expect(readExitStatus('crashed', 77)).toEqual({ reason: 'crashed', exitCode: 77, signal: null });
});
