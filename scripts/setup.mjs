// @ts-check
// `npm run setup`: everything that a first start would do, without the start.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { exitOnSignals } from './lib/exit-on-signals.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';
import { projectRoot } from './lib/paths.mjs';
import { describeFailure } from './lib/set-up-error.mjs';

requireSupportedNode();
exitOnSignals();
process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} args */
async function main(args) {
  let refreshRuntime = false;
  try {
    const { values } = parseArgs({
      args,
      options: { 'refresh-runtime': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      console.log(
        'Usage: npm run setup [-- --refresh-runtime]\n\n  --refresh-runtime   try again to fetch the official Electron and to build what could not be built',
      );
      return 0;
    }
    refreshRuntime = values['refresh-runtime'] ?? false;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\nThe only option is --refresh-runtime.`);
    return 2;
  }
  try {
    const { runSetUp } = await import('./setup/run-set-up.mjs');
    const startedAt = performance.now();
    await runSetUp({ root: projectRoot, refreshRuntime });
    console.error(
      `Set-up is complete (${((performance.now() - startedAt) / 1000).toFixed(1)} s). Start with: npm start`,
    );
    return 0;
  } catch (error) {
    console.error(`Set-up failed. ${describeFailure(error)}`);
    return 1;
  }
}
