import { expect, test } from 'vitest';
import { COMMON_SIZES, parseSizes, sizeText, toggleSize, tooLarge } from './sizes';

test.each([
  ['64', [64]],
  ['0 B, 64B, 1 KiB, 2k, 1MiB', [0, 64, 1024, 2048, 1024 * 1024]],
  ['64, 64 B,', [64]],
])('%s', (text, sizes) => {
  expect(parseSizes(text)).toEqual({ sizes });
});

test.each(['', ' , ', '-1', '1.5 KiB', '2 MiB', '64 GiB', 'x', Array.from({ length: 17 }, (_, i) => i).join(',')])(
  '“%s” is refused',
  (text) => {
    expect(parseSizes(text)).toEqual({ refusal: expect.any(String) });
  },
);

test.each([...COMMON_SIZES, 100, 1500, 3 * 1024])('%i reads as itself again', (size) => {
  expect(parseSizes(sizeText(size))).toEqual({ sizes: [size] });
});

test('a size is added in its place and taken away again', () => {
  expect(toggleSize('64 B, 1 MiB', 1024)).toBe('64 B, 1 KiB, 1 MiB');
  expect(toggleSize('64 B, 1 KiB', 64)).toBe('1 KiB');
  expect(toggleSize('nonsense', 64)).toBe('64 B');
});

test('says which methods can not carry the largest', () => {
  const udp = { id: 'udp', title: 'UDP', maxPayloadBytes: 1000, unavailable: null } as const;
  expect(tooLarge([64], [udp])).toBeNull();
  expect(tooLarge([64, 2000], [udp])).toBe('UDP: at most 1,000 B.');
  expect(tooLarge([64, 2048], [udp, udp])).toBe('2 of the methods carry less than 2 KiB.');
});
