// @ts-check
// `npm test`: sets up what is missing, then runs every kind of test, also after
// one has failed. `npm test -- unit e2e` runs only those. The last line adds up.
import process from 'node:process';
import { exitOnSignals } from './lib/exit-on-signals.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';
import { projectRoot } from './lib/paths.mjs';
import { describeFailure } from './lib/set-up-error.mjs';
import { runStep } from './testing/run-step.mjs';
import { chooseSteps, testSteps } from './testing/steps.mjs';
import { addUp, exitCodeOf, singleResult, totalLine } from './testing/totals.mjs';

requireSupportedNode();
exitOnSignals();
process.exitCode = await main(process.argv.slice(2));

/** @param {readonly string[]} names */
async function main(names) {
  const chosen = chooseSteps(testSteps(projectRoot, process.env), names);
  if ('error' in chosen) {
    console.error(chosen.error);
    return 2;
  }
  try {
    const { runSetUp } = await import('./setup/run-set-up.mjs');
    await runSetUp({ root: projectRoot });
  } catch (error) {
    console.error(`Set-up failed, so no test ran. ${describeFailure(error)}`);
    console.log(totalLine(singleResult(false)));
    return 1;
  }
  if (chosen.steps.some(({ name }) => name === 'routes')) await tryInstallMessagingServers();
  const results = [];
  for (const step of chosen.steps) {
    console.log(`\n=== ${step.title} (${step.name}) ===`);
    const result = await runStep(step, projectRoot);
    if (result.problem !== null) console.error(`${step.title} failed: ${result.problem}.`);
    results.push({ title: step.title, ...result });
  }
  const total = addUp(results);
  console.log('');
  for (const { name, reason } of total.skips) console.log(`skipped: ${name}: ${reason}`);
  for (const result of results) console.log(`${result.title}: ${totalLine(result)}`);
  console.log(totalLine(total));
  return exitCodeOf(total);
}

/** As root on Debian. Elsewhere, and when it fails, the tests of the routes skip what isn't there, with the reason. */
async function tryInstallMessagingServers() {
  const { canInstallPackages } = await import('./system/apt.mjs');
  const { installMessagingServers, missingServers } = await import('./system/messaging-servers.mjs');
  if (missingServers().length === 0 || !canInstallPackages()) return;
  const { withProgress } = await import('./lib/progress.mjs');
  try {
    await withProgress('Installing the messaging servers that the routes are tested with', ({ update }) =>
      installMessagingServers(update),
    );
  } catch (error) {
    console.error(`The routes are tested without some of their servers. ${describeFailure(error)}`);
  }
}
