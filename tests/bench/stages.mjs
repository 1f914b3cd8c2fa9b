// @ts-check
/**
 * What it costs to measure stages: the same benchmark with `--anatomy` and without, in turns.
 * Usage: node tests/bench/stages.mjs [--rounds 6] [--method fifo,message-port] [--rate 20,1000,0] [--seconds 5]
 * [--placement same-core]
 * A rate of 0 is a closed loop of 20,000 cycles.
 *
 * Reports, decides nothing: the figures are of this machine and of what else it was doing.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    method: { type: 'string', default: 'fifo,message-port' },
    rate: { type: 'string', default: '20,1000,0' },
    seconds: { type: 'string', default: '5' },
    placement: { type: 'string', default: 'free' },
  },
});
const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'bhstages-'));
const run = promisify(execFile);

/** The median in µs. */
async function p50(/** @type {string} */ method, /** @type {number} */ rate, /** @type {boolean} */ stages) {
  const json = join(folder, 'out.json');
  const pace = rate > 0 ? ['--rate', String(rate), '--duration', values.seconds] : ['--cycles', '20000'];
  await run(join(root, 'bin/bulkhead'), [
    ...['bench', '--method', method, '--size', '64', '--rounds', '1', '--json', json, '--no-floor', ...pace],
    ...['--placement', values.placement],
    ...(stages ? ['--anatomy'] : []),
  ]);
  const { runs } = JSON.parse(readFileSync(json, 'utf8'));
  // From the actual send: how late a ping goes out has nothing to do with stages.
  const { rtt_ns: corrected, detail } = runs[0];
  return (detail.uncorrected_rtt_ns ?? corrected).p50 / 1000;
}

const middle = (/** @type {number[]} */ all) => /** @type {number} */ (all.toSorted((a, b) => a - b)[all.length >> 1]);

try {
  console.log(`64 B, load before ${loadavg()[0]?.toFixed(1)}; medians in µs, without and with stages`);
  for (const method of values.method.split(','))
    for (const rate of values.rate.split(',').map(Number)) {
      /** @type {[number[], number[]]} */
      const [off, on] = [[], []];
      for (let round = 0; round < Number(values.rounds); round += 1) {
        const order = round % 2 === 0 ? [false, true] : [true, false];
        for (const stages of order) (stages ? on : off).push(await p50(method, rate, stages));
      }
      const ratios = on.map((each, i) => each / /** @type {number} */ (off[i])).toSorted((a, b) => a - b);
      console.log(
        `${method}, ${rate === 0 ? 'closed loop' : `${rate}/s`}: ${middle(off).toFixed(1)} → ${middle(on).toFixed(1)}; ratio best ${ratios[0]?.toFixed(3)}, middle ${middle(ratios).toFixed(3)}, worst ${ratios.at(-1)?.toFixed(3)}; without, from ${Math.min(...off).toFixed(1)} to ${Math.max(...off).toFixed(1)}`,
      );
    }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
