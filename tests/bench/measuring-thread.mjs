// @ts-check
/**
 * What the measuring thread buys. Two questions, by `--ask`:
 *
 * `latency` (the default): round trips of live channels over kernel transports at a fresh start, in turns with a bare
 *   Electron application that pings over the same transport and does nothing else, and with the live floor.
 *   node tests/bench/measuring-thread.mjs [--transports fifo,unix-stream] [--rate 20] [--seconds 30] [--rounds 3]
 * `cpu`: what the browser process's threads take while so many channels over kernel transports are measured.
 *   node tests/bench/measuring-thread.mjs --ask cpu [--channels 32] [--rate 100] [--seconds 20] [--rounds 3]
 *
 * Reports, decides nothing: the figures are of this machine and of what else it was doing.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadLaunchContext } from '../../scripts/launch/context.mjs';
import { launchPlan } from '../../scripts/launch/plan.mjs';
import { runBare } from './bare.mjs';

const { values } = parseArgs({
  options: {
    ask: { type: 'string', default: 'latency' },
    transports: { type: 'string', default: 'fifo,unix-stream' },
    channels: { type: 'string', default: '32' },
    rate: { type: 'string' },
    seconds: { type: 'string' },
    rounds: { type: 'string', default: '3' },
  },
});
const rounds = Number(values.rounds);
const FRAME_HEADER_BYTES = 24;
const PAYLOAD_BYTES = 64;
/** Starting costs more than measuring: left out. */
const SETTLE_S = 5;
const START_LIMIT_S = 120;
const CLOCK_TICKS_PER_SECOND = 100;
/** What a fresh start measures from threads that can't be elsewhere. */
const MAIN_THREAD = [
  ...['alpha', 'beta', 'gamma'].map((name) => `site:bulkhead://${name}.test/message-port`),
  ...['echo', 'digest'].flatMap((name) => [`plugin:${name}/message-port`, `plugin:${name}/unix-dgram`]),
];
/** Over the kernel, and to be had everywhere on Linux. */
const KERNEL = ['fifo', 'unix-stream', 'unix-dgram-native', 'tcp', 'udp', 'shmem-futex', 'file', 'tcp-delay'];

const root = resolve(import.meta.dirname, '../..');
const { runtime, addons } = loadLaunchContext(root);
const home = mkdtempSync(join(tmpdir(), 'bhthread-'));
try {
  console.log(`Electron ${runtime.version}, load before ${loadavg()[0]?.toFixed(1)}`);
  await (values.ask === 'cpu' ? askCpu() : askLatency());
} finally {
  rmSync(home, { recursive: true, force: true });
}

async function askLatency() {
  const rate = Number(values.rate ?? 20);
  const seconds = Number(values.seconds ?? 30);
  const transports = values.transports.split(',');
  const switches = Object.fromEntries(transports.map((transport) => [`plugin:echo/${transport}`, true]));
  /** @type {Map<string, Array<{ live: Figures, bare: Figures, floor: Figures | null }>>} */
  const found = new Map(transports.map((transport) => [transport, []]));
  for (let round = 0; round < rounds; round += 1) {
    const live = () => measureLive(root, switches, rate, seconds, async () => undefined);
    const bare = async () => {
      /** @type {Record<string, Figures>} */
      const all = {};
      for (const transport of transports) all[transport] = await measureBare(transport, rate, seconds);
      return all;
    };
    // Every other round backwards: neither always comes after the other.
    const early = round % 2 === 0 ? await live() : null;
    const theirs = await bare();
    const { recording } = early ?? (await live());
    for (const transport of transports) {
      const ours = samplesOf(recording, `plugin:echo/${transport}`, seconds);
      const floor = recording.floors.find((/** @type {any} */ each) => each.transport === transport);
      found.get(transport)?.push({
        live: figuresOf(ours),
        bare: /** @type {Figures} */ (theirs[transport]),
        floor: floor === undefined ? null : { p50: floor.p50 / 1000, p99: floor.p99 / 1000, count: floor.count },
      });
    }
  }
  console.log(`${rate} pings/s, ${PAYLOAD_BYTES} B, ${seconds} s, ${rounds} rounds; p50 / p99, µs`);
  for (const [transport, each] of found) {
    each.forEach(({ live, bare, floor }, i) =>
      console.log(
        `${transport}, round ${i + 1}: live ${text(live)}, bare Electron ${text(bare)}, live floor ${text(floor)}`,
      ),
    );
    const middle = (/** @type {(one: (typeof each)[number]) => number} */ of) => middleOf(each.map(of));
    const best = each.filter(({ floor }) => floor !== null);
    console.log(
      `${transport}: live p50 ÷ floor p50 ${best.length === 0 ? '–' : middleOf(best.map(({ live, floor }) => live.p50 / /** @type {Figures} */ (floor).p50)).toFixed(2)}, live p50 ÷ bare p50 ${middle(({ live, bare }) => live.p50 / bare.p50).toFixed(2)}, live p99 ÷ bare p99 ${middle(({ live, bare }) => live.p99 / bare.p99).toFixed(2)} (middle of the rounds' ratios)`,
    );
  }
}

