// @ts-check
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The first file of that name on the PATH that can be run.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null}
 */
export function findOnPath(name, env) {
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    if (folder === '') continue;
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not here: look on.
    }
  }
  return null;
}

/**
 * What node-gyp needs to build a C++ addon, and what of it is missing.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {(name: string, env: NodeJS.ProcessEnv) => string | null} [find]
 * @returns {{ found: string[], missing: { tool: string, debianPackage: string }[] }}
 */
export function findBuildTools(env, find = findOnPath) {
  const wanted = [
    { names: env.CXX ? [env.CXX, 'g++', 'c++', 'clang++'] : ['g++', 'c++', 'clang++'], debianPackage: 'g++' },
    { names: ['make', 'gmake'], debianPackage: 'make' },
    { names: ['python3', 'python'], debianPackage: 'python3' },
  ];
  /** @type {string[]} */
  const found = [];
  const missing = [];
  for (const { names, debianPackage } of wanted) {
    const file = names.map((name) => find(name, env)).find((hit) => hit !== null);
    if (file) found.push(file);
    else
      missing.push({
        tool: /** @type {string} */ (names.find((name) => name === debianPackage) ?? names[0]),
        debianPackage,
      });
  }
  return { found, missing };
}
