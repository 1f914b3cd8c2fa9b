// @ts-check
import { ArgumentError, readArguments, readList, readNumber, readOutputs, readSize } from './arguments.mjs';
import { parseThreshold } from './thresholds.mjs';

const maxSizeBytes = 1024 * 1024;
const maxCycles = 5_000_000;

const placements = ['free', 'same-core', 'cross-core'];
const dataPaths = ['native', 'node'];
const threads = ['main', 'worker'];

/** The shapes are those of `src/shared/bench/request.ts`, which checks them again. */
const numbers = Object.freeze({
  cycles: { integer: true, least: 1, most: maxCycles, wanted: `a whole number from 1 to ${maxCycles}` },
  rate: { integer: true, least: 1, most: 10_000, wanted: 'a whole number from 1 to 10000' },
  duration: { integer: false, least: 0.1, most: 86_400, wanted: 'a number of seconds from 0.1 to 86400' },
  rounds: { integer: true, least: 1, most: 100, wanted: 'a whole number from 1 to 100' },
  warmup: { integer: true, least: 0, most: maxCycles, wanted: `a whole number from 0 to ${maxCycles}` },
  timeout: { integer: true, least: 10, most: 60_000, wanted: 'a whole number of milliseconds from 10 to 60000' },
});

/**
 * Reads the arguments after `bench`. Pure. Whether there are such methods and routes the engine knows.
 *
 * @param {readonly string[]} argv
 * @param {string} cwd that relative paths start from
 * @throws {ArgumentError}
 */
export function parseBench(argv, cwd) {
  const { values, positionals } = readArguments(argv, {
    method: { type: 'string', multiple: true },
    route: { type: 'string', multiple: true },
    size: { type: 'string', multiple: true },
    cycles: { type: 'string', short: 'n' },
    rate: { type: 'string' },
    duration: { type: 'string' },
    rounds: { type: 'string' },
    warmup: { type: 'string' },
    placement: { type: 'string' },
    io: { type: 'string' },
    thread: { type: 'string' },
    timeout: { type: 'string' },
    anatomy: { type: 'boolean' },
    'no-floor': { type: 'boolean' },
    json: { type: 'string' },
    csv: { type: 'string' },
    hgrm: { type: 'string' },
    html: { type: 'string' },
    trace: { type: 'string' },
    threshold: { type: 'string', multiple: true },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) return /** @type {const} */ ({ command: 'help', about: 'bench' });
  if (positionals.length > 0) throw new ArgumentError(`"${positionals.join(' ')}" is not expected after "bench".`);
  const placement = values.placement ?? 'free';
  if (!placements.includes(placement)) {
    throw new ArgumentError(`--placement must be ${placements.join(', ')}, not "${placement}".`);
  }
  const io = values.io ?? 'native';
  if (!dataPaths.includes(io)) throw new ArgumentError(`--io must be ${dataPaths.join(' or ')}, not "${io}".`);
  const thread = values.thread ?? 'main';
  if (!threads.includes(thread)) throw new ArgumentError(`--thread must be ${threads.join(' or ')}, not "${thread}".`);
  const read = (/** @type {keyof typeof numbers} */ name) => readNumber(name, values[name], numbers[name]);
  return /** @type {const} */ ({
    command: 'bench',
    request: {
      methods: methodsOf(readList('method', values.method)),
      routes: readList('route', values.route),
      sizes: [...new Set((readList('size', values.size) ?? ['64']).map((text) => readSize(text, maxSizeBytes)))],
      placement,
      io,
      thread,
      mode: modeOf(read('cycles'), read('rate'), read('duration')),
      rounds: read('rounds') ?? 3,
      warmup: read('warmup') ?? 1000,
      timeoutMs: read('timeout') ?? 2000,
      ...(values.anatomy && { anatomy: true }),
      floor: !values['no-floor'],
      thresholds: (values.threshold ?? []).map(parseThreshold),
    },
    output: readOutputs(values, { files: ['json', 'csv', 'html', 'trace'], folders: ['hgrm'] }, cwd),
  });
}

/**
 * @param {string[] | null} names
 * @returns {string[] | null} null: every one
 */
function methodsOf(names) {
  if (!names?.includes('all')) return names;
  if (names.some((name) => name !== 'all'))
    throw new ArgumentError('--method all is every method already: leave out the other names, or all.');
  return null;
}

/**
 * @param {number | null} cycles
 * @param {number | null} ratePerSecond
 * @param {number | null} durationS
 */
function modeOf(cycles, ratePerSecond, durationS) {
  if (ratePerSecond === null) {
    if (durationS !== null)
      throw new ArgumentError('--duration goes with --rate; without it -n says how much is measured.');
    return { kind: 'closed', cycles: cycles ?? 10_000 };
  }
  if (cycles !== null)
    throw new ArgumentError('-n and --rate exclude one another: -n counts cycles, --rate goes for --duration.');
  const seconds = durationS ?? 10;
  if (ratePerSecond * seconds > maxCycles)
    throw new ArgumentError(`--rate times --duration must be at most ${maxCycles} messages.`);
  return { kind: 'open', ratePerSecond, durationS: seconds };
}
