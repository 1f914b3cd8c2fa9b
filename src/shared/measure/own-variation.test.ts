import { describe, expect, test } from 'vitest';
import { type ChannelChanges, median, ownVariation } from './own-variation';
import type { Change } from './window-figures';

/** The same numbers every time, from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

/** Changes between windows whose figures have a heavy tail, as p99 has: once in a while ten times the usual. */
function channelsWith(count: number, pairs: number, random: () => number): ChannelChanges[] {
  return Array.from({ length: count }, () => {
    const windows = Array.from({ length: pairs + 3 }, () => 100_000 + 20_000 / random());
    const changeAt = (i: number): Change => {
      const ns = (windows[i + 1] as number) - (windows[i] as number);
      return { p50Ns: ns, p99Ns: ns };
    };
    return {
      change: changeAt(pairs + 1),
      quiet: new Map(Array.from({ length: pairs }, (_, i) => [i, changeAt(i)] as const)),
    };
  });
}

const exceeds = (channels: readonly ChannelChanges[]) => {
  const { limitsNs } = ownVariation(channels, 'p50Ns');
  return channels.some(({ change }, i) => change.p50Ns > (limitsNs[i] as number));
};

function shareOfAlarms(channels: number, pairs: number): number {
  const random = randomFrom(channels * 1000 + pairs);
  const trials = 400;
  let alarms = 0;
  for (let i = 0; i < trials; i += 1) if (exceeds(channelsWith(channels, pairs, random))) alarms += 1;
  return alarms / trials;
}

const only = (change: number, ...quiet: number[]): ChannelChanges => ({
  change: { p50Ns: change, p99Ns: change },
  quiet: new Map(quiet.map((ns, i) => [i, { p50Ns: ns, p99Ns: ns }])),
});

describe('how much a channel varies by itself', () => {
  test('is its largest change without an incident, up or down, when there are few', () => {
    const { limitsNs, comparisons } = ownVariation([only(0, 5000, -9000, 3000, 2000)], 'p50Ns');
    expect(limitsNs).toEqual([9000]);
    expect(comparisons).toBe(4);
  });

  test('is held in its own measure: what is usual on one channel is much on another', () => {
    const restless = only(90_000, 60_000, -50_000, 55_000, -100_000);
    const calm = only(9000, 1000, -1100, 1200, -1000);
    const { limitsNs } = ownVariation([restless, calm], 'p50Ns');
    expect(restless.change.p50Ns).toBeLessThan(limitsNs[0] as number);
    expect(calm.change.p50Ns).toBeGreaterThan(limitsNs[1] as number);
  });

  test('is never said to be nothing', () => {
    expect(ownVariation([only(0, 0, 1, 0, -1)], 'p50Ns').limitsNs[0]).toBeGreaterThan(0);
  });

  test('of nobody is nothing', () => {
    expect(ownVariation([], 'p50Ns')).toEqual({ limitsNs: [], comparisons: 0 });
  });

  // Without looking at all channels at once it would be more than half of the incidents.
  test.each([
    [1, 19, 0.07],
    [8, 19, 0.07],
    [32, 19, 0.07],
    [8, 59, 0.04],
    [32, 59, 0.04],
  ])('%i channels and %i comparisons: chance alone seldom makes a change', (channels, pairs, atMost) => {
    expect(shareOfAlarms(channels, pairs)).toBeLessThanOrEqual(atMost);
  });

  test('a rise to the double on one of eight channels is found', () => {
    const random = randomFrom(7);
    let found = 0;
    for (let i = 0; i < 200; i += 1) {
      // A median over a hundred pings varies by a few per cent.
      const channels = channelsWith(8, 20, () => 0.5 + random() / 10);
      const [first] = channels as [ChannelChanges];
      first.change.p50Ns += 140_000;
      if (exceeds(channels)) found += 1;
    }
    expect(found).toBe(200);
  });
});

test('the median of an even number is the mean of the two in the middle', () => {
  expect([median([3]), median([4, 1]), median([9, 1, 5])]).toEqual([3, 2.5, 5]);
});
