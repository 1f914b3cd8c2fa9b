import { expect, test } from 'vitest';
import { isLost, OUTCOMES } from './outcome';
import { SampleLog } from './sample-log';

const CHUNK = 4096;

/** A log of `count` settled samples, a nanosecond apart. */
function filled(count: number, capacity?: number): SampleLog {
  const log = new SampleLog(capacity);
  for (let i = 0; i < count; i += 1) {
    log.append(i * 10, 64, false);
    log.settle(i, 'answered', i);
  }
  return log;
}

test('a ping begins pending, unsent and unanswered', () => {
  const log = new SampleLog();
  const sequence = log.append(100, 64, true);
  expect(log.get(sequence)).toEqual({
    sequence: 0,
    intendedNs: 100,
    sentNs: Number.NaN,
    rttNs: Number.NaN,
    outcome: 'pending',
    payloadBytes: 64,
    hidden: true,
  });
});

test('sequence numbers count from 0', () => {
  const log = new SampleLog();
  expect([log.append(1, 0, false), log.append(2, 0, false), log.append(3, 0, false)]).toEqual([0, 1, 2]);
  expect(log.next).toBe(3);
});

test('a sent and answered ping holds both times', () => {
  const log = new SampleLog();
  log.append(100, 64, false);
  log.markSent(0, 105);
  expect(log.settle(0, 'answered', 42)).toBe(true);
  expect(log.get(0)).toMatchObject({ sentNs: 105, rttNs: 42, outcome: 'answered' });
});

test('a ping settles once', () => {
  const log = new SampleLog();
  log.append(100, 64, false);
  log.settle(0, 'timeout', Number.NaN);
  expect(log.settle(0, 'answered', 42)).toBe(false);
  expect(log.get(0)).toMatchObject({ outcome: 'timeout', rttNs: Number.NaN });
});

test.each([-1, 1, 99])('ping %d, which does not exist, is neither found nor settled', (sequence) => {
  const log = new SampleLog();
  log.append(100, 64, false);
  expect(log.get(sequence)).toBeNull();
  expect(log.settle(sequence, 'timeout', Number.NaN)).toBe(false);
});

test('samples on both sides of a chunk boundary are kept apart', () => {
  const log = filled(CHUNK + 2);
  expect([CHUNK - 1, CHUNK, CHUNK + 1].map((sequence) => log.get(sequence)?.intendedNs)).toEqual([
    (CHUNK - 1) * 10,
    CHUNK * 10,
    (CHUNK + 1) * 10,
  ]);
});

test('nothing is let go up to the capacity', () => {
  const log = filled(3 * CHUNK, 3 * CHUNK);
  expect(log.first).toBe(0);
  expect(log.get(0)).not.toBeNull();
});

test('beyond the capacity the oldest chunk goes whole, and `first` says how far', () => {
  const log = filled(4 * CHUNK + 1, 3 * CHUNK);
  expect(log.first).toBe(CHUNK);
  expect(log.get(CHUNK - 1)).toBeNull();
  expect(log.get(CHUNK)?.intendedNs).toBe(CHUNK * 10);
  expect(log.get(log.next - 1)?.sequence).toBe(4 * CHUNK);
});

test('a ping that the log let go settles no more', () => {
  const log = new SampleLog(CHUNK);
  for (let i = 0; i < 2 * CHUNK + 1; i += 1) log.append(i, 0, false);
  expect(log.settle(0, 'answered', 1)).toBe(false);
  expect(() => log.markSent(0, 1)).not.toThrow();
});

test('a new chunk begins clean after an old one was let go', () => {
  const log = filled(2 * CHUNK, CHUNK);
  log.append(1e9, 5, true);
  expect(log.get(2 * CHUNK)).toMatchObject({ outcome: 'pending', sentNs: Number.NaN, rttNs: Number.NaN });
});

