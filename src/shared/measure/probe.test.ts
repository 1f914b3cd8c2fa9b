import { describe, expect, test } from 'vitest';
import type { Frame } from '../frame';
import type { ProbeSettings } from '../probe-settings';
import { Probe, type PingPath, type SendOutcome } from './probe';
import type { Outcome } from './outcome';

const MS = 1e6;
const SECOND = 1e9;
const SETTINGS: ProbeSettings = { ratePerSecond: 20, payloadBytes: 64, timeoutMs: 1000 };

/** What becomes of a ping: the delays of its pongs in nanoseconds, none when it is dropped, or a send that fails. */
type Fate = readonly number[] | Exclude<SendOutcome, 'sent'>;

interface LaboratoryOptions {
  settings?: Partial<ProbeSettings>;
  phase?: number;
  fate?: (sequence: number) => Fate;
}

/** A probe on a clock that only moves when told, over a path that delays, drops, doubles and refuses as told. */
function laboratory({ settings = {}, phase = 0, fate = () => [100_000] }: LaboratoryOptions = {}) {
  let nowNs = 0;
  const pongs: Array<{ atNs: number; frame: Frame }> = [];
  const sent: Array<{ sequence: number; atNs: number; payload: Uint8Array }> = [];
  let decide = fate;
  let hidden = false;
  const path: PingPath = {
    sendPing(sequence, payload) {
      const what = decide(sequence);
      if (typeof what === 'string') return what;
      sent.push({ sequence, atNs: nowNs, payload });
      for (const delayNs of what) pongs.push({ atNs: nowNs + delayNs, frame: { type: 'pong', sequence, payload } });
      return 'sent';
    },
  };
  const probe = new Probe({
    clock: () => nowNs,
    settings: { ...SETTINGS, ...settings },
    phase,
    isHidden: () => hidden,
  });
  const settled: number[] = [];
  probe.onSettled((sequence) => settled.push(sequence));
  /** Brings what has come by now, in order of arrival. */
  const deliver = () => {
    pongs.sort((a, b) => a.atNs - b.atNs);
    while (pongs[0] !== undefined && pongs[0].atNs <= nowNs) probe.receive((pongs.shift() as { frame: Frame }).frame);
  };
  return {
    probe,
    path,
    sent,
    settled,
    /** Moves the clock to `untilNs`, stopping whenever a ping is due or a pong comes, and at least every millisecond. */
    run(untilNs: number) {
      deliver();
      probe.tick();
      while (nowNs < untilNs) {
        const due = probe.nextDueNs > nowNs ? probe.nextDueNs : Number.POSITIVE_INFINITY;
        nowNs = Math.min(untilNs, nowNs + MS, due, ...pongs.map(({ atNs }) => atNs).filter((atNs) => atNs > nowNs));
        deliver();
        probe.tick();
      }
    },
    /** Moves the clock without a turn of the event loop: nothing is sent and nothing heard meanwhile. */
    stall(durationNs: number) {
      nowNs += durationNs;
    },
    tick: () => probe.tick(),
    receive: (sequence: number) => probe.receive({ type: 'pong', sequence, payload: new Uint8Array(0) }),
    setFate(next: (sequence: number) => Fate) {
      decide = next;
    },
    setHidden(next: boolean) {
      hidden = next;
    },
    samples: () => [...probe.log.range()],
    outcomes: (): Outcome[] => [...probe.log.range()].map(({ outcome }) => outcome),
    totals: () => probe.totals(0),
  };
}

