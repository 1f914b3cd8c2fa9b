import { expect, test } from 'vitest';
import { readExitStatus } from './exit-status';

const posix = test.runIf(process.platform !== 'win32');

posix.each([
  ['crashed', 5, { reason: 'crashed', exitCode: null, signal: 'SIGTRAP' }],
  ['crashed', 11, { reason: 'crashed', exitCode: null, signal: 'SIGSEGV' }],
  ['killed', 9, { reason: 'killed', exitCode: null, signal: 'SIGKILL' }],
  ['killed', 15, { reason: 'killed', exitCode: null, signal: 'SIGTERM' }],
  ['oom', 9, { reason: 'out-of-memory', exitCode: null, signal: 'SIGKILL' }],
])('%s with code %d names the signal', (reason, code, status) => {
  expect(readExitStatus(reason, code, 'plugin')).toEqual(status);
});

posix.each([
  [134, 'SIGABRT'],
  [137, 'SIGKILL'],
  [139, 'SIGSEGV'],
])('code %d is 128 and a signal', (code, signal) => {
  expect(readExitStatus('crashed', code, 'plugin')).toEqual({ reason: 'crashed', exitCode: null, signal });
});

posix.each([
  ['abnormal-exit', 0x0300, 3],
  ['crashed', 0xff00, 255],
])('%s with the wait status %d gives the exit code in its second byte', (reason, status, exitCode) => {
  expect(readExitStatus(reason, status, 'plugin')).toEqual({ reason, exitCode, signal: null });
});

// What `kill -ABRT`, -HUP, -QUIT, -USR1, -USR2 and a plain kill leave of a sandboxed renderer.
posix.each([
  [250, 'SIGABRT'],
  [255, 'SIGHUP'],
  [253, 'SIGQUIT'],
  [246, 'SIGUSR1'],
  [244, 'SIGUSR2'],
  [241, 'SIGTERM'],
])('the code %d of a sandboxed renderer is 256 less a signal, also as a whole wait status', (code, signal) => {
  const status = { reason: 'killed', exitCode: null, signal };
  expect(readExitStatus('abnormal-exit', code, 'renderer')).toEqual(status);
  expect(readExitStatus('abnormal-exit', code << 8, 'renderer')).toEqual(status);
});

posix('a plugin that exits with such a code has chosen it', () => {
  expect(readExitStatus('abnormal-exit', 241, 'plugin')).toEqual({
    reason: 'abnormal-exit',
    exitCode: 241,
    signal: null,
  });
});

test.each([
  ['abnormal-exit', 9],
  ['abnormal-exit', 137],
  ['clean-exit', 0],
  ['launch-failed', 11],
])('%s with code %d is the code that the process gave, no signal', (reason, code) => {
  expect(readExitStatus(reason, code, 'plugin')).toEqual({ reason, exitCode: code, signal: null });
});

test('a crash with a code that is no signal keeps its code', () => {
  expect(readExitStatus('crashed', 77, 'plugin')).toEqual({ reason: 'crashed', exitCode: 77, signal: null });
});
