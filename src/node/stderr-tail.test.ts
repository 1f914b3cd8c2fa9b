import { expect, test } from 'vitest';
import { StderrTail } from './stderr-tail';

const bytes = (text: string) => Buffer.from(text);

test('lines cut into pieces are whole again, also inside a character', () => {
  const tail = new StderrTail();
  const all = bytes('Fehler: Größe µs\nzweite');
  for (const byte of all) tail.take(Buffer.of(byte));
  expect(tail.lines).toEqual(['Fehler: Größe µs', 'zweite']);
});

test('the last lines are kept, without empty ones', () => {
  const tail = new StderrTail();
  tail.take(bytes(Array.from({ length: 40 }, (_, i) => `line ${i}\n\n`).join('')));
  expect(tail.lines).toHaveLength(12);
  expect(tail.lines.at(-1)).toBe('line 39');
});

test('a line of any length is cut, and one without end takes no room', () => {
  const tail = new StderrTail();
  for (let i = 0; i < 1000; i += 1) tail.take(bytes('x'.repeat(1000)));
  expect(tail.lines[0]?.length).toBe(301);
  tail.take(bytes('\nafter\n'));
  expect(tail.lines.at(-1)).toBe('after');
});
