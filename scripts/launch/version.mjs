// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '../lib/set-up-error.mjs';
import { askRuntime } from '../runtime/facts.mjs';
import { loadLaunchContext } from './context.mjs';

/**
 * What `--version` prints. The runtime is asked, not looked up; a checkout that
 * is not set up yet is told as such rather than set up.
 *
 * @param {string} root
 */
export async function versionText(root) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const own = `Bulkhead ${version}`;
  try {
    const { runtime } = loadLaunchContext(root);
    const facts = await askRuntime(runtime.executable);
    return [
      own,
      `Electron ${facts.electron}`,
      `Chrome ${facts.chrome}`,
      `Node ${facts.node}`,
      `Runtime: ${runtime.detail}`,
    ].join('\n');
  } catch (error) {
    return `${own}\nRuntime: none yet. ${reasonOf(error)}. Run: npm run setup`;
  }
}
