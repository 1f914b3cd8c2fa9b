// @ts-check
import path from 'node:path';
import process from 'node:process';
import { npmCommand } from '../lib/npm.mjs';

/**
 * @typedef {object} TestStep
 * @property {string} name as given on the command line
 * @property {string} title
 * @property {string} file
 * @property {(reportFile: string) => string[]} args
 * @property {"single" | "report"} counting one test as a whole, or what its report counts
 * @property {number} timeLimitMs generous: only against hanging
 */

const minute = 60_000;

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {TestStep[]} in the order they run
 */
export function testSteps(root, env) {
  const npm = npmCommand(env);
  const bin = (/** @type {string[]} */ ...parts) => path.join(root, 'node_modules', ...parts);
  const vitest = [
    bin('vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    `--reporter=${path.join(root, 'scripts', 'testing', 'vitest-counts.mjs')}`,
  ];
  return [
    {
      name: 'types',
      title: 'Type check',
      file: npm.file,
      args: () => [...npm.args, 'run', '--silent', 'typecheck'],
      counting: 'single',
      timeLimitMs: 10 * minute,
    },
    {
      name: 'lint',
      title: 'Lint',
      file: process.execPath,
      args: () => [bin('oxlint', 'bin', 'oxlint'), '--deny-warnings'],
      counting: 'single',
      timeLimitMs: 10 * minute,
    },
    {
      name: 'format',
      title: 'Format check',
      file: process.execPath,
      args: () => [bin('oxfmt', 'bin', 'oxfmt'), '--check'],
      counting: 'single',
      timeLimitMs: 10 * minute,
    },
    {
      name: 'unit',
      title: 'Unit tests',
      file: process.execPath,
      args: () => vitest,
      counting: 'report',
      timeLimitMs: 20 * minute,
    },
    {
      name: 'conformance',
      title: 'Transport conformance',
      file: process.execPath,
      args: (reportFile) => [path.join(root, 'tests', 'conformance', 'run.mjs'), '--report', reportFile],
      counting: 'report',
      timeLimitMs: 20 * minute,
    },
    {
      name: 'routes',
      title: 'Routes',
      file: process.execPath,
      args: () => [...vitest, '--config', path.join(root, 'tests', 'routes', 'vitest.config.ts')],
      counting: 'report',
      timeLimitMs: 60 * minute,
    },
    {
      name: 'e2e',
      title: 'Whole-app tests',
      file: process.execPath,
      args: () => [...vitest, '--config', path.join(root, 'tests', 'e2e', 'vitest.config.ts')],
      counting: 'report',
      timeLimitMs: 60 * minute,
    },
  ];
}

/**
 * The steps that a person asked for, in their own order; all when none is named.
 *
 * @param {readonly TestStep[]} steps
 * @param {readonly string[]} names
 * @returns {{ steps: TestStep[] } | { error: string }}
 */
export function chooseSteps(steps, names) {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    return {
      error: `There is no test step named ${unknown.join(', ')}. There are: ${steps.map(({ name }) => name).join(', ')}.`,
    };
  }
  return { steps: names.length === 0 ? [...steps] : steps.filter(({ name }) => names.includes(name)) };
}
