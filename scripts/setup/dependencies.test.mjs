// @ts-check
import { expect, test } from 'vitest';
import { installedMatchesLock } from './dependencies.mjs';

const a = { version: '1.0.0', integrity: 'sha512-a' };
const optional = { version: '2.0.0', integrity: 'sha512-b', optional: true };
const locked = { packages: { '': {}, 'node_modules/a': a, 'node_modules/b': optional } };

test('what npm installed by this lockfile matches, with or without optional packages', () => {
  expect(installedMatchesLock(locked, { packages: { 'node_modules/a': a, 'node_modules/b': optional } })).toBe(true);
  expect(installedMatchesLock(locked, { packages: { 'node_modules/a': a } })).toBe(true);
});

test.each([
  ['nothing installed', null],
  ['a damaged record', { packages: 'x' }],
  ['a missing package', { packages: { 'node_modules/b': optional } }],
  ['another version', { packages: { 'node_modules/a': { ...a, version: '1.0.1' } } }],
  ['other bytes', { packages: { 'node_modules/a': { ...a, integrity: 'sha512-x' } } }],
  ['a package too many', { packages: { 'node_modules/a': a, 'node_modules/c': a } }],
])('%s does not', (_name, installed) => {
  expect(installedMatchesLock(locked, installed)).toBe(false);
});
