import { expect, test } from 'vitest';
import type { SampleBatch } from '../../../../../shared/sample-batch';
import type { Bucket } from './bucket-ring';
import { foldStretch, stretchBucketNs } from './stretch';

/** Pings every 10 ms from 1 s on, each of them answered after 100 µs plus its number in µs, every tenth lost. */
function batch(count: number): SampleBatch {
  const numbers = Array.from({ length: count }, (_, i) => i);
  return {
    channelId: 'a',
    intendedNs: Float64Array.from(numbers, (i) => 1e9 + i * 10e6),
    sentNs: Float64Array.from(numbers, (i) => 1e9 + i * 10e6 + 1000),
    rttNs: Float64Array.from(numbers, (i) => (i % 10 === 9 ? NaN : 100_000 + i * 1000)),
  };
}

test('its figures are exact, and of the pings that were sent in it', () => {
  const { figures } = foldStretch(1.1e9, 1.3e9, [batch(100)]);
  // Numbers 10 to 29, but for 19 and 29.
  expect(figures.get('a')).toMatchObject({ sent: 20, answered: 18, lost: 2 });
  expect(figures.get('a')?.fromSent).toMatchObject({ count: 18, p50: 118_000, max: 128_000 });
  expect(figures.get('a')?.fromIntended).toMatchObject({ p50: 119_000, max: 129_000 });
});

test('a channel without a ping in it has no figures of answers', () => {
  expect(foldStretch(5e9, 6e9, [batch(10)]).figures.get('a')).toEqual({
    fromSent: null,
    fromIntended: null,
    sent: 0,
    answered: 0,
    lost: 0,
  });
});

test('buckets have whole widths, some two hundred of them, and none is finer than a millisecond', () => {
  expect([10e6, 0.2e9, 3e9, 30e9, 600e9].map(stretchBucketNs)).toEqual([1e6, 1e6, 20e6, 200e6, 5e9]);
});

test('its buckets hold what lies beyond its edges too, so that lines reach them', () => {
  const { view, window } = foldStretch(1.1e9, 1.3e9, [batch(100)]);
  const into: Bucket = { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN };
  const ring = view.ring('a', 'stretch');
  expect(window).toMatchObject({ id: 'stretch', spanNs: 0.2e9, bucketNs: 1e6 });
  expect(ring?.read(1300, 'sent', into)).toBe(true);
});
