import { expect, test } from 'vitest';
import type { AnatomyView, PingChoice } from '../shared/anatomy-view';
import { SampleLog } from '../shared/measure/sample-log';
import { readAnatomy } from './anatomy';

const MS = 1e6;
/** A ping every 10 ms; the tenth of every ten takes 500 µs instead of 100, and waits for the peer; one is lost. */
function log(count = 1000, stages = true): SampleLog {
  const made = new SampleLog();
  for (let i = 0; i < count; i += 1) {
    const sequence = made.append(i * 10 * MS, 64, false);
    const sent = i * 10 * MS + 1000;
    made.markSent(sequence, sent);
    const rtt = i % 10 === 9 ? 500_000 : 100_000 + i;
    made.settle(sequence, i === 500 ? 'timeout' : 'answered', i === 500 ? Number.NaN : rtt);
    if (!stages) continue;
    made.stamp(sequence, 'wroteNs', sent + 10_000);
    made.stamp(sequence, 'peerTookNs', sent + rtt - 60_000);
    made.stamp(sequence, 'peerAnsweredNs', sent + rtt - 50_000);
  }
  return made;
}

function read(
  choice: PingChoice | null,
  { samples = log(), stretch = null as { fromNs: number; toNs: number } | null } = {},
): AnatomyView {
  const outcome = readAnatomy(
    [{ id: 'plugin:echo/fifo', probe: { log: samples } }],
    10_000 * MS,
    'plugin:echo/fifo',
    stretch,
    choice,
  );
  if (!outcome.ok) throw new Error('refused');
  return outcome.view;
}

test('stages of typical and slow pings add up to their round trips, and the tail waits for the peer', () => {
  const { anatomies, answered, staged } = read(null);
  expect([answered, staged]).toEqual([999, 999]);
  for (const anatomy of Object.values(anatomies))
    expect(anatomy.stages.reduce((sum, { ns }) => sum + ns, 0)).toBeCloseTo(anatomy.rttNs);
  expect(anatomies.p50?.stages.find(({ id }) => id === 'wrote-peerTook')?.share).toBeLessThan(0.4);
  expect(anatomies.p99?.stages.find(({ id }) => id === 'wrote-peerTook')?.share).toBeGreaterThan(0.8);
});

test('of a stretch of time: its pings alone', () => {
  const { answered, fromNs, toNs } = read(null, { stretch: { fromNs: 1000 * MS, toNs: 1100 * MS } });
  expect([answered, fromNs, toNs]).toEqual([10, 1000 * MS, 1100 * MS]);
});

test('without stamps there are pings, and no stages of them', () => {
  const { answered, staged, anatomies, ping } = read({ kind: 'slowest' }, { samples: log(100, false) });
  expect([answered, staged, anatomies]).toEqual([100, 0, {}]);
  expect(ping).toEqual({ sequence: 9, intendedNs: 90 * MS, rttNs: 501_000, anatomy: null });
});

test.each([
  [
    'nearest to a point of the chart',
    { kind: 'near', atNs: 505 * MS, withinNs: 50 * MS, rttNs: 480_000, timing: 'sent' },
    49,
  ],
  [
    'of those, one like the others',
    { kind: 'near', atNs: 505 * MS, withinNs: 50 * MS, rttNs: 100_052, timing: 'sent' },
    52,
  ],
  ['the slowest', { kind: 'slowest' }, 9],
  ['this one', { kind: 'this', sequence: 7 }, 7],
  ['this one, which was lost', { kind: 'this', sequence: 500 }, null],
  ['the one before', { kind: 'before', sequence: 7 }, 6],
  ['the one after, past a lost one', { kind: 'after', sequence: 499 }, 501],
  ['before the first', { kind: 'before', sequence: 0 }, 0],
  ['one that is not there', { kind: 'this', sequence: 99_999 }, null],
] as const)('the ping: %s', (_which, choice, sequence) => {
  expect(read(choice).ping?.sequence ?? null).toBe(sequence);
});

test('a channel that nobody knows is refused with words', () => {
  expect(readAnatomy([], 0, 'plugin:none/fifo', null, null)).toMatchObject({
    ok: false,
    message: { code: 'channel.unknown' },
  });
});
