// @ts-check
import path from 'node:path';
import { ArgumentError, readArguments, readNumber, readOutputs, readSize } from './arguments.mjs';

// `serve` in src/shared/transport-catalog.ts: tests/structure/command-line.test.ts holds them together.
export const atPaths = ['unix-dgram', 'unix-stream', 'fifo'];
export const atPorts = ['tcp', 'tcp-delay', 'tcp6', 'udp', 'udp6'];
/** Every round trip is kept and written. */
const maxMessages = 5_000_000;

const place = /** @type {const} */ ({
  method: { type: 'string' },
  path: { type: 'string' },
  port: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
});

/**
 * Reads the arguments after `serve`. Pure.
 *
 * @param {readonly string[]} argv
 * @param {string} cwd that a relative path starts from
 * @throws {ArgumentError}
 */
export function parseServe(argv, cwd) {
  const { values, positionals } = readArguments(argv, place);
  if (values.help) return /** @type {const} */ ({ command: 'help', about: 'serve' });
  return /** @type {const} */ ({ command: 'serve', ...placeOf('serve', values, positionals, cwd, 0) });
}

/**
 * Reads the arguments after `ping`. Pure.
 *
 * @param {readonly string[]} argv
 * @param {string} cwd that relative paths start from
 * @throws {ArgumentError}
 */
export function parsePing(argv, cwd) {
  const { values, positionals } = readArguments(argv, {
    ...place,
    cycles: { type: 'string', short: 'n' },
    size: { type: 'string' },
    warmup: { type: 'string' },
    timeout: { type: 'string' },
    out: { type: 'string' },
  });
  if (values.help) return /** @type {const} */ ({ command: 'help', about: 'ping' });
  const whole = (
    /** @type {"cycles" | "warmup" | "timeout"} */ name,
    /** @type {number} */ least,
    /** @type {number} */ most,
  ) =>
    readNumber(name, values[name], { integer: true, least, most, wanted: `a whole number from ${least} to ${most}` });
  return /** @type {const} */ ({
    command: 'ping',
    ...placeOf('ping', values, positionals, cwd, 1),
    cycles: whole('cycles', 1, maxMessages) ?? 1000,
    sizeBytes: readSize(values.size ?? '64', 1024 * 1024),
    warmup: whole('warmup', 0, maxMessages) ?? 100,
    timeoutMs: whole('timeout', 10, 60_000) ?? 2000,
    ...readOutputs(values, { files: ['out'] }, cwd),
  });
}

/**
 * @param {string} command
 * @param {Record<string, any>} values
 * @param {string[]} positionals
 * @param {string} cwd
 * @param {number} leastPort
 */
function placeOf(command, { method, path: file, port }, positionals, cwd, leastPort) {
  if (positionals.length > 0) throw new ArgumentError(`"${positionals.join(' ')}" is not expected after "${command}".`);
  if (method === undefined) throw new ArgumentError('--method is needed.');
  if (atPaths.includes(method)) {
    if (file === undefined || file === '') throw new ArgumentError(`--path is needed for ${method}.`);
    if (port !== undefined) throw new ArgumentError(`--port is not for ${method}; it listens at a --path.`);
    return { method, place: { kind: 'path', path: path.resolve(cwd, file) } };
  }
  if (!atPorts.includes(method)) {
    throw new ArgumentError(`--method must be one of ${[...atPaths, ...atPorts].join(', ')}, not "${method}".`);
  }
  if (file !== undefined) throw new ArgumentError(`--path is not for ${method}; it listens on a --port.`);
  const number = readNumber('port', port, {
    integer: true,
    least: leastPort,
    most: 65_535,
    wanted: `a whole number from ${leastPort} to 65535`,
  });
  if (number === null) throw new ArgumentError(`--port is needed for ${method}.`);
  return { method, place: { kind: 'port', port: number } };
}
