// @ts-check
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * @typedef {NonNullable<import("node:util").ParseArgsConfig["options"]>} OptionTable
 *
 * @typedef {object} NumberRule what an option's value must be
 * @property {boolean} integer
 * @property {number} least
 * @property {number} most
 * @property {string} wanted in words
 */

/** A mistake on the command line, said in one sentence. */
export class ArgumentError extends Error {}

/**
 * Reads arguments by a table of options.
 *
 * @template {OptionTable} T
 * @param {readonly string[]} argv
 * @param {T} options
 * @returns {{ values: Record<keyof T, any>, positionals: string[] }}
 * @throws {ArgumentError}
 */
export function readArguments(argv, options) {
  try {
    return /** @type {any} */ (parseArgs({ args: [...argv], allowPositionals: true, options }));
  } catch (error) {
    throw new ArgumentError(explainParseError(error));
  }
}

/**
 * @param {string} name without dashes
 * @param {string | undefined} text
 * @param {NumberRule} rule
 * @returns {number | null} null when it wasn't given
 * @throws {ArgumentError}
 */
export function readNumber(name, text, { integer, least, most, wanted }) {
  if (text === undefined) return null;
  const shape = integer ? /^\d+$/ : /^(\d+(\.\d*)?|\.\d+)$/;
  const value = Number(text);
  if (shape.test(text) && value >= least && value <= most) return value;
  throw new ArgumentError(`${name.length === 1 ? '-' : '--'}${name} must be ${wanted}, not "${text}".`);
}

/**
 * Splits `a,b,c`; several such options add up.
 *
 * @param {string} name
 * @param {readonly string[] | undefined} texts
 * @returns {string[] | null} null when it wasn't given
 */
export function readList(name, texts) {
  if (texts === undefined) return null;
  const items = texts.flatMap((text) => text.split(',')).map((item) => item.trim());
  if (items.includes(''))
    throw new ArgumentError(`--${name} needs names with a comma between them, not "${texts.join(',')}".`);
  return items;
}

/** In the place of a file's name; `STANDARD_OUTPUT` in `src/shared/standard-output.ts`. */
const standardOutput = '-';

/**
 * Reads options that name outputs: absolute paths, or `-`, which one of the files may be. Null for what wasn't given.
 *
 * @template {string} N
 * @param {Record<string, any>} values
 * @param {{ files: readonly N[], folders?: readonly N[] }} names
 * @param {string} cwd that relative paths start from
 * @returns {Record<N, string | null>}
 * @throws {ArgumentError}
 */
export function readOutputs(values, { files, folders = [] }, cwd) {
  /** @type {Map<string, N>} */
  const taken = new Map();
  const entries = [...files, ...folders].map((name) => {
    if (folders.includes(name)) return [name, readFolder(name, values[name], cwd)];
    const place = readPlace(name, values[name], cwd);
    const other = place === null ? undefined : taken.get(place);
    if (other !== undefined && place === standardOutput)
      throw new ArgumentError(`--${other} and --${name} can't both be standard output ("-"): name a file for one.`);
    // What goes into a device or a pipe doesn't take the place of what was there before.
    if (other !== undefined && !place?.startsWith('/dev/'))
      throw new ArgumentError(`--${other} and --${name} name one and the same file, ${place}: name two.`);
    if (place !== null) taken.set(place, name);
    return [name, place];
  });
  return Object.fromEntries(entries);
}

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {string} cwd
 * @returns {string | null} an absolute path; null when it wasn't given
 */
export function readFolder(name, text, cwd) {
  const place = readPlace(name, text, cwd);
  if (place === standardOutput)
    throw new ArgumentError(`--${name} takes a folder, not standard output ("-"); one of that name would be ./-.`);
  return place;
}

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {string} cwd
 * @returns {string | null} an absolute path; null when it wasn't given
 */
export function readInput(name, text, cwd) {
  const place = readPlace(name, text, cwd);
  if (place === standardOutput)
    throw new ArgumentError(`--${name} takes a file, not standard input ("-"): save what comes there to one first.`);
  return place;
}

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {string} cwd
 */
function readPlace(name, text, cwd) {
  if (text === '') throw new ArgumentError(`The option --${name} needs a name.`);
  return text === undefined || text === standardOutput ? (text ?? null) : path.resolve(cwd, text);
}

/**
 * `64`, `1KiB`, `1 MiB`: bytes.
 *
 * @param {string} text
 * @param {number} most
 */
export function readSize(text, most) {
  const match = /^(\d+)\s*(?:([km])(?:i?b)?|b)?$/i.exec(text);
  const factor = { k: 1024, m: 1024 ** 2 }[match?.[2]?.toLowerCase() ?? ''] ?? 1;
  const value = Number(match?.[1]) * factor;
  if (value <= most) return value;
  throw new ArgumentError(
    `--size must be bytes from 0 to ${most} (64, 1KiB, 1MiB), with a comma between several, not "${text}".`,
  );
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
