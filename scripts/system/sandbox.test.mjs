// @ts-check
import { expect, test } from 'vitest';
import { judgeSandbox, sandboxAdvice } from './sandbox.mjs';

/** @type {import("./sandbox.mjs").SandboxFacts} */
const user = { platform: 'linux', uid: 1000, suidHelper: false, namespaceProblem: null };

test('user namespaces are enough', () => {
  expect(judgeSandbox(user)).toEqual({ status: 'on' });
});

test('so is the SUID helper', () => {
  expect(judgeSandbox({ ...user, suidHelper: true, namespaceProblem: 'they are off' })).toEqual({ status: 'on' });
});

test('root runs without', () => {
  expect(judgeSandbox({ ...user, uid: 0, suidHelper: true })).toEqual({ status: 'off-as-root' });
});

test('an ordinary user with neither is stopped, with the reason', () => {
  expect(judgeSandbox({ ...user, namespaceProblem: 'they are off' })).toEqual({
    status: 'impossible',
    reason: 'they are off',
  });
});

test('other systems sandbox by themselves', () => {
  expect(judgeSandbox({ ...user, platform: 'darwin', namespaceProblem: 'x' })).toEqual({ status: 'on' });
});

test('the advice can be pasted even if the path has a space', () => {
  expect(sandboxAdvice('they are off', '/my app/dist').nextStep).toContain('chmod 4755 "/my app/dist/chrome-sandbox"');
});
