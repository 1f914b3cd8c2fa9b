// @ts-check
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * @typedef {object} RunOptions
 * @property {boolean} headless
 * @property {number | null} durationS seconds until it ends by itself; null: until the person ends it
 * @property {string | null} exportDir absolute
 * @property {number | null} rate pings per second and channel; null: the app's default
 * @property {number | null} payloadBytes null: the app's default
 * @property {string | null} profileDir absolute; null: the app's own
 *
 * @typedef {{ command: "run", options: RunOptions } | { command: "help" } | { command: "version" } | { error: string }} ParsedCommand
 */

export const usage = `Bulkhead: a desktop laboratory for inter-process communication

Usage:
  bulkhead [run] [options]   start the app; the first start sets up what is missing
  bulkhead --help            this text
  bulkhead --version         versions of Bulkhead and of the runtime it uses

Options:
  --headless          no window: a live table in the terminal (chosen by itself without a display)
  --duration SECONDS  end by itself after so many seconds
  --export DIR        write the recording and its exports there at the end;
                      made if missing (headless default: ./exports)
  --rate N            pings per second and channel, 1 to 1000
  --payload BYTES     bytes in every ping, 0 to 32768
  --profile DIR       use another profile folder, so that a second instance can run
`;

/** Longer ones don't fit into a timer. */
const maxDurationS = 2_000_000;

/** What each option's value must be; null accepts it. */
const numberRules = /** @type {const} */ ({
  duration: {
    integer: false,
    accepts: (/** @type {number} */ n) => n > 0 && n <= maxDurationS,
    wanted: `a number of seconds above 0 and up to ${maxDurationS}`,
  },
  rate: {
    integer: true,
    accepts: (/** @type {number} */ n) => n >= 1 && n <= 1_000,
    wanted: 'a whole number from 1 to 1000',
  },
  payload: {
    integer: true,
    accepts: (/** @type {number} */ n) => n >= 0 && n <= 32_768,
    wanted: 'a whole number from 0 to 32768',
  },
});

/**
 * Reads the command line. Pure: touches neither disk nor process.
 *
 * @param {readonly string[]} argv without node and script
 * @param {string} cwd that relative folders start from
 * @returns {ParsedCommand}
 */
export function parseCommand(argv, cwd) {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        headless: { type: 'boolean' },
        duration: { type: 'string' },
        export: { type: 'string' },
        rate: { type: 'string' },
        payload: { type: 'string' },
        profile: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    return refuse(explainParseError(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command = 'run', ...rest] = positionals;
  if (command !== 'run') return refuse(`There is no command "${command}"; the only one is "run".`);
  if (rest.length > 0) return refuse(`"${rest.join(' ')}" is not expected after "run".`);

  const duration = readNumber('duration', values.duration);
  const rate = readNumber('rate', values.rate);
  const payload = readNumber('payload', values.payload);
  for (const number of [duration, rate, payload]) if ('error' in number) return refuse(number.error);
  if (values.export === '') return refuse('The option --export needs the name of a folder.');
  if (values.profile === '') return refuse('The option --profile needs the name of a folder.');
  const absolute = (/** @type {string | undefined} */ folder) =>
    folder === undefined ? null : path.resolve(cwd, folder);
  return {
    command: 'run',
    options: {
      headless: values.headless ?? false,
      durationS: 'value' in duration ? duration.value : null,
      exportDir: absolute(values.export),
      rate: 'value' in rate ? rate.value : null,
      payloadBytes: 'value' in payload ? payload.value : null,
      profileDir: absolute(values.profile),
    },
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

/**
 * @param {keyof typeof numberRules} name
 * @param {string | undefined} text
 * @returns {{ value: number | null } | { error: string }}
 */
function readNumber(name, text) {
  if (text === undefined) return { value: null };
  const { integer, accepts, wanted } = numberRules[name];
  const shape = integer ? /^\d+$/ : /^(\d+(\.\d*)?|\.\d+)$/;
  const value = Number(text);
  return shape.test(text) && accepts(value) ? { value } : { error: `--${name} must be ${wanted}, not "${text}".` };
}

/** @param {unknown} error */
function explainParseError(error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  const option = /'(?:-\w, )?(--?[\w-]+)/.exec(message)?.[1] ?? '';
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `There is no option ${option}.`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return /does not take an argument/.test(message)
        ? `The option ${option} takes no value.`
        : `The option ${option} needs a value${/ambiguous/.test(message) ? ', and what follows it looks like an option' : ''}.`;
    default:
      return message;
  }
}

/** @param {string} problem */
function refuse(problem) {
  return { error: `${problem} See: bulkhead --help` };
}
