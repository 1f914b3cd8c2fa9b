// @ts-check
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const testFolder = path.join(root, 'native', 'test');

/** What the set-up found and made, or why there is nothing to test. */
function context() {
  const file = path.join(root, '.cache', 'launch-context.json');
  try {
    const { runtime, addons } = JSON.parse(readFileSync(file, 'utf8'));
    const addon = addons['bulkhead-native'] ?? { error: 'This set-up is older than the addon: run npm run setup.' };
    return { electron: String(runtime.executable), addon };
  } catch (error) {
    return { electron: '', addon: { error: `Run npm run setup first (${String(error)}).` } };
  }
}

const { electron, addon } = context();

/** The reason why the addon isn't there; null when it is. Tests that need it are skipped then, with this reason. */
export const missing = 'dir' in addon ? null : String(addon.error);
export const addonDir = 'dir' in addon ? String(addon.dir) : '';
export const floorFile = path.join(addonDir, 'bulkhead-floor');

/**
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number, onStart?: (child: import('node:child_process').ChildProcess) => void }} [options]
 * @returns {Promise<{ code: number | null, signal: string | null, stdout: string, stderr: string }>}
 */
export function run(file, args, { env = {}, timeoutMs = 60_000, onStart } = {}) {
  return new Promise((resolve) => {
    const child = execFile(
      file,
      args,
      { env: { ...process.env, ...env }, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 64 << 20 },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr }),
    );
    onStart?.(child);
  });
}

/**
 * Runs one scenario in the Electron runtime, as plain Node: its peers are further processes of that runtime.
 *
 * @param {string} file in `scenarios/`
 * @param {string} name
 */
export async function runScenario(file, name) {
  const { code, signal, stderr } = await run(
    electron,
    [path.join(testFolder, 'support', 'scenario-main.cjs'), path.join(testFolder, 'scenarios', file), name],
    { env: { ELECTRON_RUN_AS_NODE: '1', BULKHEAD_NATIVE: addonDir } },
  );
  if (code !== 0) throw new Error(`${signal === null ? `exit code ${code}` : `ended by ${signal}`}\n${stderr}`);
}
