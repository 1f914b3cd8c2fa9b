// @ts-check
/**
 * How smooth the live view is and what it costs, while many channels are measured. Two questions, by `--ask`:
 *
 * `frames` (the default): frame times of the shell, and CPU of the browser process and of the shell's renderer.
 *   node tests/bench/live-view.mjs [--channels 12] [--rate 100] [--seconds 20] [--mix sites]
 *   Of so many channels nine are those of a fresh start; the others are more sites with a message port each (`sites`),
 *   or the other transports of the two plugins (`transports`).
 * `cost`: what one more ping costs at 1 to 64 channels, in one run and with the same processes throughout. All channels
 *   are message ports to renderers. From the CPU time with n channels that with none is taken away (heartbeats, the
 *   feed, an empty chart), and the rest shared among the pings.
 *   node tests/bench/live-view.mjs --ask cost [--channels 1,4,16,32,64] [--rate 100] [--seconds 5] [--rounds 2]
 *
 * Reports, decides nothing: the figures are of this machine and of what else it was doing.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { _electron } from 'playwright-core';
import { loadLaunchContext } from '../../scripts/launch/context.mjs';
import { launchPlan } from '../../scripts/launch/plan.mjs';

const { values } = parseArgs({
  options: {
    ask: { type: 'string', default: 'frames' },
    channels: { type: 'string' },
    rate: { type: 'string', default: '100' },
    seconds: { type: 'string' },
    rounds: { type: 'string', default: '2' },
    mix: { type: 'string', default: 'sites' },
  },
});
const rate = Number(values.rate);
/** A fresh start has three renderers with a channel each, and two plugins with three each. */
const FRESH_CHANNELS = 9;
const FRESH_SITES = 3;
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
  const pids = await app.evaluate(({ BrowserWindow }) => ({
    browser: process.pid,
    shell: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  }));
  console.log(
    `${rate} pings/s each, Electron ${runtime.version}, ${headless ? 'headless' : 'with a display'}, load before ${loadavg()[0]?.toFixed(1)}`,
  );
  if (values.ask === 'cost') await askCost(shell, pids);
  else await askFrames(shell, pids);
} finally {
  await app.close();
  rmSync(home, { recursive: true, force: true });
}

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ browser: number, shell: number }} Pids */

async function askFrames(/** @type {Page} */ shell, /** @type {Pids} */ pids) {
  const channels = Number(values.channels ?? 12);
  const seconds = Number(values.seconds ?? 20);
  if (values.mix === 'transports') {
    const others = await idsOf(shell, 'paused');
    if (others.length < channels - FRESH_CHANNELS)
      throw new Error(`There are only ${FRESH_CHANNELS + others.length} channels here without more sites.`);
    for (const id of others.slice(0, channels - FRESH_CHANNELS)) await enable(shell, id, true);
  } else {
    await openSites(shell, channels - FRESH_CHANNELS);
  }
  await untilMeasuring(shell, channels);
  // Let the window fill before it is watched: an empty chart is cheap.
  await shell.waitForTimeout(10_000);
  const before = usage(pids);
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
  const spent = since(before, pids);
  const sorted = /** @type {number[]} */ (frames).toSorted((a, b) => a - b);
  const at = (/** @type {number} */ percent) =>
    /** @type {number} */ (sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]).toFixed(1);
  console.log(
    `${channels} channels (${values.mix}), ${seconds} s: frame time of the shell p50 ${at(50)} ms, p95 ${at(95)} ms, p99 ${at(99)} ms, max ${at(100)} ms (${sorted.length} frames)`,
  );
  console.log(
    `CPU, percent of one core: browser process ${(spent.browser * 100).toFixed(1)} %, shell renderer ${(spent.shell * 100).toFixed(1)} %`,
  );
}

