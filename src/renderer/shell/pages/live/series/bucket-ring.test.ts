import { expect, test } from 'vitest';
import { BucketRing, type Bucket } from './bucket-ring';

const SECOND = 1e9;

function read(ring: BucketRing, number: number, timing: 'sent' | 'intended' = 'sent'): Bucket | null {
  const bucket: Bucket = { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN };
  return ring.read(number, timing, bucket) ? bucket : null;
}

test('folds samples into buckets that begin at whole multiples of their width', () => {
  const ring = new BucketRing(SECOND, 10);
  for (const rtt of [300, 100, 200]) ring.add(2.1 * SECOND, rtt, rtt);
  ring.add(2.999 * SECOND, 400, 400);
  ring.add(3 * SECOND, 7, 7);
  expect(read(ring, 2)).toEqual({ answered: 4, lost: 0, medianNs: 200, minNs: 100, maxNs: 400 });
  expect(read(ring, 3)).toMatchObject({ answered: 1, medianNs: 7 });
  expect(read(ring, 1)).toBeNull();
});

test('keeps both timings apart', () => {
  const ring = new BucketRing(SECOND, 10);
  ring.add(0, 100, 5100);
  expect(read(ring, 0, 'sent')).toMatchObject({ medianNs: 100, maxNs: 100 });
  expect(read(ring, 0, 'intended')).toMatchObject({ medianNs: 5100, maxNs: 5100 });
});

test('a loss that settles late is counted where its ping was sent, and moves no median', () => {
  const ring = new BucketRing(SECOND, 10);
  ring.add(1.5 * SECOND, 100, 100);
  ring.add(4 * SECOND, 100, 100);
  ring.add(1.6 * SECOND, NaN, NaN);
  expect(read(ring, 1)).toEqual({ answered: 1, lost: 1, medianNs: 100, minNs: 100, maxNs: 100 });
});

test('a bucket of losses alone has no round trip', () => {
  const ring = new BucketRing(SECOND, 10);
  ring.add(0, NaN, NaN);
  expect(read(ring, 0)).toEqual({ answered: 0, lost: 1, medianNs: NaN, minNs: NaN, maxNs: NaN });
});

test('forgets what is older than its capacity and refuses to bring it back', () => {
  const ring = new BucketRing(SECOND, 5);
  for (let s = 0; s < 12; s += 1) ring.add(s * SECOND, s + 1, s + 1);
  expect(read(ring, 6)).toBeNull();
  ring.add(6 * SECOND, 999, 999);
  expect(read(ring, 6)).toBeNull();
  expect(read(ring, 11)).toMatchObject({ medianNs: 12 });
  expect(read(ring, 7)).toMatchObject({ medianNs: 8 });
});

test('lets raw values go once a bucket is settled, and keeps its median', () => {
  const ring = new BucketRing(SECOND, 60);
  for (const rtt of [3, 1, 2]) ring.add(0, rtt, rtt + 10);
  ring.add(5 * SECOND, 9, 9);
  expect(ring.rawValues(0, 'sent')).toEqual([3, 1, 2]);
  for (let s = 6; s < 30; s += 1) ring.add(s * SECOND, 9, 9);
  expect(ring.rawValues(0, 'sent')).toEqual([]);
  expect(read(ring, 0)).toMatchObject({ answered: 3, medianNs: 2 });
  expect(read(ring, 0, 'intended')).toMatchObject({ medianNs: 12 });
});

test('a copy stays as it was', () => {
  const ring = new BucketRing(SECOND, 10);
  ring.add(0, 100, 100);
  const copy = ring.copy();
  ring.add(0.1 * SECOND, 900, 900);
  ring.add(10 * SECOND, 1, 1);
  expect(read(copy, 0)).toEqual({ answered: 1, lost: 0, medianNs: 100, minNs: 100, maxNs: 100 });
  expect(read(copy, 10)).toBeNull();
});

test('a time that is no number is dropped', () => {
  const ring = new BucketRing(SECOND, 10);
  ring.add(NaN, 1, 1);
  ring.add(-5, 1, 1);
  expect(read(ring, 0)).toBeNull();
});
