import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newSharedRing, RingReader, RingWriter } from './record-ring';

const SLOTS = 8;
const WIDTH = 2;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => void vi.useRealTimers());

function ring() {
  const shared = newSharedRing(WIDTH, SLOTS);
  const writer = new RingWriter(shared);
  const reader = new RingReader(shared);
  return {
    shared,
    reader,
    writer,
    write: (first: number) => writer.write(Float64Array.of(first, -first)),
    read() {
      const taken: number[][] = [];
      reader.read((record) => taken.push([...record]));
      return taken;
    },
  };
}

const records = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => [from + i, -from - i]);

test('what is written is read once, in order', () => {
  const { write, read } = ring();
  for (let i = 1; i < 4; i += 1) write(i);
  expect(read()).toEqual(records(1, 4));
  expect(read()).toEqual([]);
});

test('it goes on over its end, many times', () => {
  const { write, read } = ring();
  for (let round = 0; round < 50; round += 1) {
    for (let i = 0; i < 5; i += 1) write(round * 5 + i + 1);
    expect(read()).toEqual(records(round * 5 + 1, round * 5 + 6));
  }
});

test('it goes on over the end of its counts', () => {
  const { shared, write, read } = ring();
  // Two less than the counts can hold, as signed numbers have it.
  Atomics.store(shared.counts, 0, 0x7f_ff_ff_fe);
  Atomics.store(shared.counts, 1, 0x7f_ff_ff_fe);
  for (let i = 1; i < 6; i += 1) write(i);
  expect(read()).toEqual(records(1, 6));
  Atomics.store(shared.counts, 0, -2);
  Atomics.store(shared.counts, 1, -2);
  for (let i = 1; i < 6; i += 1) write(i);
  expect(read()).toEqual(records(1, 6));
});

test('what finds no room while the reader sleeps comes later, in order and whole', () => {
  const { write, read } = ring();
  for (let i = 1; i < 30; i += 1) write(i);
  const taken = read();
  expect(taken).toEqual(records(1, SLOTS + 1));
  // Newer than what is kept back, though there is room for it.
  write(30);
  for (let i = 0; i < 4; i += 1) {
    vi.advanceTimersByTime(1000);
    taken.push(...read());
  }
  expect(taken).toEqual(records(1, 31));
  write(31);
  expect(read()).toEqual(records(31, 32));
  expect(vi.getTimerCount()).toBe(0);
});

test('the writer says when all is written', () => {
  const { writer, write, read } = ring();
  const told: string[] = [];
  writer.whenWritten(() => told.push('empty'));
  for (let i = 1; i < 12; i += 1) write(i);
  writer.whenWritten(() => told.push('full'));
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(['empty']);
  read();
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(['empty', 'full']);
});

test.each([SLOTS + 1, -1, 2 ** 30])('a ring that says it holds %i records is not read', (written) => {
  const { shared, read, write } = ring();
  write(1);
  Atomics.store(shared.counts, 0, written);
  expect(read).toThrow(RangeError);
});

test('a reader that is asked to read while it reads takes nothing twice', () => {
  const { write, reader } = ring();
  for (let i = 1; i < 4; i += 1) write(i);
  const taken: number[] = [];
  const take = (record: Float64Array) => {
    reader.read(take);
    taken.push(record[0] as number);
  };
  reader.read(take);
  expect(taken).toEqual([1, 2, 3]);
});

test('after a record that could not be taken the next one comes', () => {
  const { write, reader, read } = ring();
  write(1);
  write(2);
  expect(() =>
    reader.read(() => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(read()).toEqual(records(2, 3));
});
