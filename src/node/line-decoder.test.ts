import { expect, test } from 'vitest';
import { LineDecoder } from './line-decoder';

test('lines are whole, whatever the chunks, and what has no end yet is the rest', () => {
  const decoder = new LineDecoder(100);
  const lines = Array.from(Buffer.from('uno\nñandú 🜁\n\nres'), (byte) => decoder.take(Buffer.of(byte))).flat();
  expect(lines).toEqual(['uno', 'ñandú 🜁', '']);
  expect(decoder.rest).toBe('res');
});

test('a line without an end fills no memory', () => {
  const decoder = new LineDecoder(10);
  for (let i = 0; i < 100; i += 1) expect(decoder.take(Buffer.from('abcdefgh'))).toEqual([]);
  expect(decoder.rest).toBe('abcdefghab');
});
