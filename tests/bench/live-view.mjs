// @ts-check
/**
 * How smooth the live view is and what it costs: frame times of the shell and CPU of the browser process while many
 * channels are measured. Usage: node tests/bench/live-view.mjs [--channels 12] [--rate 100] [--seconds 20]
 *
 * Reports, decides nothing: the figures are of this machine and of what else it was doing.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { _electron } from 'playwright-core';
import { loadLaunchContext } from '../../scripts/launch/context.mjs';
import { launchPlan } from '../../scripts/launch/plan.mjs';

const { values } = parseArgs({
  options: {
    channels: { type: 'string', default: '12' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
  },
});
const channels = Number(values.channels);
const rate = Number(values.rate);
const seconds = Number(values.seconds);
/** A fresh start has three renderers with a channel each, and two plugins with three each. */
const FRESH_CHANNELS = 9;
const CLOCK_TICKS_PER_SECOND = 100;

const root = resolve(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'bhlive-'));
const { runtime, addons } = loadLaunchContext(root);
const headless = process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined;
const plan = launchPlan({
  root,
  options: { headless, durationS: null, exportDir: null, rate, payloadBytes: null, profileDir: join(home, 'profile') },
  runtime,
  addons,
  uid: process.getuid?.() ?? null,
  env: process.env,
});
const app = await _electron.launch({
  executablePath: plan.executable,
  args: plan.args,
  env: /** @type {Record<string, string>} */ (plan.env),
  chromiumSandbox: true,
});
try {
  const shell = await app.firstWindow();
  await shell.getByTestId('chart').waitFor();
  for (let i = FRESH_CHANNELS; i < channels; i += 1) {
    await shell.evaluate(
      (url) => /** @type {any} */ (globalThis).bulkhead.request('tab:open', url),
      `bulkhead://extra-${i}.test`,
    );
  }
  await shell.waitForFunction(
    (count) => document.querySelectorAll('[data-testid^="channel-"][data-status="measuring"]').length === count,
    channels,
    { timeout: 60_000 },
  );
  // Let the window fill before it is watched: an empty chart is cheap.
  await shell.waitForTimeout(10_000);
  const pids = await app.evaluate(({ BrowserWindow }) => ({
    browser: process.pid,
    shell: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  }));
  const before = { at: performance.now(), browser: cpuSeconds(pids.browser), shell: cpuSeconds(pids.shell) };
  const frames = await shell.evaluate(
    (durationMs) =>
      new Promise((done) => {
        /** @type {number[]} */
        const times = [];
        let last = performance.now();
        const end = last + durationMs;
        const step = (/** @type {number} */ now) => {
          times.push(now - last);
          last = now;
          if (now < end) requestAnimationFrame(step);
          else done(times.slice(1));
        };
        requestAnimationFrame(step);
      }),
    seconds * 1000,
  );
  const elapsed = (performance.now() - before.at) / 1000;
  const sorted = /** @type {number[]} */ (frames).toSorted((a, b) => a - b);
  const at = (/** @type {number} */ percent) =>
    /** @type {number} */ (sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]).toFixed(1);
  const percent = (/** @type {'browser' | 'shell'} */ name) =>
    (((cpuSeconds(pids[name]) - before[name]) / elapsed) * 100).toFixed(0);
  console.log(
    `${channels} channels, ${rate} pings/s each, ${seconds} s, Electron ${runtime.version}, ${headless ? 'headless' : 'with a display'}`,
  );
  console.log(
    `frame time of the shell: p50 ${at(50)} ms, p95 ${at(95)} ms, p99 ${at(99)} ms, max ${at(100)} ms (${sorted.length} frames)`,
  );
  console.log(
    `CPU, percent of one core: browser process ${percent('browser')} %, shell renderer ${percent('shell')} %`,
  );
} finally {
  await app.close();
  rmSync(home, { recursive: true, force: true });
}

/** User and system time of a process, seconds (fields 14 and 15 of /proc/PID/stat). */
function cpuSeconds(/** @type {number} */ pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
}
