import { expect, test } from 'vitest';
import { LastErrorLine } from './why-ended';

test('the tail of standard error keeps a character whole that is cut between two chunks', () => {
  const tail = new LastErrorLine();
  for (const byte of Buffer.from('ENOENT: /home/Íñigo/🜁\n')) tail.take(Buffer.of(byte));
  expect(tail.last).toBe('ENOENT: /home/Íñigo/🜁');
});
