// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-build-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/**
 * A set-up's process that is in the middle of a build, with a temporary folder of this test's.
 *
 * @param {string} root
 * @param {string} work an expression that gives a promise
 */
function building(root, work) {
  const at = (/** @type {string} */ file) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    const { exitOnSignals } = await import(${at('../lib/exit-on-signals.mjs')});
    const { withBuildFolder } = await import(${at('./build-folder.mjs')});
    exitOnSignals();
    await withBuildFolder(${JSON.stringify(root)}, (buildFolder) => { console.log(buildFolder); return ${work}; });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TMPDIR: folder, TEMP: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return {
    child,
    /** @type {Promise<string>} */
    buildFolder: new Promise((resolve) =>
      child.stdout.once('data', (/** @type {Buffer} */ said) => resolve(said.toString().trim())),
    ),
    ended: new Promise((resolve) => child.once('exit', resolve)),
  };
}
const forever = 'new Promise(() => setInterval(() => {}, 1000))';

test('a build leaves no folder, also when it fails', async () => {
  await building('/a', 'Promise.resolve()').ended;
  await building('/a', 'Promise.reject(new Error("the failure that this test makes"))').ended;
  expect(readdirSync(folder)).toEqual([]);
});

test.skipIf(process.platform === 'win32')('an interrupted one leaves none either', async () => {
  const interrupted = building('/a', forever);
  expect(existsSync(await interrupted.buildFolder)).toBe(true);
  interrupted.child.kill('SIGINT');
  expect(await interrupted.ended).toBe(130);
  expect(readdirSync(folder)).toEqual([]);
});

test("what a killed one leaves goes with the checkout's next build, and another checkout's stays", async () => {
  const killed = [building('/a', forever), building('/b', forever)];
  const [ofA, ofB] = await Promise.all(killed.map(({ buildFolder }) => buildFolder));
  for (const { child } of killed) child.kill('SIGKILL');
  await Promise.all(killed.map(({ ended }) => ended));
  expect([existsSync(ofA ?? ''), existsSync(ofB ?? '')]).toEqual([true, true]);
  await building('/a', 'Promise.resolve()').ended;
  expect(readdirSync(folder)).toEqual([path.basename(ofB ?? '')]);
});
