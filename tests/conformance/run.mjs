// @ts-check
// Runs the transport conformance suite on the real Electron runtime: browser process here, plugin and renderer there.
// `node tests/conformance/run.mjs [--report FILE]` prints a line for each case and exits with 1 when one failed.
import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { loadLaunchContext } from '../../scripts/launch/context.mjs';
import { launchPlan } from '../../scripts/launch/plan.mjs';
import { stderrFilter } from '../../scripts/launch/stderr-filter.mjs';
import { projectRoot } from '../../scripts/lib/paths.mjs';
import { killGroup } from '../../scripts/lib/run-command.mjs';
import { describeFailure } from '../../scripts/lib/set-up-error.mjs';
import { addUp } from '../../scripts/testing/totals.mjs';

const overallLimitMs = 10 * 60_000;
/** So many run at a time, each with a share of the pairings: they wait more than they work. */
const shares = 2;
/** Where main.ts finds its end of the wire: the first descriptor after the standard three. */
const wireFd = 3;
/** A socket path holds 107 bytes: a long TMPDIR leaves no room for the file's name. */
const longestTemporaryFolder = 40;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`The conformance suite did not run. ${describeFailure(error)}`);
  process.exitCode = 1;
}

async function main() {
  const { values } = parseArgs({ options: { report: { type: 'string' } } });
  const built = path.join(projectRoot, 'out', 'main', 'plugins', 'echo', 'index.js');
  if (!existsSync(built)) throw new Error(`The echo plugin is not built (${built} is missing). Run: npm run build`);
  const { runtime, addons } = loadLaunchContext(projectRoot);
  const bundle = await bundleSuite();
  const reports = await Promise.all(
    Array.from({ length: shares }, (_, index) => runShare({ index, count: shares }, bundle, runtime, addons)),
  );
  const report = addUp(reports);
  if (values.report !== undefined) await writeFile(values.report, JSON.stringify(report));
  console.log(`Conformance: ${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`);
  return report.failed > 0 || reports.some(({ passed }) => passed === 0) ? 1 : 0;
}

/**
 * @param {import("./runner").Share} share
 * @param {string} bundle
 * @param {Parameters<typeof launchPlan>[0]["runtime"]} runtime
 * @param {Parameters<typeof launchPlan>[0]["addons"]} addons
 */
async function runShare(share, bundle, runtime, addons) {
  const base =
    Buffer.byteLength(tmpdir()) <= longestTemporaryFolder || process.platform === 'win32' ? tmpdir() : '/tmp';
  const folder = await mkdtemp(path.join(base, 'bulkhead-conf-'));
  // The last of the children may still be letting go of its profile.
  const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.on('exit', removeFolder);
  try {
    await chmod(folder, 0o700);
    const plan = launchPlan({
      root: bundle,
      // The suite reads no options; headless is what decides the switches.
      options: /** @type {any} */ ({ headless: true }),
      runtime,
      addons,
      uid: process.getuid?.() ?? null,
      env: {
        ...process.env,
        BULKHEAD_CONFORMANCE: JSON.stringify({ folder, share, out: path.join(projectRoot, 'out'), wireFd }),
      },
      platform: process.platform,
    });
    return await runSuite(plan);
  } finally {
    removeFolder();
  }
}

/** @returns {Promise<string>} the folder that Electron is started on */
async function bundleSuite() {
  const outDir = path.join(projectRoot, '.cache', 'conformance');
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      minify: false,
      rollupOptions: {
        input: {
          main: path.join(projectRoot, 'tests', 'conformance', 'main.ts'),
          child: path.join(projectRoot, 'tests', 'conformance', 'child-main.ts'),
        },
        external: ['electron'],
        // hdr-histogram-js hides an optional require('zlib') in an eval; no histogram is ever encoded here.
        checks: { eval: false },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
    ssr: { noExternal: true },
  });
  await mkdir(outDir, { recursive: true });
  await writeFile(
    path.join(outDir, 'package.json'),
    JSON.stringify({ name: 'bulkhead-conformance', type: 'module', main: 'main.js' }),
  );
  return outDir;
}

/**
 * @param {import("../../scripts/launch/plan.mjs").LaunchPlan} plan
 * @returns {Promise<import("../../scripts/testing/totals.mjs").StepResult>}
 */
async function runSuite(plan) {
  /** @type {import("../../scripts/testing/totals.mjs").StepResult} */
  const report = { passed: 0, failed: 0, skipped: 0, skips: [] };
  /** @type {string | null} */
  let running = null;
  let finished = false;
  let timedOut = false;
  const fail = (/** @type {string} */ name, /** @type {string} */ reason) => {
    report.failed += 1;
    console.log(`not ok  ${name}\n        ${reason.replaceAll('\n', '\n        ')}`);
  };
  /** @param {import("./wire").WireMessage} message */
  const take = (message) => {
    switch (message.kind) {
      case 'begin':
        running = message.name;
        break;
      case 'passed':
        running = null;
        report.passed += 1;
        console.log(`ok      ${message.name}`);
        break;
      case 'failed':
        running = null;
        fail(message.name, message.reason);
        break;
      case 'skipped':
        report.skipped += 1;
        report.skips.push({ name: message.name, reason: message.reason });
        console.log(`skip    ${message.name}: ${message.reason}`);
        break;
      case 'finished':
        finished = true;
        break;
    }
  };

  const child = spawn(plan.executable, plan.args, {
    env: plan.env,
    cwd: projectRoot,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
  });
  const group = child.pid;
  const endGroup = () => {
    if (group !== undefined) killGroup(group, 'SIGKILL');
  };
  // Before the folder is removed.
  process.prependListener('exit', endGroup);
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]))
    process.once(signal, () => process.exit(code));
  const timer = setTimeout(() => {
    timedOut = true;
    endGroup();
  }, overallLimitMs);

  child.stderr?.pipe(stderrFilter()).pipe(process.stderr, { end: false });
  const wire = /** @type {import("node:net").Socket} */ (child.stdio[wireFd]);
  wire.on('error', () => {});
  const lines = createInterface({ input: wire });
  lines.on('line', (line) => take(JSON.parse(line)));
  const told = new Promise((resolve) => lines.once('close', resolve));
  /** @type {string} */
  const end = await new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`),
    );
  });
  // The reader is done when every holder of the wire is; children of a killed browser process may be late.
  endGroup();
  await told;
  clearTimeout(timer);
  process.removeListener('exit', endGroup);
  if (!finished)
    fail(
      running ?? 'the suite as a whole',
      timedOut ? `it was not done within ${overallLimitMs / 60_000} minutes` : `the browser process ${end}`,
    );
  return report;
}
