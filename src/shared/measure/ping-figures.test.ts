import { expect, test } from 'vitest';
import { PingFigures } from './ping-figures';
import { SampleLog } from './sample-log';

const MS = 1e6;

function figures() {
  const log = new SampleLog();
  let nowNs = 0;
  const made = new PingFigures(log, () => nowNs);
  return {
    figures: made,
    answered(intendedNs: number, sentNs: number, rttNs: number) {
      const sequence = log.append(intendedNs, 0, false);
      log.markSent(sequence, sentNs);
      made.sent();
      log.settle(sequence, 'answered', rttNs);
      made.settled(sequence);
    },
    ended(outcome: 'timeout' | 'refused' | 'window-full' | 'peer-gone' | 'skipped') {
      const sequence = log.append(nowNs, 0, false);
      log.settle(sequence, outcome, Number.NaN);
      made.settled(sequence);
    },
    setNow: (next: number) => (nowNs = next),
  };
}

test('what is heard late counts for the time at which it was answered', () => {
  const { figures: made, answered, setNow } = figures();
  answered(0, 2 * MS, 3 * MS);
  answered(900 * MS, 900 * MS, 1 * MS);
  setNow(1500 * MS);
  expect(made.stats(0)).toMatchObject({
    answeredPerSecond: 1,
    fromSent: { count: 2, max: 3 * MS },
    fromIntended: { count: 2, max: 5 * MS },
    totals: { sent: 2, answered: 2 },
  });
  expect(made.recentP50Ns).toBeCloseTo(1 * MS, -4);
});

test('every end of a ping is counted as what it is', () => {
  const { figures: made, ended } = figures();
  for (const outcome of ['timeout', 'refused', 'window-full', 'peer-gone', 'skipped'] as const) ended(outcome);
  for (const pong of ['late', 'late', 'duplicate', 'reordered'] as const) made.counted(pong);
  expect(made.totals(3)).toEqual({
    sent: 0,
    answered: 0,
    lost: 4,
    skipped: 1,
    late: 2,
    duplicate: 1,
    reordered: 1,
    rejected: 3,
  });
});

test('pings that were missed have waited from when each was due', () => {
  const { figures: made, setNow } = figures();
  made.missed(3, 100 * MS, 50 * MS, 300 * MS);
  setNow(300 * MS);
  expect(made.stats(0)).toMatchObject({
    fromSent: null,
    fromIntended: { count: 3, max: 200 * MS },
    totals: { skipped: 3, lost: 0 },
  });
});

test('a sample that its log has let go is passed over', () => {
  const { figures: made } = figures();
  made.settled(7);
  expect(made.totals(0)).toMatchObject({ answered: 0, lost: 0 });
});
