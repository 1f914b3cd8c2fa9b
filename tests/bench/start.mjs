// @ts-check
/**
 * How long the app takes from its start to the first round trip that is drawn, beside a bare Electron window that says
 * hello: both without a launcher, in turns, each with a profile of its own that has been used once before.
 * Usage: node tests/bench/start.mjs [--rounds 8] [--marks]
 *
 * Reports, decides nothing: the figures are of this machine and of what else it was doing.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { loadLaunchContext } from '../../scripts/launch/context.mjs';
import { launchPlan } from '../../scripts/launch/plan.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '8' }, marks: { type: 'boolean' } } });
const root = resolve(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'bhstart-'));
const { runtime, addons } = loadLaunchContext(root);
const headless = process.env['DISPLAY'] === undefined;
const uid = process.getuid?.() ?? null;
const FIRST_MARK = 'first-round-trip-drawn';

const plans = {
  bare: launchPlan({
    root: join(import.meta.dirname, 'bare-electron'),
    options: /** @type {any} */ ({ headless }),
    ...{ runtime, addons, uid },
    env: { ...process.env, BARE_OPTIONS: JSON.stringify({ hello: { frame: !headless } }) },
  }),
  app: launchPlan({
    root,
    options: {
      ...{ headless, durationS: null, exportDir: null, rate: null, payloadBytes: null },
      profileDir: join(home, 'app'),
    },
    ...{ runtime, addons, uid, env: process.env },
  }),
};

/** Milliseconds from the start of the process to what `name` stands for. */
async function start(/** @type {'bare' | 'app'} */ name) {
  const plan = plans[name];
  const began = Date.now();
  const child = spawn(
    plan.executable,
    ['--remote-debugging-port=0', `--user-data-dir=${join(home, name)}`, ...plan.args],
    { env: plan.env, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise((done) => child.once('exit', done));
  /** @type {string} */
  const endpoint = await new Promise((found, failed) => {
    child.once('exit', () => failed(new Error(`${name} ended early.`)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      const url = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (url !== undefined) found(url);
    });
  });
  // Whoever looks in on it takes its time: that it is long over when somebody looks.
  await new Promise((done) => setTimeout(done, 4000));
  const browser = await chromium.connectOverCDP(endpoint);
  try {
    const pages = browser.contexts().flatMap((context) => context.pages());
    for (const page of pages) {
      const marks = await page.evaluate((mark) => {
        const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
        const last = performance.getEntriesByName(mark)[0]?.startTime;
        return { url: location.href, origin: performance.timeOrigin, paint, last };
      }, FIRST_MARK);
      const at = name === 'bare' ? marks.paint : marks.last;
      if (at === undefined || (name === 'app' && !marks.url.startsWith('bulkhead-shell:'))) continue;
      if (values.marks)
        console.log(
          `${name}: page ${(marks.origin - began).toFixed(0)} ms, painted ${(marks.origin + (marks.paint ?? NaN) - began).toFixed(0)} ms`,
        );
      return marks.origin + at - began;
    }
    throw new Error(`${name} has drawn nothing within 4 s.`);
  } finally {
    await browser.close();
    child.kill('SIGTERM');
    await ended;
  }
}

try {
  console.log(
    `Electron ${runtime.version}, ${headless ? 'headless' : 'with a display'}, load before ${loadavg()[0]?.toFixed(1)}`,
  );
  for (const name of /** @type {const} */ (['bare', 'app'])) await start(name);
  /** @type {number[]} */
  const ratios = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const bare = await start('bare');
    const app = await start('app');
    ratios.push(app / bare);
    console.log(`hello ${bare.toFixed(0)} ms, first round trip drawn ${app.toFixed(0)} ms: ${(app / bare).toFixed(2)}`);
  }
  ratios.sort((a, b) => a - b);
  console.log(
    `ratio: best ${ratios[0]?.toFixed(2)}, middle ${ratios[ratios.length >> 1]?.toFixed(2)}, worst ${ratios.at(-1)?.toFixed(2)}`,
  );
} finally {
  rmSync(home, { recursive: true, force: true });
}
