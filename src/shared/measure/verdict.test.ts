import { describe, expect, test } from 'vitest';
import { SampleLog, type Outcome } from './sample-log';
import { firstAnsweredAfter, INCIDENT_WINDOW_NS, survivorVerdict } from './verdict';

const MS = 1e6;
const SECOND = 1e9;
const TIMEOUT = 1 * SECOND;
/** The incident. */
const AT = 100 * SECOND;

interface Ping {
  atNs: number;
  rttNs?: number;
  outcome?: Exclude<Outcome, 'pending'> | 'pending';
}

function logOf(pings: readonly Ping[]): SampleLog {
  const log = new SampleLog();
  for (const { atNs, rttNs = 100_000, outcome = 'answered' } of pings) {
    const sequence = log.append(atNs, 64, false);
    if (outcome === 'pending') {
      log.markSent(sequence, atNs);
      continue;
    }
    if (outcome !== 'refused' && outcome !== 'window-full') log.markSent(sequence, atNs);
    log.settle(sequence, outcome, outcome === 'answered' ? rttNs : Number.NaN);
  }
  return log;
}

/** Pings every 100 ms from `fromNs` to before `toNs`. */
function every100Ms(fromNs: number, toNs: number, ping: Partial<Ping> = {}): Ping[] {
  return Array.from({ length: Math.ceil((toNs - fromNs) / (100 * MS)) }, (_, i) => ({
    atNs: fromNs + i * 100 * MS,
    ...ping,
  }));
}

const verdict = (pings: readonly Ping[], untilNs: number | null = null) =>
  survivorVerdict('c', logOf(pings), AT, untilNs, TIMEOUT);

describe('the verdict on a survivor', () => {
  test('counts what was answered in the five seconds before and after', () => {
    expect(INCIDENT_WINDOW_NS).toBe(5 * SECOND);
    expect(verdict(every100Ms(AT - 20 * SECOND, AT + 20 * SECOND))).toMatchObject({
      channelId: 'c',
      answeredBefore: 50,
      answeredAfter: 50,
      lost: 0,
    });
  });

  test('counts a ping that was due at the very moment to the time after', () => {
    expect(verdict([{ atNs: AT }])).toMatchObject({ answeredBefore: 0, answeredAfter: 1 });
  });

  test('takes the percentiles of each side from its own round trips', () => {
    expect(
      verdict([
        ...every100Ms(AT - 5 * SECOND, AT, { rttNs: 1000 }),
        ...every100Ms(AT, AT + 5 * SECOND, { rttNs: 9000 }),
      ]),
    ).toMatchObject({
      p50BeforeNs: 1000,
      p99BeforeNs: 1000,
      p50AfterNs: 9000,
      p99AfterNs: 9000,
    });
  });

  test('has no percentiles for a side without an answer', () => {
    expect(verdict(every100Ms(AT - SECOND, AT))).toMatchObject({
      answeredAfter: 0,
      p50AfterNs: null,
      p99AfterNs: null,
    });
  });

  test('says nothing was lost and nothing measured of an empty log', () => {
    expect(verdict([])).toEqual({
      channelId: 'c',
      answeredBefore: 0,
      answeredAfter: 0,
      lost: 0,
      p50BeforeNs: null,
      p50AfterNs: null,
      p99BeforeNs: null,
      p99AfterNs: null,
    });
  });

  test.each(['timeout', 'refused', 'window-full', 'peer-gone'] as const)(
    'counts a ping that ended as %s as lost',
    (outcome) => {
      expect(verdict([{ atNs: AT + SECOND, outcome }]).lost).toBe(1);
    },
  );

  test.each(['skipped', 'pending'] as const)('does not count a %s ping as lost', (outcome) => {
    expect(verdict([{ atNs: AT + SECOND, outcome }])).toMatchObject({ lost: 0, answeredAfter: 0 });
  });

  test('counts losses from one time limit before: those pings were under way when it happened', () => {
    const losses: Ping[] = [
      { atNs: AT - TIMEOUT - 1, outcome: 'timeout' },
      { atNs: AT - TIMEOUT, outcome: 'timeout' },
      { atNs: AT - 1, outcome: 'timeout' },
    ];
    expect(verdict(losses).lost).toBe(2);
  });

  test('counts losses up to the end of the window and no further', () => {
    const losses: Ping[] = [
      { atNs: AT + INCIDENT_WINDOW_NS - 1, outcome: 'timeout' },
      { atNs: AT + INCIDENT_WINDOW_NS, outcome: 'timeout' },
    ];
    expect(verdict(losses).lost).toBe(1);
  });

  test('does not blame the incident for what a survivor loses by its own death', () => {
    const ownDeath = AT + 3 * SECOND;
    const pings: Ping[] = [
      ...every100Ms(AT - 5 * SECOND, ownDeath - TIMEOUT),
      ...every100Ms(ownDeath - TIMEOUT, ownDeath, { outcome: 'peer-gone' }),
    ];
    expect(verdict(pings, ownDeath)).toMatchObject({ lost: 0, answeredAfter: 20 });
    expect(verdict(pings).lost).toBe(10);
  });

  test('has no time after when the survivor died within a time limit of the incident', () => {
    const pings: Ping[] = [...every100Ms(AT - SECOND, AT), ...every100Ms(AT, AT + 500 * MS, { outcome: 'peer-gone' })];
    expect(verdict(pings, AT + 500 * MS)).toMatchObject({ answeredBefore: 10, answeredAfter: 0, lost: 0 });
  });

  test('is not stretched by a death of the survivor after the window', () => {
    expect(verdict(every100Ms(AT, AT + 20 * SECOND), AT + 19 * SECOND).answeredAfter).toBe(50);
  });
});

describe('measured again', () => {
  test('is when the first ping after the incident was answered', () => {
    const log = logOf([
      { atNs: AT - SECOND },
      { atNs: AT + 2 * SECOND, rttNs: 5000 },
      { atNs: AT + 3 * SECOND, rttNs: 1 },
    ]);
    expect(firstAnsweredAfter(log, AT)).toBe(AT + 2 * SECOND + 5000);
  });

  test('does not take a lost ping for an answer', () => {
    const log = logOf([
      { atNs: AT + 1, outcome: 'peer-gone' },
      { atNs: AT + 2, rttNs: 10 },
    ]);
    expect(firstAnsweredAfter(log, AT)).toBe(AT + 12);
  });

  test('does not take an answer to an earlier ping for a life after', () => {
    expect(firstAnsweredAfter(logOf([{ atNs: AT - 1, rttNs: 1000 }]), AT)).toBeNull();
  });

  test('does not take a ping that was sent at the very moment for one after', () => {
    expect(firstAnsweredAfter(logOf([{ atNs: AT }]), AT)).toBeNull();
  });

  test('is null while nothing was answered', () => {
    expect(firstAnsweredAfter(logOf([{ atNs: AT + 1, outcome: 'pending' }]), AT)).toBeNull();
  });
});
