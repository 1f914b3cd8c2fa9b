// @ts-check
/** Starts the bare Electron application beside this file, which has no Bulkhead code, and reads what it has measured. */
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { loadLaunchContext } from '../../scripts/launch/context.mjs';
import { launchPlan } from '../../scripts/launch/plan.mjs';

/**
 * @param {object} options what it does: `bare-electron/main.js`
 * @param {string} field the first of its result
 * @returns {Promise<any>} its result
 */
export async function runBare(options, field) {
  const { runtime, addons } = loadLaunchContext(resolve(import.meta.dirname, '../..'));
  const plan = launchPlan({
    root: join(import.meta.dirname, 'bare-electron'),
    options: /** @type {any} */ ({ headless: true }),
    runtime,
    addons,
    uid: process.getuid?.() ?? null,
    env: { ...process.env, BARE_OPTIONS: JSON.stringify(options) },
  });
  const { stdout } = await promisify(execFile)(plan.executable, plan.args, {
    env: plan.env,
    maxBuffer: 64 * 1024 ** 2,
  });
  const result = stdout.split('\n').find((line) => line.startsWith(`{"${field}"`));
  if (result === undefined) throw new Error(`The bare application said nothing of “${field}”.`);
  return JSON.parse(result);
}
