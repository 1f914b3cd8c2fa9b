// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const files = ['binding.gyp', 'package.json', 'index.d.ts'];
const built = ['bulkhead_native.node', 'bulkhead-floor'];

/**
 * Bulkhead's own addon and the floor program, both from `native/`. The finished
 * folder is the package: `require(dir)`, `dir/bulkhead-floor`, `dir/index.d.ts`.
 *
 * @type {import("./addon.mjs").AddonRecipe}
 */
export const bulkheadNativeAddon = {
  name: 'bulkhead-native',
  purpose: 'Shared memory, native sockets and the kernel floor need',
  probe: fileURLToPath(new URL('native-probe.cjs', import.meta.url)),
  recipe: fileURLToPath(import.meta.url),
  headers: 'node',
  obstacle(root) {
    if (process.platform !== 'linux') return "it is written for Linux (futexes, Linux's socket calls).";
    return existsSync(path.join(root, 'native')) ? null : 'this copy of Bulkhead lacks the folder `native`.';
  },
  sources(root) {
    const folder = path.join(root, 'native');
    if (!existsSync(folder)) return [];
    const code = readdirSync(path.join(folder, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    return [...files.map((name) => path.join(folder, name)).filter((file) => existsSync(file)), ...code];
  },
  async copySources(root, target) {
    for (const name of ['src', ...files])
      await cp(path.join(root, 'native', name), path.join(target, name), { recursive: true });
  },
  async install(root, release, target) {
    for (const name of ['package.json', 'index.d.ts'])
      await cp(path.join(root, 'native', name), path.join(target, name));
    for (const name of built) await cp(path.join(release, name), path.join(target, name));
  },
};
