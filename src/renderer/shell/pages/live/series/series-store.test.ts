import { expect, test, vi } from 'vitest';
import type { SampleBatch } from '../../../../../shared/sample-batch';
import type { Bucket } from './bucket-ring';
import { SeriesStore, type SeriesView } from './series-store';

function batch(channelId: string, samples: [intendedNs: number, sentNs: number, rttNs: number][]): SampleBatch {
  return {
    channelId,
    intendedNs: Float64Array.from(samples, (s) => s[0]),
    sentNs: Float64Array.from(samples, (s) => s[1]),
    rttNs: Float64Array.from(samples, (s) => s[2]),
  };
}

function bucket(view: SeriesView, number: number, timing: 'sent' | 'intended' = 'sent'): Bucket | null {
  const into: Bucket = { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN };
  return view.ring('a', '30s')?.read(number, timing, into) === true ? into : null;
}

test('bumps its version once per message, however many samples come', () => {
  const store = new SeriesStore();
  const listener = vi.fn();
  const unsubscribe = store.subscribe(listener);
  store.accept(1e9, [
    batch('a', [
      [0, 0, 1],
      [1, 1, 2],
    ]),
    batch('b', [[0, 0, 3]]),
  ]);
  expect(store.version).toBe(1);
  expect(listener).toHaveBeenCalledTimes(1);
  unsubscribe();
  store.accept(2e9, []);
  expect(listener).toHaveBeenCalledTimes(1);
});

test('counts from the intended time as round trip plus the delay of sending', () => {
  const store = new SeriesStore();
  store.accept(1e9, [batch('a', [[0, 40_000, 90_000]])]);
  expect(bucket(store, 0, 'sent')?.medianNs).toBe(90_000);
  expect(bucket(store, 0, 'intended')?.medianNs).toBe(130_000);
});

test('a ping that was never sent is lost at its intended time', () => {
  const store = new SeriesStore();
  store.accept(2e9, [batch('a', [[450e6, NaN, NaN]])]);
  expect(bucket(store, 2)).toMatchObject({ answered: 0, lost: 1 });
});

test('folds into all three windows', () => {
  const store = new SeriesStore();
  store.accept(1e9, [batch('a', [[0, 0, 5]])]);
  for (const window of ['30s', '2min', '10min'] as const) {
    expect(store.ring('a', window)?.rawValues(0, 'sent')).toEqual([5]);
  }
});

test('a frozen view keeps its clock and its samples while the live one goes on', () => {
  const store = new SeriesStore();
  store.accept(100e6, [batch('a', [[0, 0, 5]])]);
  const frozen = store.freeze();
  store.accept(200e6, [
    batch('a', [
      [0, 0, 900],
      [150e6, 150e6, 900],
    ]),
  ]);
  expect(frozen.nowNs).toBe(100e6);
  expect(bucket(frozen, 0)).toMatchObject({ answered: 1, medianNs: 5 });
  expect(bucket(store, 0)).toMatchObject({ answered: 3 });
});

test('the recent median looks only at the recent past', () => {
  const store = new SeriesStore();
  store.accept(10e9, [
    batch('a', [
      [1e9, 1e9, 5000],
      [9e9, 9e9, 100],
      [9.5e9, 9.5e9, 300],
    ]),
  ]);
  expect(store.recentMedianNs('a', 2e9, 'sent')).toBe(100);
  store.accept(20e9, []);
  expect(store.recentMedianNs('a', 2e9, 'sent')).toBeNull();
  expect(store.recentMedianNs('nobody', 2e9, 'sent')).toBeNull();
});

test('forgets channels that are gone', () => {
  const store = new SeriesStore();
  store.accept(1e9, [batch('a', [[0, 0, 5]]), batch('b', [[0, 0, 5]])]);
  store.retain(new Set(['b']));
  expect(store.ring('a', '30s')).toBeUndefined();
  expect(store.ring('b', '30s')).toBeDefined();
});
