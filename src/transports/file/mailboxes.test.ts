import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { layOutMailbox, Mailboxes } from './mailboxes';

const MAX_MESSAGE_BYTES = 1024 * 1024 + 24;

let folder: string;
let descriptors: number[];
let one: Mailboxes;
let two: Mailboxes;
/** Writes at any place of the file that `one` owns. */
let damage: (position: number, ...words: number[]) => void;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailboxes-'));
  descriptors = ['one', 'two'].map((name) => openSync(join(folder, name), 'w+'));
  for (const fd of descriptors) layOutMailbox(fd);
  const [own, other] = descriptors as [number, number];
  one = new Mailboxes(own, other, MAX_MESSAGE_BYTES);
  two = new Mailboxes(other, own, MAX_MESSAGE_BYTES);
  damage = (position, ...words) =>
    words.forEach((word, i) => writeSync(own, Buffer.from(Uint32Array.of(word).buffer), 0, 4, position + 4 * i));
});

afterEach(() => {
  for (const fd of descriptors) closeSync(fd);
  rmSync(folder, { recursive: true });
});

function taken(by: Mailboxes): Uint8Array[] {
  const messages: Uint8Array[] = [];
  by.take((message) => {
    messages.push(Uint8Array.from(message));
    return true;
  });
  return messages;
}

const filled = (bytes: number, value: number) => new Uint8Array(bytes).fill(value);

test('messages come out as they were put in, in order, empty ones as well', () => {
  for (const message of [filled(3, 1), filled(0, 0), filled(MAX_MESSAGE_BYTES, 2), filled(1, 3)])
    expect(one.put(message)).toBe('sent');
  const [first, second, largest, last] = taken(two);
  expect([first, second, last]).toEqual([filled(3, 1), filled(0, 0), filled(1, 3)]);
  expect(Buffer.from(filled(MAX_MESSAGE_BYTES, 2)).equals(largest as Uint8Array)).toBe(true);
  expect(taken(two)).toEqual([]);
});

test('both directions are apart', () => {
  one.put(filled(2, 1));
  two.put(filled(2, 2));
  expect(taken(two)).toEqual([filled(2, 1)]);
  expect(taken(one)).toEqual([filled(2, 2)]);
});

test('a full mailbox refuses, and takes messages again once some were taken out', () => {
  let held = 0;
  while (one.put(filled(100_000, held)) === 'sent') held += 1;
  expect(held).toBe(Math.floor((4 * 1024 * 1024) / 100_004));
  expect(one.put(filled(100_000, 0))).toBe('refused');
  expect(taken(two)).toHaveLength(held);
  expect(one.put(filled(100_000, 0))).toBe('sent');
});

test('messages stay whole when they go over the end of the file and begin again at its start', () => {
  for (let round = 0; round < 30; round += 1) {
    const message = filled(777_777, round);
    expect(one.put(message)).toBe('sent');
    const [first, ...others] = taken(two);
    expect(others).toEqual([]);
    expect(Buffer.from(message).equals(first as Uint8Array)).toBe(true);
  }
});

test('an answer that is put in while a message is taken arrives', () => {
  one.put(filled(1, 7));
  two.take((message) => two.put(message) === 'sent');
  expect(taken(one)).toEqual([filled(1, 7)]);
});

test('taking ends when whoever takes wants no more', () => {
  one.put(filled(1, 1));
  one.put(filled(1, 2));
  let count = 0;
  two.take(() => {
    count += 1;
    return false;
  });
  expect(count).toBe(1);
});

test('a count that announces more than there is room for is given as one empty message, and passed over', () => {
  damage(0, 0x7fff_ffff);
  expect(taken(two)).toEqual([new Uint8Array(0)]);
  expect(taken(two)).toEqual([]);
});

test('a message that claims to be longer than what is announced, or than any may be, is given as an empty one', () => {
  damage(64, 500);
  damage(0, 100);
  expect(taken(two)).toEqual([new Uint8Array(0)]);
  damage(64 + 100, 3 * 1024 * 1024);
  damage(0, 100 + 3 * 1024 * 1024 + 4);
  expect(taken(two)).toEqual([new Uint8Array(0)]);
  expect(taken(two)).toEqual([]);
});

test('a later message that makes no sense doesn’t take the sound one before it along', () => {
  one.put(filled(4, 9));
  damage(64 + 8, 0xffff_ffff);
  damage(0, 8 + 50);
  expect(taken(two)).toEqual([filled(4, 9), new Uint8Array(0)]);
});

test('a file that was cut short is an error that says so', () => {
  one.put(filled(10, 1));
  const [own] = descriptors as [number];
  closeSync(own);
  descriptors[0] = openSync(join(folder, 'one'), 'w');
  const fd = openSync(join(folder, 'one'), 'r');
  descriptors.push(fd);
  const reader = new Mailboxes(descriptors[1] as number, fd, MAX_MESSAGE_BYTES);
  expect(() => taken(reader)).toThrow(/cut the file short/);
});
