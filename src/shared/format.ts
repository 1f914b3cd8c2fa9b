/**
 * Numbers, units, plurals and lists for people: three significant digits, the unit that keeps them short, a minus sign
 * that is one. The one place that knows the language's own forms, by `Intl`.
 */

const LOCALE = 'en';
const THIN = '\u202f';

/** A duration given in nanoseconds, always in µs, for tables and axes where the unit must not change: `93.4 µs`. */
export function formatMicros(ns: number | null): string {
  return ns === null || Number.isNaN(ns) ? '–' : `${microsDigits(ns)}${THIN}µs`;
}

/** The digits of `formatMicros` without the unit: `0.173`, `93.4`, `1,234`. */
export function microsDigits(ns: number | null): string {
  if (ns === null || Number.isNaN(ns)) return '–';
  const us = ns / 1000;
  const magnitude = Math.abs(us);
  const decimals = magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : magnitude >= 0.9995 ? 2 : 3;
  return group(us.toFixed(decimals));
}

/** A duration given in nanoseconds in the unit that suits it: `93.4 µs`, `1.25 ms`, `2.00 s`. */
export function formatDuration(ns: number | null): string {
  if (ns === null || Number.isNaN(ns)) return '–';
  if (Math.round(ns) < 0) return `\u2212${formatDuration(-ns)}`;
  const magnitude = Math.abs(ns);
  if (magnitude < 999.5) return `${Math.round(ns)}${THIN}ns`;
  if (magnitude < 999.5e3) return `${threeDigits(ns / 1e3)}${THIN}µs`;
  if (magnitude < 999.5e6) return `${threeDigits(ns / 1e6)}${THIN}ms`;
  return `${threeDigits(ns / 1e9)}${THIN}s`;
}

/** How long ago something was, nanoseconds, as coarse as it is of use: `12 s ago`, `3 min ago`, `2 h ago`. */
export function formatAge(ns: number): string {
  const seconds = Math.max(0, Math.floor(ns / 1e9));
  if (seconds < 60) return `${seconds}${THIN}s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}${THIN}min ago`;
  return `${Math.floor(seconds / 3600)}${THIN}h ago`;
}

/** Bytes in powers of 1,024: `64 B`, `1.5 KiB`, `122 MiB`. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? String(bytes) : trimZeros(threeDigits(value))}${THIN}${units[unit]}`;
}

/** What `64`, `1 KiB`, `4k` or `1 MiB` is in bytes, or null when it is no size. */
export function parseBytes(text: string): number | null {
  const match = /^(\d{1,9})\s*(?:([km])i?b?|b)?$/i.exec(text.trim());
  if (match === null) return null;
  const factor = { '': 1, k: 1024, m: 1024 ** 2 }[(match[2] ?? '').toLowerCase()] ?? 1;
  return Number(match[1]) * factor;
}

/** A whole number with thousands separators: `12,345`. */
export function formatCount(n: number): string {
  return group(String(Math.round(n)));
}

/** How many times as much: `1.4`, `72`, `1,150`. Never with an exponent. */
export function formatTimes(ratio: number): string {
  return ratio < 9.95 ? ratio.toFixed(1) : formatCount(ratio);
}

/** A signed difference of two durations: `+3.1 µs`, `−12 µs`, `±0 µs`. */
export function formatDelta(ns: number | null): string {
  if (ns === null || Number.isNaN(ns)) return '–';
  if (Math.round(ns) === 0) return `±0${THIN}µs`;
  return `${ns > 0 ? '+' : '\u2212'}${formatDuration(Math.abs(ns))}`;
}

/** The same always in µs and without the unit, for columns: `+3.10`, `−1,250`, `±0`. */
export function deltaDigits(ns: number | null): string {
  if (ns === null || Number.isNaN(ns)) return '–';
  if (Math.round(ns) === 0) return '±0';
  return `${ns > 0 ? '+' : '\u2212'}${microsDigits(Math.abs(ns))}`;
}

function threeDigits(value: number): string {
  const magnitude = Math.abs(value);
  return value.toFixed(magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2);
}

function trimZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

/** Digits as `toFixed` gives them, in the language's grouping. Exact: `Intl` reads the text, and rounds nothing again. */
function group(digits: string): string {
  const fraction = digits.split('.')[1]?.length ?? 0;
  // A minus sign rather than a hyphen.
  return groupingOf(fraction)
    .format(digits as `${number}`)
    .replace('-', '\u2212');
}

const groupings = new Map<number, Intl.NumberFormat>();

/** Kept: to make one takes a hundred times as long as to use it. */
function groupingOf(fraction: number): Intl.NumberFormat {
  const kept = groupings.get(fraction);
  if (kept !== undefined) return kept;
  const made = new Intl.NumberFormat(LOCALE, {
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
    // No sign in front of a zero.
    signDisplay: 'negative',
  });
  groupings.set(fraction, made);
  return made;
}

/** A number as it is, with no more digits than it has: `0.05`, `20`. For limits and settings, which are not rounded. */
export function formatNumber(n: number): string {
  plainNumbers ??= new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 20, useGrouping: false });
  return plainNumbers.format(n).replace('-', '\u2212');
}

/** Milliseconds as seconds, as they are: `0.05 s`, `20 s`. */
export function formatSeconds(ms: number): string {
  return `${formatNumber(ms / 1000)} s`;
}

/** Milliseconds as seconds with one decimal: `8.1 s`. */
export function formatElapsed(ms: number): string {
  return `${group((ms / 1000).toFixed(1))} s`;
}

// Made when they are first used: the first of all takes 20 ms, which every process would spend at its start.
let plainNumbers: Intl.NumberFormat | undefined;
let plurals: Intl.PluralRules | undefined;
let lists: Intl.ListFormat | undefined;

/** The form for a number: `plural(1, { one: 'is', other: 'are' })`. The forms do without the number itself. */
export function plural(n: number, forms: { one: string; other: string }): string {
  plurals ??= new Intl.PluralRules(LOCALE);
  return plurals.select(n) === 'one' ? forms.one : forms.other;
}

/** `fifo`, `fifo, tcp`, `fifo, tcp, udp`. */
export function formatList(items: readonly string[]): string {
  lists ??= new Intl.ListFormat(LOCALE, { type: 'unit', style: 'short' });
  return lists.format(items);
}
