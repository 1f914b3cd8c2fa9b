// @ts-check
import { mkdirSync } from 'node:fs';
import process from 'node:process';
import { exitOnSignals } from '../lib/exit-on-signals.mjs';
import { projectRoot } from '../lib/paths.mjs';
import { say } from '../lib/progress.mjs';
import { describeFailure, reasonOf, SetUpError } from '../lib/set-up-error.mjs';
import { parseCommand, settleOptions, usage } from './options.mjs';
import { launchPlan } from './plan.mjs';

/**
 * The command line from its arguments to its exit code.
 *
 * @param {readonly string[]} argv without node and script
 * @returns {Promise<number>} 0 or the app's exit code; 1 for a failed set-up, 2 for a wrong command line
 */
export async function main(argv) {
  const parsed = parseCommand(argv, process.cwd());
  if ('error' in parsed) {
    console.error(parsed.error);
    return 2;
  }
  try {
    switch (parsed.command) {
      case 'help':
        console.log(usage);
        return 0;
      case 'version': {
        const { versionText } = await import('./version.mjs');
        console.log(await versionText(projectRoot));
        return 0;
      }
      case 'run':
        return await run(parsed.options);
    }
  } catch (error) {
    console.error(`Bulkhead did not start. ${describeFailure(error)}`);
    return 1;
  }
}

/** @param {import("./options.mjs").RunOptions} wanted */
async function run(wanted) {
  const { options, notice } = settleOptions(wanted, {
    platform: process.platform,
    env: process.env,
    cwd: process.cwd(),
  });
  if (notice !== null) say(notice);
  // Before minutes of set-up rather than after minutes of measuring.
  for (const folder of [options.exportDir, options.profileDir]) if (folder !== null) makeFolder(folder);

  const restoreSignals = exitOnSignals();
  const { runSetUp } = await import('../setup/run-set-up.mjs');
  const { runtime, addons } = await runSetUp({ root: projectRoot });
  const { gatherSandboxFacts, judgeSandbox, sandboxAdvice } = await import('../system/sandbox.mjs');
  const sandboxFacts = await gatherSandboxFacts(runtime.dir);
  const sandbox = judgeSandbox(sandboxFacts);
  switch (sandbox.status) {
    case 'on':
      break;
    case 'off-as-root':
      say("Running as root, so without Chromium's sandbox (--no-sandbox). Run as an ordinary user to have it.");
      break;
    case 'impossible': {
      const { message, nextStep } = sandboxAdvice(sandbox.reason, runtime.dir);
      throw new SetUpError(message, { nextStep });
    }
  }
  const { lifelineFd, superviseApp } = await import('./supervise.mjs');
  const plan = launchPlan({
    root: projectRoot,
    options,
    runtime,
    addons,
    uid: sandboxFacts.uid,
    env: process.env,
    platform: process.platform,
    lifelineFd,
  });
  restoreSignals();
  return await superviseApp(plan, process.cwd());
}

/** @param {string} folder */
function makeFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new SetUpError(`The folder ${folder} could not be made: ${reasonOf(error)}.`, {
      cause: error,
      nextStep: 'Name another folder, or make room for this one.',
    });
  }
}