async function askCpu() {
  const rate = Number(values.rate ?? 100);
  const seconds = Number(values.seconds ?? 20);
  const channels = Number(values.channels);
  const plugins = Math.ceil(channels / KERNEL.length);
  const stage = stageWith(plugins);
  const ids = ['echo', ...Array.from({ length: plugins - 1 }, (_, i) => `echo${i + 2}`)].flatMap((name) =>
    KERNEL.map((transport) => `plugin:${name}/${transport}`),
  );
  const on = ids.slice(0, channels);
  const switches = Object.fromEntries([
    ...MAIN_THREAD.map((id) => [id, false]),
    ...['message-port', 'unix-dgram', 'fifo'].flatMap((transport) =>
      ['digest', ...Array.from({ length: plugins - 1 }, (_, i) => `echo${i + 2}`)].map((name) => [
        `plugin:${name}/${transport}`,
        false,
      ]),
    ),
    ...on.map((id) => [id, true]),
  ]);
  for (let round = 0; round < rounds; round += 1) {
    const { recording, measured } = await measureLive(stage, switches, rate, seconds, async (pid) => {
      const before = threadsOf(pid);
      const began = performance.now();
      await delay(seconds * 1000);
      const elapsedS = (performance.now() - began) / 1000;
      return [...threadsOf(pid)]
        .map(([tid, { name, cpuS }]) => ({
          name: tid === pid ? 'main' : name,
          share: (cpuS - (before.get(tid)?.cpuS ?? 0)) / elapsedS,
        }))
        .toSorted((a, b) => b.share - a.share);
    });
    const answered = on.map((id) => samplesOf(recording, id, seconds).length / seconds);
    const main = measured.find(({ name }) => name === 'main');
    const rest = measured.filter(({ name }) => name !== 'main').slice(0, 4);
    console.log(
      `round ${round + 1}: ${on.length} channels, ${answered.reduce((sum, each) => sum + each, 0).toFixed(0)} pings/s answered. Main thread ${percent(main?.share ?? Number.NaN)} of one core; busiest others ${rest.map(({ name, share }) => `${name} ${percent(share)}`).join(', ')}`,
    );
  }
}

/**
 * @typedef {{ p50: number, p99: number, count: number }} Figures
 */

/**
 * Runs the app on `checkout` without a window for the settling time and `seconds` more.
 *
 * @template T
 * @param {string} checkout
 * @param {Record<string, boolean>} channels
 * @param {number} rate
 * @param {number} seconds
 * @param {(pid: number) => Promise<T>} meanwhile from the end of the settling time on
 */
