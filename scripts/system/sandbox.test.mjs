// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { judgeNamespaces, judgeSandbox, labelOf, sandboxAdvice } from './sandbox.mjs';

const off = /** @type {const} */ ({ cause: 'unprivileged_userns_clone', reason: 'they are off' });
/** @type {import("./sandbox.mjs").SandboxFacts} */
const user = { platform: 'linux', uid: 1000, helper: 'not-suid', namespaceProblem: null };

test('user namespaces are enough', () => {
  expect(judgeSandbox(user)).toEqual({ status: 'on' });
});

test('so is the SUID helper', () => {
  expect(judgeSandbox({ ...user, helper: 'works', namespaceProblem: off })).toEqual({ status: 'on' });
});

test('root runs without', () => {
  expect(judgeSandbox({ ...user, uid: 0, helper: 'works' })).toEqual({ status: 'off-as-root' });
});

test.each(/** @type {const} */ (['not-suid', 'nosuid-mount']))(
  'an ordinary user with neither (%s) is stopped, with the reason',
  (helper) => {
    expect(judgeSandbox({ ...user, helper, namespaceProblem: off })).toEqual({
      status: 'impossible',
      problem: off,
      helper,
    });
  },
);

test('other systems sandbox by themselves', () => {
  expect(judgeSandbox({ ...user, platform: 'darwin', namespaceProblem: off })).toEqual({ status: 'on' });
});

/** @type {import("./sandbox.mjs").NamespaceFacts} */
const free = { maxUserNamespaces: '15000', usernsClone: '1', apparmorRestricts: '0', label: null, refusal: null };
const refusal = 'unshare: write failed /proc/self/uid_map: Operation not permitted';

test.each([
  ['nothing in the way', free, undefined],
  ['no such settings', { ...free, maxUserNamespaces: null, usernsClone: null, apparmorRestricts: null }, undefined],
  ['none at all', { ...free, maxUserNamespaces: '0' }, 'max_user_namespaces'],
  ['none without privileges', { ...free, usernsClone: '0' }, 'unprivileged_userns_clone'],
  ['an unconfined runtime', { ...free, apparmorRestricts: '1', label: 'unconfined', refusal }, 'apparmor'],
  ['a label that is not known', { ...free, apparmorRestricts: '1', refusal }, 'apparmor'],
  ["a person's profile", { ...free, apparmorRestricts: '1', label: 'bulkhead (unconfined)', refusal }, undefined],
  ['a profile that is enforced', { ...free, apparmorRestricts: '1', label: 'electron (enforce)' }, undefined],
  ['a filter', { ...free, refusal }, 'refused'],
])('of user namespaces, %s', (_name, facts, cause) => {
  expect(judgeNamespaces(facts)?.cause).toBe(cause);
});

test.runIf(process.platform === 'linux')('the runtime itself says its label, or that there is none', async () => {
  expect(await labelOf(process.execPath)).toSatisfy((label) => label === null || /^\S/.test(label));
  expect(await labelOf('/nowhere/electron')).toBeNull();
});

const runtime = { dir: '/my app/dist', executable: '/my app/dist/elec[tron]' };
const advice = (
  /** @type {import("./sandbox.mjs").NamespaceProblem["cause"]} */ cause,
  /** @type {import("./sandbox.mjs").Helper} */ helper = 'not-suid',
) => sandboxAdvice({ status: 'impossible', problem: { cause, reason: 'they are off' }, helper }, runtime);

test('the advice can be pasted even if the path has a space', () => {
  expect(advice('refused').nextStep).toContain('chmod 4755 "/my app/dist/chrome-sandbox"');
});

test('against AppArmor it has a profile for this very runtime, and the setting', () => {
  const { nextStep } = advice('apparmor');
  expect(nextStep).toContain('profile bulkhead "/my app/dist/elec\\[tron\\]" flags=(unconfined) {\n    userns,\n');
  expect(nextStep).toContain('sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0');
});

test.each(
  /** @type {const} */ ([
    ['max_user_namespaces', 'user.max_user_namespaces=15000'],
    ['unprivileged_userns_clone', 'kernel.unprivileged_userns_clone=1'],
  ]),
)('against %s it has the setting', (cause, line) => {
  expect(advice(cause).nextStep).toContain(`sudo sysctl -w ${line}`);
});

test('where a helper can not be SUID, nobody is told to make it so', () => {
  const { message, nextStep } = advice('apparmor', 'nosuid-mount');
  expect(message).toContain('nosuid');
  expect(nextStep).not.toContain('chmod');
});

/** Root may mount; some ordinary users may in a namespace of their own. */
const unshare =
  process.platform === 'linux'
    ? ['-m', '-rm'].find((flag) => spawnSync('unshare', [flag, 'true']).status === 0)
    : undefined;

test.skipIf(unshare === undefined).each([
  ['nosuid', 'nosuid-mount'],
  ['suid', 'works'],
])('a SUID helper on a mount with %s: %s', (option, state) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulkhead nosuid-'));
  const module = JSON.stringify(new URL('./sandbox.mjs', import.meta.url).href);
  const script = `
    mount -t tmpfs -o ${option} none "$1" && cp /bin/true "$1/chrome-sandbox" && chmod 4755 "$1/chrome-sandbox" &&
    exec "$2" --input-type=module -e 'import { helperState } from ${module}; console.log(helperState(process.argv[1]))' "$1/chrome-sandbox"`;
  const { stdout } = spawnSync('unshare', [unshare ?? '', 'sh', '-c', script, 'sh', folder, process.execPath], {
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  expect(stdout.trim()).toBe(state);
});
