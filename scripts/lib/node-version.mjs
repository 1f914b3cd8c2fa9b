// @ts-check
import process from 'node:process';

/**
 * Why this Node can't run Bulkhead's tools; null when it can. Not a plain lower
 * bound: vite, vitest and Electron's installer need `require()` of ES modules,
 * which came to 20.19 and to 22.12, but not to 21 nor to earlier 22s.
 *
 * This module and all that imports it statically must still load on Node 18,
 * Debian 12's own: else a person there sees a stack instead of this sentence.
 *
 * @param {string} version without `v`
 */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  return fits
    ? null
    : `Bulkhead needs Node 20.19 or later on the 20 line, or 22.12 and later; this is ${version}.\n` +
        'Install a current Node (for example the newest LTS) and start again.';
}

/** Ends the process with a clear error when this Node is too old. */
export function requireSupportedNode() {
  const problem = nodeVersionProblem(process.versions.node);
  if (problem === null) return;
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
