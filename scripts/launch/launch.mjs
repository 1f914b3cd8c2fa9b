// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { exitOnSignals } from '../lib/exit-on-signals.mjs';
import { projectRoot } from '../lib/paths.mjs';
import { say } from '../lib/progress.mjs';
import { describeFailure, SetUpError } from '../lib/set-up-error.mjs';
import { findDisplay } from './display.mjs';
import { parseCommand, settleOptions } from './options.mjs';
import { prepareOutputs } from './outputs.mjs';
import { launchPlan, plainPlan, waysToStart } from './plan.mjs';
import { sharedMemorySwitches } from '../system/shared-memory.mjs';
import { checkSurroundings } from '../system/surroundings.mjs';
import { usage } from './usage.mjs';

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
  // From here on files are tried out and made, which a signal must not leave half-way.
  const restoreSignals = exitOnSignals();
  // Chromium takes absolute paths only.
  if (process.env.TMPDIR) process.env.TMPDIR = path.resolve(process.env.TMPDIR);
  try {
    switch (parsed.command) {
      case 'help':
        console.log(usage[parsed.about ?? 'run']);
        return 0;
      case 'version': {
        const { versionText } = await import('./version.mjs');
        console.log(await versionText(projectRoot));
        return 0;
      }
      case 'run':
        return await run(parsed.options, parsed.chromiumSwitches, restoreSignals);
      case 'bench':
        return await bench(parsed, restoreSignals);
      case 'load':
        return await load(parsed, restoreSignals);
      case 'serve':
      case 'ping':
        return await plain(parsed, restoreSignals);
      case 'route':
        return await route(parsed, restoreSignals);
    }
  } catch (error) {
    console.error(`Bulkhead did not start. ${describeFailure(error)}`);
    return 1;
  }
}

/**
 * @param {import("./options.mjs").RunOptions} wanted
 * @param {readonly string[]} chromiumSwitches
 * @param {() => void} restoreSignals
 */
async function run(wanted, chromiumSwitches, restoreSignals) {
  const { options, notice } = settleOptions(wanted, {
    platform: process.platform,
    env: process.env,
    cwd: process.cwd(),
  });
  if (notice !== null) say(notice);
  // Before minutes of set-up rather than after minutes of measuring.
  checkSurroundings({ profileDir: options.profileDir, keepsProfile: true });
  prepareOutputs({ folders: [options.exportDir] });
  // Whoever names the platform knows best.
  const ownPlatform = chromiumSwitches.some((each) => /^--(ozone-platform|headless)(=|$)/.test(each));
  const windowed = process.platform === 'linux' && !options.headless && !ownPlatform;
  const display = windowed ? await findDisplay(process.env) : null;
  return await startApp(options, restoreSignals, { display, chromiumSwitches, ownPlatform });
}

/**
 * @param {import("./options.mjs").BenchCommand} command
 * @param {() => void} restoreSignals
 */
async function bench({ request, output }, restoreSignals) {
  // Before minutes of measuring.
  const { json, csv, html, trace, hgrm } = output;
  prepareOutputs({ files: [json, csv, html, trace], folders: [hgrm] });
  checkSurroundings({ profileDir: null, keepsProfile: false });
  const progress = process.stderr.isTTY === true ? 'terminal' : 'lines';
  return await startApp(
    { headless: true, command: 'bench', bench: { request, output: { ...output, progress } } },
    restoreSignals,
  );
}

/**
 * @param {import("./options.mjs").LoadCommand} command
 * @param {() => void} restoreSignals
 */
async function load({ request, output }, restoreSignals) {
  // Before minutes of posting.
  prepareOutputs({ files: [output.json, output.html], folders: [output.csv], input: request.form.file });
  checkSurroundings({ profileDir: null, keepsProfile: false });
  const progress = process.stderr.isTTY === true ? 'terminal' : 'lines';
  return await startApp(
    { headless: true, command: 'load', load: { request, output: { ...output, progress } } },
    restoreSignals,
  );
}

/**
 * @param {Parameters<typeof launchPlan>[0]["options"]} options
 * @param {() => void} restoreSignals
 * @param {object} [how]
 * @param {import("./display.mjs").Display | null} [how.display]
 * @param {readonly string[]} [how.chromiumSwitches]
 * @param {boolean} [how.ownPlatform] whether these name the platform
 */
async function startApp(options, restoreSignals, { display = null, chromiumSwitches = [], ownPlatform = false } = {}) {
  const { runtime, addons } = await setUp();
  const { gatherSandboxFacts, judgeSandbox, sandboxAdvice } = await import('../system/sandbox.mjs');
  const sandboxFacts = await gatherSandboxFacts(runtime);
  const sandbox = judgeSandbox(sandboxFacts);
  switch (sandbox.status) {
    case 'on':
      break;
    case 'off-as-root':
      say("Running as root, so without Chromium's sandbox (--no-sandbox). Run as an ordinary user to have it.");
      break;
    case 'impossible': {
      const { message, nextStep } = sandboxAdvice(sandbox, runtime);
      throw new SetUpError(message, { nextStep });
    }
  }
  const memorySwitches = sharedMemorySwitches();
  if (memorySwitches.length > 0)
    say("/dev/shm can't be used or has too little room, so Chromium's shared memory lies in the temporary folder.");
  const { lifelineFd } = await import('./supervise.mjs');
  const { startAndFollow } = await import('./start.mjs');
  const plans = waysToStart(options.headless, display, ownPlatform).map((platformSwitches) =>
    launchPlan({
      root: projectRoot,
      options,
      runtime,
      addons,
      uid: sandboxFacts.uid,
      env: process.env,
      platform: process.platform,
      lifelineFd,
      switches: [...platformSwitches, ...memorySwitches, ...chromiumSwitches],
    }),
  );
  restoreSignals();
  return await startAndFollow(plans, process.cwd());
}

/**
 * `serve` and `ping`: no window, no sandbox to judge.
 *
 * @param {import("./options.mjs").PlainCommand} options
 * @param {() => void} restoreSignals
 */
async function plain(options, restoreSignals) {
  if ('out' in options) prepareOutputs({ files: [options.out] });
  const { runtime, addons } = await setUp();
  const { exitCodeOf, lifelineFd, superviseApp } = await import('./supervise.mjs');
  const { version } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8'));
  const plan = plainPlan({
    root: projectRoot,
    options: { ...options, version },
    runtime,
    addons,
    env: process.env,
    lifelineFd,
  });
  restoreSignals();
  return exitCodeOf(await superviseApp(plan, process.cwd()));
}

/**
 * `route`: on any machine with Node.js, so without Electron's runtime and the addons.
 *
 * @param {import("./options.mjs").RouteCommand} command
 * @param {() => void} restoreSignals
 */
async function route(command, restoreSignals) {
  const { setUpPrograms } = await import('../setup/run-set-up.mjs');
  await setUpPrograms({ root: projectRoot });
  const { runRoute } = await import('./run-route.mjs');
  restoreSignals();
  return await runRoute(projectRoot, command);
}

async function setUp() {
  const { runSetUp } = await import('../setup/run-set-up.mjs');
  return await runSetUp({ root: projectRoot });
}