async function measureLive(checkout, channels, rate, seconds, meanwhile) {
  const folder = mkdtempSync(join(home, 'run-'));
  mkdirSync(join(folder, 'profile'));
  writeFileSync(join(folder, 'profile', 'settings.json'), JSON.stringify({ version: 1, channels }));
  const plan = launchPlan({
    root: checkout,
    options: /** @type {any} */ ({
      ...{ command: 'run', headless: true, durationS: null, rate, payloadBytes: PAYLOAD_BYTES },
      ...{ exportDir: join(folder, 'exports'), profileDir: join(folder, 'profile') },
    }),
    runtime,
    addons,
    uid: process.getuid?.() ?? null,
    env: process.env,
  });
  const child = spawn(plan.executable, plan.args, { env: plan.env, stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  const wanted = Object.values(channels).filter(Boolean).length;
  let table = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (table = (table + text).slice(-20_000)));
  // Rows of the newest tables whose channel was answered; `answered`, `lost` and `skipped` are their last figures.
  const measuring = () =>
    new Set(table.match(/^\S+ +\d+ +.+(?= [1-9][\d,]* +[\d,]+ +[\d,]+$)/gm)?.map((row) => row.slice(0, 40)));
  for (let waitedS = 0; measuring().size < wanted; waitedS += 1) {
    if (waitedS === START_LIMIT_S) {
      child.kill('SIGKILL');
      throw new Error(`Only ${measuring().size} of ${wanted} channels measure.`);
    }
    await delay(1000);
  }
  await delay(SETTLE_S * 1000);
  const began = performance.now();
  const measured = await meanwhile(/** @type {number} */ (child.pid));
  await delay(Math.max(0, seconds * 1000 - (performance.now() - began)));
  child.kill('SIGTERM');
  await exited;
  const file = readdirSync(join(folder, 'exports')).find((name) => name.endsWith('.json'));
  return { recording: JSON.parse(readFileSync(join(folder, 'exports', file ?? ''), 'utf8')), measured };
}

/** Round trips of a channel in the last `seconds`, µs. */
function samplesOf(/** @type {any} */ recording, /** @type {string} */ id, /** @type {number} */ seconds) {
  const { samples } = recording.channels.find((/** @type {any} */ channel) => channel.id === id) ?? {};
  if (samples === undefined) throw new Error(`${id} was not measured.`);
  return /** @type {Array<number | null>} */ (samples.rttNs).flatMap((rttNs, i) =>
    rttNs === null || samples.intendedNs[i] < recording.endedAtNs - seconds * 1e9 ? [] : [rttNs / 1000],
  );
}

/** @returns {Promise<Figures>} */
async function measureBare(
  /** @type {string} */ transport,
  /** @type {number} */ perSecond,
  /** @type {number} */ seconds,
) {
  const paced = { transport, perSecond, seconds, bytes: PAYLOAD_BYTES + FRAME_HEADER_BYTES };
  const { rttNs } = await runBare({ paced }, 'rttNs');
  return figuresOf(rttNs.map((/** @type {number} */ ns) => ns / 1000));
}

/** A checkout with the built app, and the echo plugin so many times. */
function stageWith(/** @type {number} */ plugins) {
  const stage = join(home, 'stage');
  for (const part of ['package.json', 'out', 'resources'])
    cpSync(join(root, part), join(stage, part), { recursive: true });
  const folder = join(stage, 'out/main/plugins');
  for (let i = 2; i <= plugins; i += 1) cpSync(join(folder, 'echo'), join(folder, `echo${i}`), { recursive: true });
  return stage;
}

/** Name and CPU seconds of each thread (fields 14 and 15 of its stat). */
function threadsOf(/** @type {number} */ pid) {
  return new Map(
    readdirSync(`/proc/${pid}/task`).flatMap((tid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/task/${tid}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const cpuS = (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
        return [[Number(tid), { name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), cpuS }]];
      } catch {
        return [];
      }
    }),
  );
}

/** @returns {Figures} */
function figuresOf(/** @type {number[]} */ micros) {
  const sorted = micros.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ percentile) =>
    /** @type {number} */ (sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)]);
  return { p50: at(50), p99: at(99), count: sorted.length };
}

function text(/** @type {Figures | null} */ figures) {
  return figures === null || figures.count === 0
    ? 'nothing'
    : `${figures.p50.toFixed(0)} / ${figures.p99.toFixed(0)} (${figures.count})`;
}

function middleOf(/** @type {number[]} */ numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return /** @type {number} */ (sorted[Math.ceil(sorted.length / 2) - 1]);
}

function percent(/** @type {number} */ share) {
  return `${(share * 100).toFixed(1)} %`;
}
