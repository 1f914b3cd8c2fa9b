// @ts-check
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
