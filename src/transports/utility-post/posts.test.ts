import { expect, test } from 'vitest';
import { Posts } from './posts';

const frame = (to: string, bytes: unknown) => ({ kind: 'frame', to, bytes });

test('a frame goes to the receiver at its address, and to no other', () => {
  const posts = new Posts(() => undefined);
  const heard: string[] = [];
  posts.receive('a', () => heard.push('a'));
  posts.receive('b', () => heard.push('b'));
  expect(posts.take(frame('b', new Uint8Array(1)))).toBe(true);
  expect(heard).toEqual(['b']);
});

test('a control message is left to whoever reads those', () => {
  const posts = new Posts(() => undefined);
  for (const message of [{ kind: 'ready' }, null, 'frame', 7, undefined, []]) expect(posts.take(message)).toBe(false);
});

test('frames for an address that is closed, or makes no sense, are dropped', () => {
  const posts = new Posts(() => undefined);
  let heard = 0;
  const leave = posts.receive('a', () => {
    heard += 1;
  });
  leave();
  for (const to of ['a', 'never', undefined, {}]) expect(posts.take({ kind: 'frame', to, bytes: null })).toBe(true);
  expect(heard).toBe(0);
});

test('leaving an address that somebody else has taken since leaves it to them', () => {
  const posts = new Posts(() => undefined);
  const leave = posts.receive('a', () => undefined);
  let heard: unknown = null;
  posts.receive('a', (bytes) => {
    heard = bytes;
  });
  leave();
  posts.take(frame('a', 'x'));
  expect(heard).toBe('x');
});

test('what is posted carries its address', () => {
  const posted: unknown[] = [];
  new Posts((letter) => posted.push(letter)).post('a', Uint8Array.of(1));
  expect(posted).toEqual([frame('a', Uint8Array.of(1))]);
});
