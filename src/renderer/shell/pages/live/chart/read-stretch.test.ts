import { expect, test } from 'vitest';
import { readStretch } from './read-stretch';

test('two times in seconds, with a point or a comma', () => {
  expect(readStretch('16.7', ' 19,5 ', 60e9)).toEqual({ ok: true, fromNs: 16.7e9, toNs: 19.5e9 });
});

test.each([
  ['', '5', /seconds of the recording/],
  ['-1', '5', /seconds of the recording/],
  ['5', '5', /end after it begins/],
  ['70', '80', /only 60\.0 s/],
])('from %j to %j is refused with the reason', (from, to, message) => {
  expect(readStretch(from, to, 60e9)).toEqual({ ok: false, message: expect.stringMatching(message) });
});
