import { expect, test } from 'vitest';
import { checkSocketPath } from './socket-path';

test.each([
  ['linux', 107],
  ['darwin', 103],
  ['freebsd', 103],
] as const)('on %s a socket path has at most %d bytes', (platform, most) => {
  expect(() => checkSocketPath('x'.repeat(most), { platform })).not.toThrow();
  expect(() => checkSocketPath('x'.repeat(most + 1), { platform })).toThrow(
    new RegExp(`is ${most + 1} bytes long and a Unix socket takes ${most}: x+\\. Set TMPDIR`),
  );
});

test('its bytes are counted, not its characters', () => {
  expect(() => checkSocketPath('ü'.repeat(60), { platform: 'linux' })).toThrow(/120 bytes/);
});

test('one that a person named is to be shortened there, not in TMPDIR', () => {
  expect(() => checkSocketPath('x'.repeat(108), { given: true })).toThrow(/x\. Give a shorter one with --path\.$/);
});