test('a range is from its first to before its last, pending ones included', () => {
  const log = filled(5);
  log.append(50, 0, false);
  expect([...log.range(3, 6)].map(({ sequence, outcome }) => [sequence, outcome])).toEqual([
    [3, 'answered'],
    [4, 'answered'],
    [5, 'pending'],
  ]);
});

test('a range without limits is everything that is held', () => {
  const log = filled(3 * CHUNK, CHUNK);
  expect([...log.range()]).toHaveLength(log.next - log.first);
});

test('a range is cut to what is held', () => {
  const log = filled(3 * CHUNK, CHUNK);
  const sequences = [...log.range(0, log.first + 2)].map(({ sequence }) => sequence);
  expect(sequences).toEqual([log.first, log.first + 1]);
});

test('a range over a log that lets go of its oldest meanwhile goes on with the rest', () => {
  const log = filled(2 * CHUNK, CHUNK);
  const reading = log.range();
  reading.next();
  for (let i = 2 * CHUNK; i < 2 * CHUNK + 1; i += 1) log.append(i * 10, 0, false);
  const rest = [...reading].map(({ sequence }) => sequence);
  expect(rest[0]).toBe(CHUNK);
  expect(rest).toHaveLength(CHUNK);
});

test.each([
  ['before all', -5, 0],
  ['at one', 20, 2],
  ['between two', 21, 3],
  ['at the last', 40, 4],
  ['after all', 41, 5],
])('the first at or after a time %s is found', (_where, tNs, sequence) => {
  expect(filled(5).firstAtOrAfter(tNs)).toBe(sequence);
});

test('of equal intended times the first is found', () => {
  const log = new SampleLog();
  for (const tNs of [1, 2, 2, 2, 3]) log.append(tNs, 0, false);
  expect(log.firstAtOrAfter(2)).toBe(1);
});

test('an empty log has its next number as the first at or after any time', () => {
  expect(new SampleLog().firstAtOrAfter(0)).toBe(0);
});

test('after an eviction the first at or after a time that is gone is the first held', () => {
  const log = filled(3 * CHUNK, CHUNK);
  expect(log.first).toBe(CHUNK);
  expect(log.firstAtOrAfter(0)).toBe(CHUNK);
  expect(log.firstAtOrAfter((CHUNK + 7) * 10)).toBe(CHUNK + 7);
});

test('a frozen log keeps what the living one lets go', () => {
  const log = filled(2 * CHUNK, CHUNK);
  const frozen = log.freeze();
  for (let i = 2 * CHUNK; i < 5 * CHUNK; i += 1) log.append(i * 10, 0, false);
  expect(log.first).toBeGreaterThan(0);
  expect(frozen.first).toBe(0);
  expect([...frozen.range()]).toHaveLength(2 * CHUNK);
});

test('a frozen log does not grow with the living one', () => {
  const log = filled(3);
  const frozen = log.freeze();
  log.append(30, 0, false);
  expect(frozen.next).toBe(3);
  expect(frozen.get(3)).toBeNull();
});

test('losses are pings that were due and got no answer in time', () => {
  expect(OUTCOMES.filter(isLost)).toEqual(['timeout', 'refused', 'window-full', 'peer-gone']);
});

test('stamps take room from the first on, and samples beside it have none', () => {
  const log = filled(3);
  expect([log.stamped, log.get(1)?.readNs]).toEqual([false, undefined]);
  log.stamp(1, 'readNs', 77);
  log.stamp(9, 'readNs', 78);
  expect(log.stamped).toBe(true);
  expect([log.get(0)?.readNs, log.get(1)?.readNs, log.get(1)?.wroteNs]).toEqual([Number.NaN, 77, Number.NaN]);
});

test('a log that goes on in another chunk takes no room there', () => {
  const log = filled(CHUNK);
  log.stamp(0, 'wroteNs', 5);
  log.append(1e9, 64, false);
  expect(log.get(CHUNK)).not.toHaveProperty('wroteNs');
});
