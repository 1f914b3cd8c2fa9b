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
  let brokers = false;
  try {
    const { values } = parseArgs({
      args,
      options: {
        'refresh-runtime': { type: 'boolean' },
        brokers: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      console.log(
        'Usage: npm run setup [-- --refresh-runtime] [--brokers]\n\n  --refresh-runtime   try again to fetch the official Electron and to build what could not be built\n  --brokers           also install the messaging servers of the routes (NATS, RabbitMQ) and Locust, as root on Debian;\n                      no service of the system is started',
      );
      return 0;
    }
    refreshRuntime = values['refresh-runtime'] ?? false;
    brokers = values.brokers ?? false;
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : String(error)}\nThe options are --refresh-runtime and --brokers.`,
    );
    return 2;
  }
  try {
    const { runSetUp } = await import('./setup/run-set-up.mjs');
    const startedAt = performance.now();
    await runSetUp({ root: projectRoot, refreshRuntime });
    if (brokers) await installBrokers();
    console.error(
      `Set-up is complete (${((performance.now() - startedAt) / 1000).toFixed(1)} s). Start with: npm start`,
    );
    return 0;
  } catch (error) {
    console.error(`Set-up failed. ${describeFailure(error)}`);
    return 1;
  }
}

/** With a line also when there was nothing to do: the person has asked for it. */
async function installBrokers() {
  const { installMessagingServers } = await import('./system/messaging-servers.mjs');
  const { withProgress } = await import('./lib/progress.mjs');
  const installed = await withProgress('Installing the messaging servers', ({ update }) =>
    installMessagingServers(update),
  );
  console.error(
    installed.length === 0 ? 'The messaging servers are installed already.' : `Installed: ${installed.join(', ')}.`,
  );
}
