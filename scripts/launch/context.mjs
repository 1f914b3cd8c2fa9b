// @ts-check
import { existsSync } from 'node:fs';
import { readJsonOrNull } from '../lib/files.mjs';
import { SetUpError } from '../lib/set-up-error.mjs';
import { contextFile } from '../setup/run-set-up.mjs';

/**
 * Reads what set-up found and made, without doing any of its work.
 *
 * @param {string} root the checkout
 * @returns {import("../setup/run-set-up.mjs").LaunchContext}
 * @throws {SetUpError} when set-up hasn't run, or its runtime is gone
 */
export function loadLaunchContext(root) {
  const context = readJsonOrNull(contextFile(root));
  const problem =
    context === null
      ? 'Bulkhead has not been set up in this folder yet.'
      : existsSync(context.runtime.executable)
        ? null
        : `The Electron runtime that set-up chose is gone (${context.runtime.executable}).`;
  if (problem !== null) throw new SetUpError(problem, { nextStep: 'Run: npm run setup' });
  return context;
}
