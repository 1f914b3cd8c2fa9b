// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const addonName = 'unix-dgram';
const binary = 'unix_dgram.node';

/**
 * The npm package unix-dgram, built here from its sources in
 * node_modules: no package runs its own install script.
 *
 * @type {import("./addon.mjs").AddonRecipe}
 */
export const unixDgramAddon = {
  name: addonName,
  purpose: 'Unix datagrams need',
  probe: fileURLToPath(new URL('datagram-probe.cjs', import.meta.url)),
  recipe: fileURLToPath(import.meta.url),
  headers: 'electron',
  obstacle(root) {
    if (process.platform === 'win32') return 'Windows has no Unix datagram sockets.';
    if (existsSync(packageFolder(root, addonName))) return null;
    return `the package ${addonName} is not installed; it is an optional dependency, so \`npm ci --include=optional\` brings it.`;
  },
  sources(root) {
    const addon = packageFolder(root, addonName);
    if (!existsSync(addon)) return [];
    return [addon, path.join(addon, 'src'), path.join(addon, 'lib')].flatMap((folder) =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(folder, entry.name)),
    );
  },
  copySources: (root, target) => copyAddon(root, target, ['bindings', 'file-uri-to-path', 'nan']),
  async install(root, built, target) {
    await copyAddon(root, target, ['bindings', 'file-uri-to-path']);
    await cp(path.join(built, binary), path.join(target, 'build', 'Release', binary));
  },
};

/**
 * @param {string} root
 * @param {string} name
 */
function packageFolder(root, name) {
  return path.join(root, 'node_modules', name);
}

/**
 * @param {string} root
 * @param {string} target
 * @param {readonly string[]} dependencies
 */
async function copyAddon(root, target, dependencies) {
  await cp(packageFolder(root, addonName), target, {
    recursive: true,
    filter: (file) => !/[\\/]unix-dgram[\\/](build|test)([\\/]|$)/.test(file),
  });
  for (const name of dependencies) {
    await cp(packageFolder(root, name), path.join(target, 'node_modules', name), { recursive: true });
  }
}
