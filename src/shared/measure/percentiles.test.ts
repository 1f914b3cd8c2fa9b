import { describe, expect, test } from 'vitest';
import { exactPercentile, RollingPercentiles } from './percentiles';

const SLOT_NS = 5e9;
const PERCENTS = { p50: 50, p90: 90, p99: 99, p999: 99.9 } as const;

function rolling(durations: readonly number[], nowNs = 0): RollingPercentiles {
  const percentiles = new RollingPercentiles(30e9, 6);
  for (const duration of durations) percentiles.record(duration, nowNs);
  return percentiles;
}

/** Round trips as they come: most near one value, some far above. Seeded. */
function roundTrips(count: number, typicalNs: number): number[] {
  let state = 11;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () =>
    Math.round(typicalNs * (0.7 + random() * 0.6) * (random() < 0.02 ? 1 + random() * 50 : 1)),
  );
}

describe('exact percentiles', () => {
  test.each([
    [50, 3],
    [20, 1],
    [20.1, 2],
    [99, 5],
    [100, 5],
    [0, 1],
  ])('percentile %d of 1 to 5 is the smallest value that so many don’t exceed: %d', (percent, value) => {
    expect(exactPercentile([1, 2, 3, 4, 5], percent)).toBe(value);
  });

  test('the median of an even number is the lower of the two in the middle', () => {
    expect(exactPercentile([1, 2, 3, 4], 50)).toBe(2);
  });

  test.each([
    [1000, 999],
    [5000, 4995],
    [100_000, 99_900],
    [1001, 1000],
  ])('percentile 99.9 of 1 to %d is %d: no rounding of its rank by the arithmetic', (count, value) => {
    expect(
      exactPercentile(
        Array.from({ length: count }, (_, i) => i + 1),
        99.9,
      ),
    ).toBe(value);
  });

  test('one sample is every percentile', () => {
    expect([0, 50, 99.9, 100].map((percent) => exactPercentile([7], percent))).toEqual([7, 7, 7, 7]);
  });

  test('no samples have no percentile', () => {
    expect(exactPercentile([], 50)).toBeNull();
  });
});

describe('rolling percentiles', () => {
  test('nothing recorded reads as null', () => {
    expect(new RollingPercentiles().read(0)).toBeNull();
  });

  test.each([
    ['microseconds', 90_000],
    ['milliseconds', 4_000_000],
    ['seconds, beyond 32 bits of nanoseconds', 9_000_000_000],
  ])('in %s each lies within a thousandth of the exact one', (_scale, typicalNs) => {
    const durations = roundTrips(5000, typicalNs);
    const sorted = durations.toSorted((a, b) => a - b);
    const read = rolling(durations).read(0);
    for (const [name, percent] of Object.entries(PERCENTS) as Array<[keyof typeof PERCENTS, number]>) {
      const exact = exactPercentile(sorted, percent) as number;
      expect(Math.abs((read?.[name] ?? Number.NaN) - exact) / exact).toBeLessThanOrEqual(0.001);
    }
    expect(read).toMatchObject({ count: 5000, max: sorted.at(-1) });
  });

  test.each([1, 1001, 2 ** 20 + 1, 2 ** 32 + 12_345, 10e9 + 1])(
    'no percentile of the single value %d is above it',
    (value) => {
      expect(rolling([value]).read(0)).toEqual({
        count: 1,
        p50: value,
        p90: value,
        p99: value,
        p999: value,
        max: value,
      });
    },
  );

  test('a duration of 0 is recorded', () => {
    expect(rolling([0]).read(0)).toMatchObject({ count: 1, p50: 0, max: 0 });
  });

  test('what is recorded stays for the window and then leaves', () => {
    const percentiles = rolling([100], 0);
    expect(percentiles.read(6 * SLOT_NS - 1)?.count).toBe(1);
    expect(percentiles.read(6 * SLOT_NS)).toBeNull();
  });

  test('what is older than the window leaves slot by slot', () => {
    const percentiles = new RollingPercentiles(30e9, 6);
    for (let slot = 0; slot < 6; slot += 1) percentiles.record((slot + 1) * 1000, slot * SLOT_NS);
    const counts = Array.from({ length: 7 }, (_, later) => percentiles.read((5 + later) * SLOT_NS)?.count ?? 0);
    expect(counts).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });

  test('the maximum leaves with the slot that held it', () => {
    const percentiles = new RollingPercentiles(30e9, 6);
    percentiles.record(9_000_000, 0);
    percentiles.record(1000, SLOT_NS);
    expect(percentiles.read(5 * SLOT_NS)?.max).toBe(9_000_000);
    expect(percentiles.read(6 * SLOT_NS)).toEqual({ count: 1, p50: 1000, p90: 1000, p99: 1000, p999: 1000, max: 1000 });
  });

  test('a slot that is used again has forgotten its former values', () => {
    const percentiles = new RollingPercentiles(30e9, 6);
    percentiles.record(5000, 0);
    percentiles.record(1000, 6 * SLOT_NS);
    expect(percentiles.read(6 * SLOT_NS)).toMatchObject({ count: 1, max: 1000 });
  });

  test('a long silence empties the window, and it fills afresh', () => {
    const percentiles = rolling(roundTrips(100, 50_000), 0);
    expect(percentiles.read(1000 * SLOT_NS)).toBeNull();
    percentiles.record(2000, 1000 * SLOT_NS);
    expect(percentiles.read(1000 * SLOT_NS)).toMatchObject({ count: 1, p50: 2000 });
  });

  test('after many slots the window still agrees with the exact percentiles of what lies in it', () => {
    const percentiles = new RollingPercentiles(30e9, 6);
    const durations = roundTrips(4000, 80_000);
    // 100 in each slot: the window holds the last six slots' worth.
    durations.forEach((duration, i) => percentiles.record(duration, Math.floor(i / 100) * SLOT_NS));
    const held = durations.slice(-600).toSorted((a, b) => a - b);
    const read = percentiles.read(39 * SLOT_NS);
    expect(read).toMatchObject({ count: 600, max: held.at(-1) });
    const exact = exactPercentile(held, 50) as number;
    expect(Math.abs((read?.p50 ?? Number.NaN) - exact) / exact).toBeLessThanOrEqual(0.001);
  });
});
