// @ts-check
import path from 'node:path';
import { ArgumentError, readArguments, readFolder, readNumber } from './arguments.mjs';
import { parseBench } from './bench-options.mjs';
import { parseLoad } from './load-options.mjs';
import { parsePing, parseServe } from './plain-options.mjs';
import { parseRoute } from './route-options.mjs';

/**
 * @typedef {object} RunOptions
 * @property {boolean} headless
 * @property {number | null} durationS seconds until it ends by itself; null: until the person ends it
 * @property {string | null} exportDir absolute
 * @property {number | null} rate pings per second and channel; null: the app's default
 * @property {number | null} payloadBytes null: the app's default
 * @property {boolean} [stages] whether pings ask for the stages of their round trip; left out: as it is remembered
 * @property {string | null} profileDir absolute; null: the app's own
 *
 * @typedef {{ command: "help", about?: "bench" | "load" | "serve" | "ping" | "route" }} HelpCommand
 * @typedef {Exclude<ReturnType<typeof parseBench>, HelpCommand>} BenchCommand
 * @typedef {Exclude<ReturnType<typeof parseLoad>, HelpCommand>} LoadCommand
 * @typedef {Exclude<ReturnType<typeof parseServe> | ReturnType<typeof parsePing>, HelpCommand>} PlainCommand
 *
 * @typedef {Exclude<ReturnType<typeof parseRoute>, HelpCommand>} RouteCommand
 *
 * @typedef {{ command: "run", options: RunOptions, chromiumSwitches: string[] } | BenchCommand | LoadCommand | PlainCommand | RouteCommand | HelpCommand | { command: "version" } | { error: string }} ParsedCommand
 */

/** Longer ones don't fit into a timer. */
const maxDurationS = 2_000_000;

const numbers = Object.freeze({
  duration: {
    integer: false,
    // A run of no seconds would be over before it began.
    least: Number.MIN_VALUE,
    most: maxDurationS,
    wanted: `a number of seconds above 0 and up to ${maxDurationS}`,
  },
  rate: { integer: true, least: 1, most: 1_000, wanted: 'a whole number from 1 to 1000' },
  payload: { integer: true, least: 0, most: 32_768, wanted: 'a whole number from 0 to 32768' },
});

const parsers = Object.freeze({
  bench: parseBench,
  load: parseLoad,
  serve: parseServe,
  ping: parsePing,
  route: parseRoute,
});

/**
 * Reads the command line. Pure: touches neither disk nor process.
 *
 * @param {readonly string[]} argv without node and script
 * @param {string} cwd that relative folders start from
 * @returns {ParsedCommand}
 */
export function parseCommand(argv, cwd) {
  const [first = '', ...rest] = argv;
  const named = Object.hasOwn(parsers, first) ? /** @type {keyof typeof parsers} */ (first) : null;
  try {
    return named === null ? parseRun(argv, cwd) : parsers[named](rest, cwd);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    return { error: `${error.message} See: bulkhead ${named === null ? '' : `${named} `}--help` };
  }
}

/**
 * @param {readonly string[]} argv
 * @param {string} cwd
 * @returns {ParsedCommand}
 */
function parseRun(argv, cwd) {
  const separator = argv.indexOf('--');
  const chromiumSwitches = separator < 0 ? [] : argv.slice(separator + 1);
  for (const each of chromiumSwitches) {
    if (/^--(no-sandbox|disable-.*sandbox|single-process)/.test(each))
      throw new ArgumentError(`Bulkhead does not run pages without Chromium's sandbox, so not with "${each}".`);
    // Anything else Electron would take for the app to open.
    if (!/^--[a-z]/.test(each))
      throw new ArgumentError(
        `After "--" only switches of Chromium may stand, such as --enable-logging, not "${each}".`,
      );
  }
  const { values, positionals } = readArguments(separator < 0 ? argv : argv.slice(0, separator), {
    headless: { type: 'boolean' },
    duration: { type: 'string' },
    export: { type: 'string' },
    rate: { type: 'string' },
    payload: { type: 'string' },
    stages: { type: 'boolean' },
    profile: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  });
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command = 'run', ...rest] = positionals;
  if (Object.hasOwn(parsers, command)) throw new ArgumentError(`"${command}" has to come first, before its options.`);
  if (command !== 'run')
    throw new ArgumentError(`There is no command "${command}"; there are run, bench, load, serve, ping and route.`);
  if (rest.length > 0) throw new ArgumentError(`"${rest.join(' ')}" is not expected after "run".`);

  const read = (/** @type {keyof typeof numbers} */ name) => readNumber(name, values[name], numbers[name]);
  return {
    command: 'run',
    options: {
      headless: values.headless ?? false,
      durationS: read('duration'),
      exportDir: readFolder('export', values.export, cwd),
      rate: read('rate'),
      payloadBytes: read('payload'),
      ...(values.stages && { stages: true }),
      profileDir: readFolder('profile', values.profile, cwd),
    },
    chromiumSwitches,
  };
}

/**
 * What depends on where it runs: no display means headless, and a headless run
 * always writes its exports.
 *
 * @param {RunOptions} options
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, cwd: string }} surroundings
 * @returns {{ options: RunOptions, notice: string | null }}
 */
export function settleOptions(options, { platform, env, cwd }) {
  const noDisplay = platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
  const headless = options.headless || noDisplay;
  const exportDir = options.exportDir ?? (headless ? path.join(cwd, 'exports') : null);
  return {
    options: { ...options, headless, exportDir },
    notice:
      noDisplay && !options.headless
        ? 'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so Bulkhead runs headless: a live table in this terminal. Ctrl+C ends it.'
        : null,
  };
}
