import { expect, test } from 'vitest';
import { shareStructure } from './share-structure';

test('an equal copy is the old one', () => {
  const old = { a: [1, { b: null, c: 'x' }], d: NaN };
  expect(shareStructure(old, structuredClone(old))).toBe(old);
});

test('only what changed is new', () => {
  const old = { left: { n: 1 }, right: { n: 2 }, list: [{ n: 3 }, { n: 4 }] };
  const next = structuredClone(old);
  next.right.n = 9;
  next.list[1] = { n: 5 };
  const shared = shareStructure(old, next);
  expect(shared).toEqual(next);
  expect(shared.left).toBe(old.left);
  expect(shared.right).not.toBe(old.right);
  expect(shared.list[0]).toBe(old.list[0]);
  expect(shared.list).not.toBe(old.list);
});

test('a longer or shorter list is a new list with the old items', () => {
  const old = [{ n: 1 }, { n: 2 }];
  const longer = shareStructure(old, [{ n: 1 }, { n: 2 }, { n: 3 }]);
  expect(longer).not.toBe(old);
  expect(longer[0]).toBe(old[0]);
  expect(shareStructure(old, [{ n: 1 }])).toEqual([{ n: 1 }]);
});

test('a key that went makes a new record, and kinds are not mixed up', () => {
  expect(shareStructure({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(shareStructure([1], { 0: 1 })).toEqual({ 0: 1 });
  expect(shareStructure(null, { a: 1 })).toEqual({ a: 1 });
});