describe('pacing', () => {
  test('pings are intended on a fixed grid', () => {
    const { probe, path, run, samples } = laboratory();
    probe.start(path);
    run(SECOND - 1);
    expect(samples().map(({ intendedNs }) => intendedNs)).toEqual(Array.from({ length: 20 }, (_, i) => i * 50 * MS));
  });

  test('the phase says where in the interval they are', () => {
    const { probe, path, run, samples } = laboratory({ phase: 0.25 });
    probe.start(path);
    run(100 * MS);
    expect(samples().map(({ intendedNs }) => intendedNs)).toEqual([12.5 * MS, 62.5 * MS]);
  });

  test('wherever it starts, they lie on the same grid', () => {
    const { probe, path, run, samples } = laboratory({ phase: 0.25 });
    run(120 * MS);
    probe.start(path);
    run(200 * MS);
    expect(samples().map(({ intendedNs }) => intendedNs)).toEqual([162.5 * MS]);
  });

  test('probes of near phases share an instant, so that one turn sends for both', () => {
    const due = [0.61, 0.64, 0.66].map((phase) => {
      const { probe, path } = laboratory({ phase });
      probe.start(path);
      return probe.nextDueNs;
    });
    expect(due).toEqual([30 * MS, 30 * MS, 32.5 * MS]);
  });

  test('the grid stays fixed at a rate that is no whole number of nanoseconds', () => {
    const { probe, path, run, samples } = laboratory({ settings: { ratePerSecond: 7 } });
    probe.start(path);
    run(10 * SECOND - 1);
    expect(samples().map(({ intendedNs }) => intendedNs)).toEqual(
      Array.from({ length: 70 }, (_, i) => Math.round((i * SECOND) / 7)),
    );
  });

  test('nothing is due before the start and after the stop', () => {
    const { probe, path, run } = laboratory();
    expect(probe.nextDueNs).toBe(Number.POSITIVE_INFINITY);
    probe.start(path);
    run(SECOND);
    probe.stop('skipped');
    expect(probe.nextDueNs).toBe(Number.POSITIVE_INFINITY);
    const before = probe.log.next;
    run(2 * SECOND);
    expect(probe.log.next).toBe(before);
  });

  test('a pong that is missing holds no later ping back', () => {
    const { probe, path, run, sent } = laboratory({ fate: () => [] });
    probe.start(path);
    run(SECOND - 1);
    expect(sent).toHaveLength(20);
  });

  test('every ping carries the payload size that is set', () => {
    const { probe, path, run, sent } = laboratory({ settings: { payloadBytes: 1234 } });
    probe.start(path);
    run(100 * MS);
    expect(sent.map(({ payload }) => payload.byteLength)).toEqual([1234, 1234, 1234]);
  });

  test('a new rate counts from when it was set', () => {
    const { probe, path, run, samples } = laboratory();
    probe.start(path);
    run(110 * MS);
    probe.configure({ ...SETTINGS, ratePerSecond: 100 });
    run(140 * MS - 1);
    expect(samples().map(({ intendedNs }) => intendedNs / MS)).toEqual([0, 50, 100, 110, 120, 130]);
  });

  test('a new payload size leaves the grid alone', () => {
    const { probe, path, run, samples } = laboratory();
    probe.start(path);
    run(110 * MS);
    probe.configure({ ...SETTINGS, payloadBytes: 5 });
    run(150 * MS);
    expect(samples().map(({ intendedNs, payloadBytes }) => [intendedNs / MS, payloadBytes])).toEqual([
      [0, 64],
      [50, 64],
      [100, 64],
      [150, 5],
    ]);
  });

  test('intended times never fall, whatever is changed on the way', () => {
    const { probe, path, run, samples, stall } = laboratory({ phase: 0.9 });
    probe.start(path);
    for (const ratePerSecond of [1000, 1, 333, 50, 1000]) {
      probe.configure({ ...SETTINGS, ratePerSecond });
      run(samples().length * MS + 200 * MS);
      stall(70 * MS);
    }
    const times = samples().map(({ intendedNs }) => intendedNs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('round trips', () => {
  test('a fixed delay is read back exactly', () => {
    const { probe, path, run, samples } = laboratory({ fate: () => [123_456] });
    probe.start(path);
    run(SECOND);
    expect(
      new Set(
        samples()
          .slice(0, -1)
          .map(({ rttNs }) => rttNs),
      ),
    ).toEqual(new Set([123_456]));
    expect(probe.stats(0).fromSent).toMatchObject({ p50: 123_456, max: 123_456 });
  });

  test('two delays are read back as the two percentiles that they are', () => {
    const slow = 20 * MS;
    const { probe, path, run } = laboratory({ fate: (sequence) => [sequence % 5 === 0 ? slow : 100_000] });
    probe.start(path);
    run(10 * SECOND);
    const { fromSent } = probe.stats(0);
    expect(fromSent?.p50).toBeCloseTo(100_000, -3);
    expect(fromSent?.p90).toBe(slow);
  });

  test('a stall of the sender shows from the intended time, not from the actual one', () => {
    const { probe, path, run, stall, tick, samples } = laboratory({ fate: () => [100_000] });
    probe.start(path);
    run(95 * MS);
    stall(105 * MS);
    tick();
    run(300 * MS);
    const stalled = samples().find(({ intendedNs }) => intendedNs === 100 * MS);
    expect(stalled).toMatchObject({ sentNs: 200 * MS, rttNs: 100_000 });
    expect(probe.stats(0).fromSent?.max).toBe(100_000);
    expect(probe.stats(0).fromIntended?.max).toBe(100 * MS + 100_000);
  });

  test('every ping that a stall delayed is sent afterwards, each with its own intended time', () => {
    const { probe, path, run, stall, samples } = laboratory();
    probe.start(path);
    run(1);
    stall(SECOND);
    run(2 * SECOND);
    expect(samples().map(({ intendedNs }) => intendedNs / MS)).toEqual(Array.from({ length: 41 }, (_, i) => i * 50));
    expect(probe.totals(0).skipped).toBe(0);
  });

  test('what a stall delayed does not go out in one burst', () => {
    const { probe, path, run, stall, tick, sent } = laboratory();
    probe.start(path);
    run(1);
    const before = sent.length;
    stall(5 * SECOND);
    tick();
    expect(sent.length - before).toBeLessThan(10);
  });

  test('pings that a very long stall left behind are skipped, not lost', () => {
    const { probe, path, run, stall, tick, totals, samples } = laboratory();
    probe.start(path);
    run(MS);
    stall(60 * SECOND);
    tick();
    // One was sent at 0; of the 1,200 that fell due from 50 ms to 60 s only the last is sent.
    expect(totals()).toMatchObject({ sent: 2, skipped: 1199, lost: 0 });
    expect(samples().at(-1)?.intendedNs).toBe(60 * SECOND);
  });

  test('what a very long stall left behind is in the figures from the intended send', () => {
    const { probe, path, run, stall } = laboratory();
    probe.start(path);
    run(0);
    stall(60 * SECOND);
    run(60 * SECOND);
    const { fromIntended, fromSent } = probe.stats(0);
    // Of those that were due in the last 30 s.
    expect(fromIntended?.count).toBeGreaterThanOrEqual(600);
    expect(fromIntended?.p50).toBeGreaterThan(14 * SECOND);
    expect(fromIntended?.max).toBeGreaterThan(29 * SECOND);
    expect(fromSent?.count).toBeLessThan(5);
  });

  test.each(['stop', 'configure'] as const)('at a %s nothing that was due goes uncounted', (what) => {
    const { probe, path, run, stall, totals } = laboratory();
    probe.start(path);
    run(0);
    stall(5 * SECOND);
    if (what === 'stop') probe.stop('skipped');
    else probe.configure({ ...SETTINGS, ratePerSecond: 10 });
    // Due at 50 ms, 100 ms … 5 s.
    expect(totals()).toMatchObject({ skipped: 100 + (what === 'stop' ? 1 : 0), lost: 0 });
  });

  test('whether the measured page was hidden is noted with each ping', () => {
    const { probe, path, run, setHidden, samples } = laboratory();
    probe.start(path);
    run(10 * MS);
    setHidden(true);
    run(60 * MS);
    expect(samples().map(({ hidden }) => hidden)).toEqual([false, true]);
  });

  test('answered pings of the last second are counted', () => {
    const { probe, path, run } = laboratory();
    probe.start(path);
    run(3 * SECOND - 1);
    expect(probe.stats(0).answeredPerSecond).toBe(20);
  });

  test('a frame that is no pong is left alone', () => {
    const { probe, path, run, totals } = laboratory({ fate: () => [] });
    probe.start(path);
    run(10 * MS);
    probe.receive({ type: 'ping', sequence: 0, payload: new Uint8Array(0) });
    expect(totals()).toMatchObject({ answered: 0, late: 0 });
  });
});

describe('losses', () => {
  test('a dropped ping is pending until the time limit and lost from then on', () => {
    const { probe, path, run, outcomes, totals } = laboratory({
      settings: { ratePerSecond: 1 },
      fate: (sequence) => (sequence === 0 ? [] : [1]),
    });
    probe.start(path);
    run(SECOND - 1);
    expect(outcomes()[0]).toBe('pending');
    run(SECOND);
    expect(outcomes()[0]).toBe('timeout');
    expect(totals()).toMatchObject({ lost: 1 });
  });

  test('the time limit counts from the actual send', () => {
    const { probe, path, run, stall, tick, outcomes } = laboratory({
      settings: { ratePerSecond: 1 },
      phase: 0.1,
      fate: () => [],
    });
    probe.start(path);
    stall(600 * MS);
    tick();
    run(1500 * MS);
    expect(outcomes()[0]).toBe('pending');
    run(1600 * MS);
    expect(outcomes()[0]).toBe('timeout');
  });

  test('a pong after the time limit counts as late and changes nothing', () => {
    const { probe, path, run, samples, totals } = laboratory({
      fate: (sequence) => (sequence === 0 ? [1500 * MS] : [1]),
    });
    probe.start(path);
    run(2 * SECOND);
    expect(samples()[0]).toMatchObject({ outcome: 'timeout', rttNs: Number.NaN });
    expect(totals()).toMatchObject({ late: 1, lost: 1 });
  });

  test('a second pong counts as a duplicate and changes nothing', () => {
    const { probe, path, run, samples, totals, settled } = laboratory({
      settings: { ratePerSecond: 1 },
      fate: () => [100, 5000],
    });
    probe.start(path);
    run(10 * MS);
    expect(samples()[0]?.rttNs).toBe(100);
    expect(totals()).toMatchObject({ answered: 1, duplicate: 1, late: 0 });
    expect(settled).toEqual([0]);
  });

  test('a pong that was overtaken counts as reordered and as answered', () => {
    const { probe, path, run, totals } = laboratory({ fate: (sequence) => [sequence === 0 ? 80 * MS : 1 * MS] });
    probe.start(path);
    run(90 * MS);
    expect(totals()).toMatchObject({ answered: 2, reordered: 1 });
  });

  test('a pong for a ping that was never made counts as late', () => {
    const { probe, path, run, receive, totals } = laboratory();
    probe.start(path);
    run(10 * MS);
    receive(4_000_000_000);
    expect(totals()).toMatchObject({ late: 1, answered: 1 });
  });

  test('a pong for a ping that was refused counts as late, not as an answer', () => {
    const { probe, path, run, receive, totals, outcomes } = laboratory({ fate: () => 'refused' });
    probe.start(path);
    run(10 * MS);
    receive(0);
    expect(totals()).toMatchObject({ late: 1, answered: 0, lost: 1, sent: 0 });
    expect(outcomes()).toEqual(['refused']);
  });

  test('a send that finds the channel closed is lost as peer-gone', () => {
    const { probe, path, run, outcomes, totals } = laboratory({ fate: () => 'closed' });
    probe.start(path);
    run(10 * MS);
    expect(outcomes()).toEqual(['peer-gone']);
    expect(totals()).toMatchObject({ sent: 0, lost: 1 });
  });

  test('a ping that was never sent has no sent time', () => {
    const { probe, path, run, samples } = laboratory({ fate: () => 'refused' });
    probe.start(path);
    run(10 * MS);
    expect(samples()[0]?.sentNs).toBeNaN();
  });

  test('losses do not enter the percentiles', () => {
    const { probe, path, run } = laboratory({ fate: (sequence) => (sequence % 2 === 0 ? [] : [1000]) });
    probe.start(path);
    run(5 * SECOND - 1);
    expect(probe.stats(0).fromSent).toMatchObject({ count: 50, max: 1000 });
  });

  test('frames rejected by the channel are passed on in the totals', () => {
    expect(laboratory().probe.totals(7).rejected).toBe(7);
  });
});

describe('a peer that hangs', () => {
  test('has at most 2,048 pings under way', () => {
    const { probe, path, run, sent, outcomes } = laboratory({
      settings: { ratePerSecond: 1000, timeoutMs: 10_000 },
      fate: () => [],
    });
    probe.start(path);
    run(3 * SECOND - 1);
    // One more goes out as a window probe when the window first fills.
    expect(sent).toHaveLength(2049);
    expect(outcomes().filter((outcome) => outcome === 'window-full')).toHaveLength(3000 - 2049);
  });

  test('has at most 4 MiB under way', () => {
    const { probe, path, run, sent } = laboratory({
      settings: { ratePerSecond: 1000, payloadBytes: 32 * 1024, timeoutMs: 10_000 },
      fate: () => [],
    });
    probe.start(path);
    run(SECOND - 1);
    const bytes = sent.reduce((sum, { payload }) => sum + payload.byteLength, 0);
    expect(bytes).toBe(4 * 1024 * 1024 + 32 * 1024);
  });

  test('loses the pings that a full window holds back', () => {
    const { probe, path, run, totals } = laboratory({
      settings: { ratePerSecond: 1000, timeoutMs: 10_000 },
      fate: () => [],
    });
    probe.start(path);
    run(3 * SECOND - 1);
    expect(totals()).toMatchObject({ sent: 2049, lost: 3000 - 2049 });
  });

  test('is measured again once it has answered what was under way', () => {
    const answers: number[] = [];
    const { probe, path, run, setFate, receive, outcomes } = laboratory({
      settings: { ratePerSecond: 1000, timeoutMs: 10_000 },
      fate: (sequence) => {
        answers.push(sequence);
        return [];
      },
    });
    probe.start(path);
    run(3 * SECOND - 1);
    setFate(() => [1000]);
    for (const sequence of answers) receive(sequence);
    const before = probe.log.next;
    run(4 * SECOND);
    expect(new Set(outcomes().slice(before, -1))).toEqual(new Set(['answered']));
  });

  test('is measured again after a transport lost everything that was under way', () => {
    const { probe, path, run, setFate, outcomes } = laboratory({
      settings: { ratePerSecond: 1000, timeoutMs: 500 },
      fate: () => [],
    });
    probe.start(path);
    run(5 * SECOND);
    expect(outcomes().at(-1)).toBe('window-full');
    setFate(() => [1000]);
    run(7 * SECOND);
    expect(outcomes().slice(-100, -1)).toEqual(Array.from({ length: 99 }, () => 'answered'));
  });

  test('sends one window probe in each time limit while its window is full', () => {
    const { probe, path, run, sent } = laboratory({
      settings: { ratePerSecond: 1000, timeoutMs: 500 },
      fate: () => [],
    });
    probe.start(path);
    run(4 * SECOND - 1);
    const windowProbes = sent.slice(2048);
    const gaps = windowProbes.slice(1).map(({ atNs }, i) => atNs - (windowProbes[i]?.atNs ?? Number.NaN));
    expect(windowProbes.length).toBeGreaterThan(2);
    for (const gap of gaps) expect(gap).toBe(500 * MS);
  });
});

describe('stop and start', () => {
  test('the death of the peer settles every ping under way as lost', () => {
    const { probe, path, run, outcomes, totals, settled } = laboratory({ fate: () => [] });
    probe.start(path);
    run(200 * MS);
    probe.stop('peer-gone');
    expect(outcomes()).toEqual(Array.from({ length: 5 }, () => 'peer-gone'));
    expect(totals()).toMatchObject({ lost: 5, skipped: 0 });
    expect(settled).toEqual([0, 1, 2, 3, 4]);
  });

  test('a close on purpose settles every ping under way as skipped, not lost', () => {
    const { probe, path, run, outcomes, totals } = laboratory({ fate: () => [] });
    probe.start(path);
    run(200 * MS);
    probe.stop('skipped');
    expect(new Set(outcomes())).toEqual(new Set(['skipped']));
    expect(totals()).toMatchObject({ lost: 0, skipped: 5 });
  });

  test('a stop leaves alone what was answered', () => {
    const { probe, path, run, outcomes } = laboratory({ fate: (sequence) => (sequence < 3 ? [1000] : []) });
    probe.start(path);
    run(200 * MS);
    probe.stop('peer-gone');
    expect(outcomes()).toEqual(['answered', 'answered', 'answered', 'peer-gone', 'peer-gone']);
  });

  test('a second stop settles nothing twice', () => {
    const { probe, path, run, totals, settled } = laboratory({ fate: () => [] });
    probe.start(path);
    run(100 * MS);
    probe.stop('peer-gone');
    probe.stop('skipped');
    expect(totals()).toMatchObject({ lost: 3, skipped: 0 });
    expect(settled).toHaveLength(3);
  });

  test('a pong that comes after the stop counts as late', () => {
    const { probe, path, run, receive, totals } = laboratory({ fate: () => [] });
    probe.start(path);
    run(10 * MS);
    probe.stop('peer-gone');
    receive(0);
    expect(totals()).toMatchObject({ late: 1, answered: 0 });
  });

  test('sequence numbers go on over a restart', () => {
    const { probe, path, run, sent } = laboratory();
    probe.start(path);
    run(110 * MS);
    probe.stop('peer-gone');
    probe.start(path);
    run(160 * MS);
    expect(sent.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
  });

  test('the percentiles and counts of before stay over a restart', () => {
    const { probe, path, run } = laboratory();
    probe.start(path);
    run(110 * MS);
    probe.stop('peer-gone');
    probe.start(path);
    run(160 * MS);
    expect(probe.stats(0).fromSent?.count).toBe(4);
    expect(probe.totals(0).answered).toBe(4);
  });

  test('a restart after a hang begins with an empty window', () => {
    const { probe, path, run, setFate, outcomes } = laboratory({
      settings: { ratePerSecond: 1000, timeoutMs: 10_000 },
      fate: () => [],
    });
    probe.start(path);
    run(3 * SECOND);
    probe.stop('peer-gone');
    setFate(() => [5 * MS]);
    const before = probe.log.next;
    probe.start(path);
    run(3 * SECOND + 100 * MS);
    expect(new Set(outcomes().slice(before, -6))).toEqual(new Set(['answered']));
  });

  test('it says whether it measures', () => {
    const { probe, path } = laboratory();
    expect(probe.measuring).toBe(false);
    probe.start(path);
    expect(probe.measuring).toBe(true);
    probe.stop('skipped');
    expect(probe.measuring).toBe(false);
  });
});
