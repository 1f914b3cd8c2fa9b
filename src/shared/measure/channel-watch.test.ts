import { describe, expect, test } from 'vitest';
import { ChannelWatch } from './channel-watch';
import type { Outcome } from './outcome';
import { SampleLog } from './sample-log';

const SECOND = 1e9;

/** A watch, and what happens to its channel: pings that are settled at a time. */
function watching() {
  const log = new SampleLog();
  let nowNs = 0;
  const watch = new ChannelWatch(log, () => nowNs);
  const settle = (intendedNs: number, settledNs: number, outcome: Exclude<Outcome, 'pending'> = 'answered') => {
    const sequence = log.append(intendedNs, 64, false);
    if (outcome !== 'refused') log.markSent(sequence, intendedNs);
    log.settle(sequence, outcome, outcome === 'answered' ? settledNs - intendedNs : Number.NaN);
    nowNs = settledNs;
    watch.settled(sequence);
  };
  return { watch, settle };
}

describe('what is kept of a channel', () => {
  test('is when the last pong came', () => {
    const { watch, settle } = watching();
    expect(watch.answeredNs).toBe(Number.NEGATIVE_INFINITY);
    settle(1000, 1500);
    settle(2000, 9000, 'timeout');
    expect(watch.answeredNs).toBe(1500);
  });

  test.each(['timeout', 'refused', 'window-full', 'peer-gone'] as const)('is a loss that ended as %s', (outcome) => {
    const { watch, settle } = watching();
    settle(1000, 2000, outcome);
    expect(watch.lossesFrom(0)).toEqual({ losses: [{ intendedNs: 1000, settledNs: 2000 }], next: 1 });
    expect(watch.lossesFrom(1)).toEqual({ losses: [], next: 1 });
  });

  test('is no ping that was answered or withdrawn', () => {
    const { watch, settle } = watching();
    settle(1000, 2000);
    settle(1000, 2000, 'skipped');
    expect(watch.lossesFrom(0)).toEqual({ losses: [], next: 0 });
  });

  test('are not all losses for ever, and their numbers stay the same', () => {
    const { watch, settle } = watching();
    for (let i = 0; i < 5000; i += 1) settle(i * 1e8, i * 1e8, 'refused');
    const { losses, next } = watch.lossesFrom(0);
    expect(next).toBe(5000);
    expect(losses.length).toBeLessThan(2000);
    expect(watch.lossesFrom(4999).losses).toEqual([{ intendedNs: 4999e8, settledNs: 4999e8 }]);
  });
});

describe('a loss is of its own process', () => {
  const lost = (intendedNs: number, settledNs: number) => ({ intendedNs, settledNs });

  test('from the last sign of life until it is answered again', () => {
    const { watch, settle } = watching();
    const trouble = watch.trouble(10 * SECOND);
    settle(13 * SECOND, 14 * SECOND);
    expect(trouble).toEqual({ fromNs: 10 * SECOND, untilNs: 14 * SECOND });
    expect(watch.isOwn(lost(9 * SECOND, 9.5 * SECOND))).toBe(false);
    // Under way when it went silent.
    expect(watch.isOwn(lost(9 * SECOND, 10 * SECOND))).toBe(true);
    expect(watch.isOwn(lost(12 * SECOND, 12 * SECOND))).toBe(true);
    expect(watch.isOwn(lost(13.5 * SECOND, 15 * SECOND))).toBe(true);
    expect(watch.isOwn(lost(14 * SECOND, 15 * SECOND))).toBe(false);
  });

  test('for as long as it is not answered', () => {
    const { watch, settle } = watching();
    watch.trouble(10 * SECOND);
    settle(90 * SECOND, 91 * SECOND, 'timeout');
    expect(watch.isOwn(lost(99 * SECOND, 100 * SECOND))).toBe(true);
    expect(watch.hadTrouble(99 * SECOND, 100 * SECOND)).toBe(true);
    expect(watch.hadTrouble(5 * SECOND, 10 * SECOND)).toBe(false);
  });

  test('throughout a hang that ends in a death', () => {
    const { watch } = watching();
    expect(watch.trouble(10 * SECOND)).toBe(watch.trouble(15 * SECOND));
    expect(watch.troubles).toBe(1);
  });
});
