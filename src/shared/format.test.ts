import { describe, expect, test } from 'vitest';
import {
  deltaDigits,
  formatBytes,
  parseBytes,
  formatCount,
  formatDelta,
  formatDuration,
  formatMicros,
  formatTimes,
  microsDigits,
} from './format';

/** The units stand behind a narrow no-break space. */
const plain = (text: string) => text.replaceAll('\u202f', ' ');

test.each([
  [0, '0.000'],
  [173, '0.173'],
  [999.4, '0.999'],
  [999.6, '1.00'],
  [1000, '1.00'],
  [9994, '9.99'],
  [9996, '10.0'],
  [93_400, '93.4'],
  [99_949, '99.9'],
  [99_951, '100'],
  [123_456, '123'],
  [1_234_000, '1,234'],
  [1_234_567_890, '1,234,568'],
])('%d ns is %s µs in three significant digits', (ns, digits) => {
  expect(microsDigits(ns)).toBe(digits);
});

test.each([null, Number.NaN])('%s is a dash, not a number', (ns) => {
  expect([formatMicros(ns), microsDigits(ns), formatDuration(ns), formatDelta(ns)]).toEqual(['–', '–', '–', '–']);
});

test('µs keep their unit, however large', () => {
  expect(plain(formatMicros(5e9))).toBe('5,000,000 µs');
});

test.each([
  [0, '0 ns'],
  [999, '999 ns'],
  [1000, '1.00 µs'],
  [93_400, '93.4 µs'],
  [999_499, '999 µs'],
  [999_500, '1.00 ms'],
  [1_250_000, '1.25 ms'],
  [999_500_000, '1.00 s'],
  [2e9, '2.00 s'],
  [125e9, '125 s'],
])('%d ns is %s', (ns, text) => {
  expect(plain(formatDuration(ns))).toBe(text);
});

describe('bytes', () => {
  test.each([
    [0, '0 B'],
    [64, '64 B'],
    [999, '999 B'],
    [1000, '0.98 KiB'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [128_000_000, '122 MiB'],
    [8 * 1024 ** 3, '8 GiB'],
    [3 * 1024 ** 4, '3 TiB'],
  ])('%d is %s', (bytes, text) => {
    expect(plain(formatBytes(bytes))).toBe(text);
  });

  test('none known is a dash', () => {
    expect(formatBytes(null)).toBe('–');
  });
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
  [12.6, '13'],
])('the count %d is %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

describe('differences', () => {
  test.each([
    [3100, '+3.10 µs'],
    [-12_000, '\u221212.0 µs'],
    [500, '+500 ns'],
    [0, '±0 µs'],
    [-0, '±0 µs'],
    [0.4, '±0 µs'],
    [-0.4, '±0 µs'],
  ])('%d ns is %s', (ns, text) => {
    expect(plain(formatDelta(ns))).toBe(text);
  });

  test('a fall has a minus sign, not a hyphen', () => {
    expect(formatDelta(-5000)).not.toContain('-');
  });
});

test.each([-0, -0.2])('%d ns has no sign in front of its zero', (ns) => {
  expect(microsDigits(ns)).toBe('0.000');
  expect(plain(formatDuration(ns))).toBe('0 ns');
});

test('a negative duration has a minus sign, not a hyphen', () => {
  expect(microsDigits(-1_234_000)).toBe('\u22121,234');
  expect(plain(formatDuration(-5000))).toBe('\u22125.00 µs');
});

test.each([
  [0.97, '1.0'],
  [1.44, '1.4'],
  [9.94, '9.9'],
  [9.96, '10'],
  [113.4, '113'],
  [1150.2, '1,150'],
])('%d times as much is %s, without an exponent', (ratio, text) => {
  expect(formatTimes(ratio)).toBe(text);
});

test.each([
  ['64', 64],
  ['64 B', 64],
  ['4 KiB', 4096],
  ['4k', 4096],
  [' 1MiB ', 1024 ** 2],
  ['4 GiB', null],
  ['1.5 KiB', null],
  ['-1', null],
  ['', null],
])('%j is %s bytes', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

test('differences for columns are always in µs', () => {
  expect([3100, -1_250_000, 0.3, null].map(deltaDigits)).toEqual(['+3.10', '−1,250', '±0', '–']);
});
