import { expect, test } from 'vitest';
import { HELD_INVOKES } from '../../shared/held-invokes';
import { HeldInvokes } from './held-invokes';
import { Invokes } from './invokes';

const bytes = (length: number) => new Uint8Array(length);

test('a message answers the oldest invoke that is held', async () => {
  const held = new HeldInvokes();
  const [first, second] = [held.hold(), held.hold()];
  expect(held.send(bytes(1))).toBe('sent');
  expect(held.send(bytes(2))).toBe('sent');
  expect(await Promise.all([first, second])).toEqual([bytes(1), bytes(2)]);
});

test('without one it waits, in order, for the next', () => {
  const held = new HeldInvokes();
  held.send(bytes(1));
  held.send(bytes(2));
  expect([held.hold(), held.hold()]).toEqual([bytes(1), bytes(2)]);
});

test('what waits is bounded, with room for one message whatever its size', () => {
  const held = new HeldInvokes();
  expect(held.send(bytes(3 * 1024 * 1024))).toBe('sent');
  expect(held.send(bytes(1))).toBe('refused');
  void held.hold();
  expect(held.send(bytes(1024 * 1024))).toBe('sent');
  expect(held.send(bytes(1024 * 1024))).toBe('sent');
  expect(held.send(bytes(1))).toBe('refused');
});

test('closing answers all that are held, refuses every later one and takes no message; twice is once', async () => {
  const held = new HeldInvokes();
  const all = [held.hold(), held.hold()];
  held.close();
  held.close();
  expect(await Promise.all(all)).toEqual([null, null]);
  expect(held.hold()).toBeNull();
  expect(held.send(bytes(1))).toBe('closed');
});

test('a renderer that begins invokes without end has them answered, not kept', async () => {
  const held = new HeldInvokes();
  const answers = Array.from({ length: 1000 }, () => held.hold());
  expect(answers.filter((answer) => answer !== null)).toHaveLength(2 * HELD_INVOKES);
});

test('an invoke goes to the receiver at its address; for any other nothing will come', async () => {
  const invokes = new Invokes();
  const leave = invokes.receive('a', () => bytes(3));
  expect(invokes.take('a', undefined)).toEqual(bytes(3));
  for (const to of ['b', undefined, null, 7, {}, '__proto__']) expect(invokes.take(to, undefined)).toBeNull();
  leave();
  expect(invokes.take('a', undefined)).toBeNull();
});

test('leaving an address that somebody else has taken since leaves it to them', () => {
  const invokes = new Invokes();
  const leave = invokes.receive('a', () => null);
  invokes.receive('a', () => bytes(1));
  leave();
  expect(invokes.take('a', undefined)).toEqual(bytes(1));
});
