// @ts-check
import { ArgumentError, readArguments, readInput, readList, readNumber, readOutputs } from './arguments.mjs';

/** The shapes are those of `src/shared/load/request.ts`, which checks them again; the limits those of `limits.ts`. */
const numbers = Object.freeze({
  users: { integer: true, least: 1, most: 10_000, wanted: 'a whole number from 1 to 10000' },
  'spawn-rate': { integer: false, least: 0.1, most: 10_000, wanted: 'a number of users a second from 0.1 to 10000' },
  rate: { integer: false, least: 0.1, most: 100_000, wanted: 'a number of posts a second from 0.1 to 100000' },
  duration: { integer: false, least: 0.001, most: 86_400, wanted: 'a number of seconds above 0 and up to 86400' },
  'max-in-flight': { integer: true, least: 1, most: 10_000, wanted: 'a whole number from 1 to 10000' },
  workers: { integer: true, least: 0, most: 64, wanted: 'a whole number from 0 to 64' },
  port: { integer: true, least: 0, most: 65_000, wanted: 'a whole number from 0 to 65000' },
});
const maxWaitS = 600;

const milliseconds = Object.freeze({ us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1e3 });

/**
 * Reads the arguments after `load`. Pure. Whether there are such routes and modes the app knows.
 *
 * @param {readonly string[]} argv
 * @param {string} cwd that relative paths start from
 * @throws {ArgumentError}
 */
export function parseLoad(argv, cwd) {
  const { values, positionals } = readArguments(argv, {
    routes: { type: 'string', multiple: true },
    mode: { type: 'string', multiple: true },
    users: { type: 'string' },
    'spawn-rate': { type: 'string' },
    wait: { type: 'string' },
    rate: { type: 'string' },
    distribute: { type: 'string' },
    file: { type: 'string' },
    loop: { type: 'boolean' },
    duration: { type: 'string' },
    'max-in-flight': { type: 'string' },
    json: { type: 'string' },
    csv: { type: 'string' },
    html: { type: 'string' },
    threshold: { type: 'string', multiple: true },
    engine: { type: 'string' },
    workers: { type: 'string' },
    serve: { type: 'boolean' },
    port: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) return /** @type {const} */ ({ command: 'help', about: 'load' });
  if (positionals.length > 0) throw new ArgumentError(`"${positionals.join(' ')}" is not expected after "load".`);
  const read = (/** @type {keyof typeof numbers} */ name) => readNumber(name, values[name], numbers[name]);
  const distribute = values.distribute ?? 'all';
  if (distribute !== 'all' && distribute !== 'balance')
    throw new ArgumentError(`--distribute must be all or balance, not "${distribute}".`);
  const engine = engineOf(values.engine, read('workers'));
  if (engine.kind === 'locust' && values.rate !== undefined)
    throw new ArgumentError('--rate does not go with --engine locust, which has users.');
  const serve = values.serve ?? false;
  if (serve) refuseWithServe(values);
  else if (values.port !== undefined) throw new ArgumentError('--port goes with --serve.');
  return /** @type {const} */ ({
    command: 'load',
    request: {
      routes: readList('routes', values.routes),
      modes: Object.fromEntries((values.mode ?? []).map(readMode)),
      form: {
        pace: paceOf(read('users'), read('spawn-rate'), values.wait, read('rate')),
        distribute,
        loop: values.loop ?? false,
        durationS: read('duration'),
        file: readInput('file', values.file, cwd),
        maxInFlight: read('max-in-flight') ?? 500,
      },
      engine,
      thresholds: (values.threshold ?? []).map(parseLoadThreshold),
      serve: serve ? { port: read('port') ?? 0 } : null,
    },
    output: readOutputs(values, { files: ['json', 'html'], folders: ['csv'] }, cwd),
  });
}

/**
 * @param {string | undefined} name
 * @param {number | null} workers
 */
function engineOf(name, workers) {
  if (name === 'locust') return { kind: 'locust', workers: workers ?? 0 };
  if (name !== undefined && name !== 'embedded')
    throw new ArgumentError(`--engine must be embedded or locust, not "${name}".`);
  if (workers !== null) throw new ArgumentError('--workers goes with --engine locust.');
  return { kind: 'embedded' };
}

/** @param {Record<string, unknown>} values */
function refuseWithServe(values) {
  const others = Object.keys(values).filter((name) => !['serve', 'routes', 'mode', 'port'].includes(name));
  if (others.length > 0)
    throw new ArgumentError(`--${others[0]} does not go with --serve, which posts nothing by itself.`);
}

/** @param {string} text */
function readMode(text) {
  const [, route, mode] = /^([a-z0-9-]+)=([a-z0-9-]+)$/.exec(text) ?? [];
  if (route === undefined || mode === undefined)
    throw new ArgumentError(`--mode must look like nats=jetstream, not "${text}".`);
  return [route, mode];
}

/**
 * @param {number | null} users
 * @param {number | null} spawnRate
 * @param {string | undefined} wait
 * @param {number | null} rate
 */
function paceOf(users, spawnRate, wait, rate) {
  if (rate !== null) {
    if (users !== null || spawnRate !== null || wait !== undefined)
      throw new ArgumentError('--rate excludes --users, --spawn-rate and --wait: it posts at a constant rate.');
    return { kind: 'rate', perSecond: rate };
  }
  return { kind: 'users', users: users ?? 50, spawnRate: spawnRate ?? 10, waitMs: readWait(wait ?? '0.2-0.9') };
}

/** `0.2-0.9` or `1`: seconds. @param {string} text */
function readWait(text) {
  const match = /^(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  if (match === null || from > to || to > maxWaitS)
    throw new ArgumentError(`--wait must be seconds, such as 0.2-0.9 or 1, up to ${maxWaitS}, not "${text}".`);
  return [Math.round(from * 1e6) / 1e3, Math.round(to * 1e6) / 1e3];
}

/**
 * Reads a limit such as `nats.p95<50ms` or `nats.response.p95<20ms`. Whether there is such a route the app knows.
 *
 * @param {string} text
 * @throws {ArgumentError}
 */
export function parseLoadThreshold(text) {
  const match = /^\s*([a-z0-9-]+)\.(?:(response)\.)?([a-z0-9]+)\s*(<=?)\s*(\d+(?:\.\d+)?)\s*([a-zµμ]*)\s*$/.exec(text);
  if (match === null) throw new ArgumentError(`--threshold must look like 'nats.p95<50ms', not "${text}".`);
  const [route = '', response, metric = '', operator = '', number = '', unit = ''] = match.slice(1);
  if (!['min', 'p50', 'p90', 'p95', 'p99', 'max'].includes(metric))
    throw new ArgumentError(
      `--threshold "${text}": there is no metric "${metric}". There are: min, p50, p90, p95, p99, max.`,
    );
  if (!Object.hasOwn(milliseconds, unit))
    throw new ArgumentError(`--threshold "${text}": the limit needs a unit: us, ms or s.`);
  // 0.1 s are 100 ms and not 100.00000000000001.
  const limitMs =
    Math.round(Number(number) * milliseconds[/** @type {keyof typeof milliseconds} */ (unit)] * 1e6) / 1e6;
  if (!Number.isFinite(limitMs))
    throw new ArgumentError(`--threshold "${metric}" of ${route}: the limit has more digits than a number can have.`);
  return {
    text: text.trim(),
    route,
    of: response === undefined ? 'end-to-end' : 'response',
    metric,
    operator,
    limitMs,
  };
}