async function askCost(/** @type {Page} */ shell, /** @type {Pids} */ pids) {
  const counts = (values.channels ?? '1,4,16,32,64').split(',').map(Number);
  const seconds = Number(values.seconds ?? 5);
  await openSites(shell, Math.max(...counts) - FRESH_SITES);
  await untilMeasuring(shell, Math.max(...counts) + FRESH_CHANNELS - FRESH_SITES);
  for (const id of await idsOf(shell, 'measuring')) await enable(shell, id, false);
  const sites = (await idsOf(shell, 'paused')).filter((id) => id.startsWith('site:'));
  /** @type {Map<number, { browser: number, shell: number }[]>} */
  const found = new Map();
  const turns = [0, ...counts];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const count of round % 2 === 0 ? turns : turns.toReversed()) {
      for (const [i, id] of sites.entries()) await enable(shell, id, i < count);
      await untilMeasuring(shell, count);
      await shell.waitForTimeout(2000);
      const before = usage(pids);
      await shell.waitForTimeout(seconds * 1000);
      found.set(count, [...(found.get(count) ?? []), since(before, pids)]);
    }
  }
  const mean = (/** @type {number} */ count, /** @type {'browser' | 'shell'} */ name) => {
    const all = found.get(count) ?? [];
    return all.reduce((sum, each) => sum + each[name], 0) / all.length;
  };
  console.log(
    `${sites.length} sites open. With no channel switched on: browser process ${percent(mean(0, 'browser'))}, shell ${percent(mean(0, 'shell'))}`,
  );
  for (const count of counts) {
    const each = /** @type {const} */ (['browser', 'shell']).map((name) => {
      const perPing = ((mean(count, name) - mean(0, name)) / (count * rate)) * 1e6;
      return `${name} ${percent(mean(count, name))} (rounds ${(found.get(count) ?? []).map((one) => percent(one[name])).join(', ')}), ${perPing.toFixed(1)} µs per ping`;
    });
    console.log(`${String(count).padStart(2)} channels: ${each.join('; ')}`);
  }
}

async function openSites(/** @type {Page} */ shell, /** @type {number} */ count) {
  for (let i = 0; i < count; i += 1) {
    await shell.evaluate(
      (url) => /** @type {any} */ (globalThis).bulkhead.request('tab:open', url),
      `bulkhead://extra-${i}.test`,
    );
  }
}

function enable(/** @type {Page} */ shell, /** @type {string} */ id, /** @type {boolean} */ on) {
  return shell.evaluate(
    ([channel, enabled]) => /** @type {any} */ (globalThis).bulkhead.request('channel:enable', channel, enabled),
    /** @type {const} */ ([id, on]),
  );
}

function idsOf(/** @type {Page} */ shell, /** @type {string} */ status) {
  return shell.evaluate(
    (wanted) =>
      Array.from(document.querySelectorAll(`[data-testid^="channel-"][data-status="${wanted}"]`)).map((row) =>
        (row.getAttribute('data-testid') ?? '').slice('channel-'.length),
      ),
    status,
  );
}

async function untilMeasuring(/** @type {Page} */ shell, /** @type {number} */ count) {
  await shell.waitForFunction(
    (wanted) => document.querySelectorAll('[data-testid^="channel-"][data-status="measuring"]').length === wanted,
    count,
    { timeout: 120_000 },
  );
}

function usage(/** @type {Pids} */ pids) {
  return { at: performance.now(), browser: cpuSeconds(pids.browser), shell: cpuSeconds(pids.shell) };
}

/** Share of one core since then. */
function since(/** @type {ReturnType<typeof usage>} */ before, /** @type {Pids} */ pids) {
  const now = usage(pids);
  const elapsed = (now.at - before.at) / 1000;
  return { browser: (now.browser - before.browser) / elapsed, shell: (now.shell - before.shell) / elapsed };
}

function percent(/** @type {number} */ share) {
  return `${(share * 100).toFixed(1)} %`;
}

/** User and system time of a process, seconds (fields 14 and 15 of /proc/PID/stat). */
function cpuSeconds(/** @type {number} */ pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
}
