// @ts-check
/**
 * Message ports of Bulkhead beside a bare Electron loop with no Bulkhead code: same runtime, same bytes in a message,
 * same placement, same warm-up, in turns. Usage: node tests/bench/message-port.mjs [--rounds 5] [--cycles 10000]
 * [--warmup 1000] [--size 64] [--placement same-core,cross-core,free]
 *
 * Reports, decides nothing: the figures are of this machine and of what else it was doing.
 */
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { loadLaunchContext } from '../../scripts/launch/context.mjs';
import { runBare } from './bare.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    cycles: { type: 'string', default: '10000' },
    warmup: { type: 'string', default: '1000' },
    size: { type: 'string', default: '64' },
    placement: { type: 'string', default: 'same-core,cross-core,free' },
  },
});
const rounds = Number(values.rounds);
const cycles = Number(values.cycles);
const warmup = Number(values.warmup);
const size = Number(values.size);
const FRAME_HEADER_BYTES = 24;

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const { runtime } = loadLaunchContext(root);

console.log(
  `${rounds} rounds of ${cycles} cycles, ${size} B and ${FRAME_HEADER_BYTES} B of header, Electron ${runtime.version}`,
);
for (const placement of values.placement.split(',')) {
  /** @type {{ bulkhead: number[], bare: number[] }} */
  const medians = { bulkhead: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    const steps = [
      async () => medians.bulkhead.push(await bulkhead(placement)),
      async () => medians.bare.push(await bare(placement)),
    ];
    // Every other round backwards: neither always comes after the other.
    for (const step of round % 2 === 0 ? steps : steps.toReversed()) await step();
  }
  const [ours, theirs] = [middle(medians.bulkhead), middle(medians.bare)];
  console.log(
    `${placement}: message-port ${figures(medians.bulkhead)}, bare Electron ${figures(medians.bare)}, ratio ${(ours / theirs).toFixed(3)}`,
  );
}

/** The median of one run of the benchmark, µs. */
async function bulkhead(/** @type {string} */ placement) {
  const { stdout } = await run(
    join(root, 'bin/bulkhead'),
    [
      'bench',
      '--method',
      'message-port',
      '--size',
      String(size),
      '-n',
      String(cycles),
      '--warmup',
      String(warmup),
    ].concat(['--rounds', '1', '--placement', placement, '--no-floor', '--json', '-']),
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout).runs[0].rtt_ns.p50 / 1000;
}

/** The median of one run of the bare loop, µs. */
async function bare(/** @type {string} */ placement) {
  const last = availableParallelism() - 1;
  const cpus = {
    'same-core': { pinger: [last], answerer: [last] },
    'cross-core': { pinger: [last], answerer: [last - 1] },
  };
  /** @type {{ rttNs: number[] }} */
  const { rttNs } = await runBare(
    {
      bytes: size + FRAME_HEADER_BYTES,
      cycles,
      warmup,
      cpus: cpus[/** @type {keyof typeof cpus} */ (placement)] ?? null,
    },
    'rttNs',
  );
  return middle(rttNs) / 1000;
}

function middle(/** @type {number[]} */ numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return /** @type {number} */ (sorted[Math.ceil(sorted.length / 2) - 1]);
}

/** The middle of the rounds' medians, with their range. */
function figures(/** @type {number[]} */ medians) {
  return `${middle(medians).toFixed(1)} µs (${Math.min(...medians).toFixed(1)}–${Math.max(...medians).toFixed(1)})`;
}
