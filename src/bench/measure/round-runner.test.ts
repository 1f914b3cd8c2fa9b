import { describe, expect, test } from 'vitest';
import { correctedTimes, countLost, type Round, sortedTimes } from '../../shared/bench/round-samples';
import { type Summary, summarize } from '../../shared/bench/statistics';
import { type Outcome, outcomeCode } from '../../shared/measure/outcome';
import { type Fate, Simulation } from './simulation';
import { RoundRunner, type RoundSettings } from './round-runner';

/** The engine as it runs in the pinger, in a simulation where every delay is known. */

const closed = {
  mode: { kind: 'closed' },
  cycles: 1000,
  warmup: 0,
  sizeBytes: 64,
  timeoutMs: 2000,
} as const satisfies RoundSettings;
const open = {
  ...closed,
  mode: { kind: 'open', ratePerSecond: 1000 },
  cycles: 10_000,
} as const satisfies RoundSettings;

function measure(simulation: Simulation, settings: RoundSettings): Promise<Round> {
  return simulation.until(new RoundRunner(simulation.path, settings, simulation.timing).run());
}

function figures({ samples }: Round, from: 'sent' | 'intended') {
  const summary = summarize(sortedTimes([samples], from));
  if (summary === null) throw new Error('nothing was answered');
  return summary;
}

test.each([closed, open])('a fixed delay reads back as it is ($mode.kind)', async (settings) => {
  const round = await measure(new Simulation(() => [123_456]), settings);
  expect(round.samples.outcome).toHaveLength(settings.cycles);
  expect(figures(round, 'sent')).toEqual({
    min: 123_456,
    p50: 123_456,
    p90: 123_456,
    p99: 123_456,
    p99_9: 123_456,
    max: 123_456,
    mean: 123_456,
    stdev: 0,
  });
  expect(countLost(round.samples)).toBe(0);
  expect(round.endedEarly).toBeNull();
});

test.each([closed, open])('a round says when it began, after its warm-up ($mode.kind)', async (settings) => {
  const simulation = new Simulation(() => [123_456]);
  const beforeNs = simulation.nowNs;
  const { beganNs, endedNs } = await measure(simulation, { ...settings, cycles: 10, warmup: 5 });
  expect(beganNs).toBeGreaterThanOrEqual(beforeNs + 5 * 123_456);
  expect(beganNs + endedNs).toBe(simulation.nowNs);
});

test('paced on time, corrected and uncorrected are the same', async () => {
  const round = await measure(new Simulation(() => [50_000]), open);
  expect(figures(round, 'intended').max).toBe(50_000);
});

test.each([closed, open])('two modes stay two modes ($mode.kind)', async (settings) => {
  const round = await measure(new Simulation((sequence) => [sequence % 10 < 7 ? 10_000 : 400_000]), settings);
  const { min, p50, p90, max, mean } = figures(round, 'sent');
  expect({ min, p50, p90, max }).toEqual({ min: 10_000, p50: 10_000, p90: 400_000, max: 400_000 });
  expect(mean).toBeCloseTo(0.7 * 10_000 + 0.3 * 400_000, 6);
});

test('a stall of one second of the sender shows in the corrected percentiles and not in the uncorrected ones', async () => {
  const simulation = new Simulation(() => [100_000]);
  simulation.stallAt(simulation.nowNs + 3e9, 1e9);
  const round = await measure(simulation, open);
  expect(countLost(round.samples)).toBe(0);
  const uncorrected = figures(round, 'sent');
  // At most the one that was under way.
  expect(uncorrected.p99_9).toBe(100_000);
  const corrected = figures(round, 'intended');
  expect(corrected.p50).toBe(100_000);
  // A tenth of the ten seconds' pings was due in that second: the last percent of all of them waited longest.
  expect(corrected.p99).toBeGreaterThan(850e6);
  expect(corrected.max).toBeGreaterThan(990e6);
});

test('a closed loop hides the same stall: one sample of thousands has it', async () => {
  const simulation = new Simulation(() => [100_000]);
  simulation.stallAt(simulation.nowNs + 50e6, 1e9);
  const round = await measure(simulation, { ...closed, cycles: 5000 });
  const { p99_9, max } = figures(round, 'sent');
  expect(p99_9).toBe(100_000);
  expect(max).toBeGreaterThanOrEqual(1e9);
});

test.each([closed, open])('a dropped pong is lost, and the others are measured ($mode.kind)', async (settings) => {
  const round = await measure(new Simulation((sequence) => (sequence % 500 === 3 ? [] : [10_000])), settings);
  expect(countLost(round.samples)).toBe(settings.cycles / 500);
  expect(figures(round, 'sent').max).toBe(10_000);
});

test.each([closed, open])('a duplicated pong is counted as such, and measured once ($mode.kind)', async (settings) => {
  const round = await measure(
    new Simulation((sequence) => (sequence === 7 || sequence === 9 ? [10_000, 15_000] : [10_000])),
    settings,
  );
  expect(round.counts).toMatchObject({ duplicate: 2, late: 0 });
  expect(figures(round, 'sent').max).toBe(10_000);
});

test('a reordered pong is counted as such', async () => {
  const round = await measure(new Simulation((sequence) => (sequence === 100 ? [2_500_000] : [10_000])), open);
  expect(round.counts).toMatchObject({ reordered: 1, duplicate: 0, late: 0 });
  expect(countLost(round.samples)).toBe(0);
});

test.each([closed, open])('a pong after the time limit is late and its ping lost ($mode.kind)', async (settings) => {
  const round = await measure(new Simulation((sequence) => (sequence === 5 ? [127e6] : [10_000])), {
    ...settings,
    timeoutMs: 100,
  });
  expect(countLost(round.samples)).toBe(1);
  expect(round.counts.late).toBe(1);
  expect(figures(round, 'sent').max).toBe(10_000);
});

test.each([closed, open])('a refused ping is lost and has no time ($mode.kind)', async (settings) => {
  const round = await measure(new Simulation((sequence): Fate => (sequence === 5 ? 'refused' : [10_000])), settings);
  expect(countLost(round.samples)).toBe(1);
  expect(round.samples.sentNs[5]).toBeNaN();
});

test('percentiles equal an exact computation on the same delays', async () => {
  const delays = Array.from({ length: 997 }, (_, i) => 1000 + ((i * 7919) % 997) * 37);
  const round = await measure(new Simulation((sequence) => [delays[sequence] as number]), {
    ...closed,
    cycles: delays.length,
  });
  const sorted = delays.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
  expect(figures(round, 'sent')).toMatchObject({
    min: sorted[0],
    p50: rank(0.5),
    p90: rank(0.9),
    p99: rank(0.99),
    p99_9: rank(0.999),
    max: sorted.at(-1),
  });
});

test('the warm-up is not in the figures, nor are its sequence numbers', async () => {
  const simulation = new Simulation((sequence) => [sequence >= 0x8000_0000 ? 5e6 : 10_000]);
  const round = await measure(simulation, { ...closed, warmup: 20 });
  expect(simulation.sentSequences).toHaveLength(1020);
  expect(figures(round, 'sent').max).toBe(10_000);
});

test('a slow open loop is warmed up with as many pings of its own, at a brisk rate and for a second at most', async () => {
  const slow = { ...open, mode: { kind: 'open', ratePerSecond: 20 }, cycles: 10 } as const;
  const paced = async (rttNs: number, warmup: number) => {
    const simulation = new Simulation(() => [rttNs]);
    const { beganNs } = await measure(simulation, { ...slow, warmup });
    const sent = simulation.sentSequences.filter((sequence) => sequence >= 0xc000_0000).length;
    return { sent, seconds: (beganNs - 1e9) / 1e9 - (warmup * rttNs) / 1e9 };
  };
  const brisk = await paced(10_000, 1000);
  expect(brisk.sent).toBe(1000);
  // At 5,000 a second.
  expect(brisk.seconds).toBeCloseTo(0.2, 2);
  const long = await paced(10e6, 1000);
  // Every other round trip is a pause.
  expect(long.sent).toBe(50);
  expect(long.seconds).toBeCloseTo(1, 1);
});

test('a warm-up that nobody answers is an error', async () => {
  await expect(measure(new Simulation(() => []), { ...closed, warmup: 20 })).rejects.toThrow(
    'The warm-up was not answered',
  );
});

test('a peer that falls silent is given up', async () => {
  const round = await measure(new Simulation((sequence) => (sequence < 100 ? [10_000] : [])), closed);
  expect(round.endedEarly).toMatch(/in a row were not answered/);
  expect(countLost(round.samples)).toBe(5);
  expect(round.samples.outcome).toHaveLength(105);
});

test.each([closed, open])(
  'stopped, it gives what was measured, and the ping under way is no loss ($mode.kind)',
  async (settings) => {
    const simulation = new Simulation(() => [100_000]);
    const runner = new RoundRunner(simulation.path, settings, simulation.timing);
    simulation.at(simulation.nowNs + 30e6, () => runner.stop({ reason: 'It was interrupted.', broken: false }));
    const round = await simulation.until(runner.run());
    expect(round.endedEarly).toBe('It was interrupted.');
    expect(round.samples.outcome.length).toBeGreaterThan(10);
    expect(round.samples.outcome.length).toBeLessThan(settings.cycles);
    expect(countLost(round.samples)).toBe(0);
  },
);

test('a channel that breaks ends the round', async () => {
  const simulation = new Simulation(() => [100_000]);
  simulation.at(simulation.nowNs + 30e6, () => simulation.closePath('the peer is gone'));
  const round = await measure(simulation, closed);
  expect(round.endedEarly).toBe('The channel broke: the peer is gone.');
});

const SECOND = 1e9;

/** Pings that ended so. */
function countOf({ samples }: Round, outcome: Outcome): number {
  return samples.outcome.filter((code) => code === outcomeCode[outcome]).length;
}

/** As the result has them, from the intended send. */
function corrected(round: Round, timeoutMs: number) {
  const { sorted, atLeastFromNs } = correctedTimes([round], timeoutMs * 1e6);
  return { ...(summarize(sorted) as Summary), count: sorted.length, atLeastFromNs };
}

test('a path of 5 ms carries 10,000 pings per second: each is sent when it is due', async () => {
  const simulation = new Simulation(() => [5e6]);
  const round = await measure(simulation, { ...open, mode: { kind: 'open', ratePerSecond: 10_000 }, cycles: 20_000 });
  expect(countOf(round, 'answered')).toBe(20_000);
  expect(round.endedNs).toBeLessThan(2.1 * SECOND);
  // A timer is late by up to a millisecond.
  expect(corrected(round, 2000).max).toBeLessThanOrEqual(6e6);
});

test('beyond what a path carries a round ends in time, and every ping that was due is accounted for', async () => {
  const simulation = new Simulation(() => [10_000]);
  // 200 per second, and 2,000 are asked for.
  simulation.sendTakesNs = 5e6;
  const round = await measure(simulation, { ...open, mode: { kind: 'open', ratePerSecond: 2000 }, cycles: 28_000 });
  // 14 s and one time limit; a turn's sends may be under way then.
  expect(round.endedNs).toBeLessThan(16.03 * SECOND);
  expect(round.samples.outcome).toHaveLength(28_000);
  const [answered, skipped] = [countOf(round, 'answered'), countOf(round, 'skipped')];
  expect(answered + skipped).toBe(28_000);
  expect(answered).toBeLessThan(3100);
  expect(round).toMatchObject({ unsent: 0, endedEarly: null });
});

test('beyond what a path carries the corrected figures are of every ping that was due, as lower bounds', async () => {
  const simulation = new Simulation(() => [10_000]);
  simulation.sendTakesNs = 5e6;
  const round = await measure(simulation, { ...open, mode: { kind: 'open', ratePerSecond: 2000 }, cycles: 28_000 });
  const { count, p50, max, atLeastFromNs } = corrected(round, 2000);
  expect(count).toBe(28_000);
  // Due in the middle of 14 s, and not sent at their end.
  expect(p50).toBeGreaterThan(7 * SECOND);
  // The last ones that were sent were due after 1.4 s, and sent when 14 s were over.
  expect(max).toBeGreaterThan(13 * SECOND);
  expect(atLeastFromNs).toBeLessThanOrEqual(p50);
});

test('a peer that answers too slowly: what its window holds back is in the corrected figures', async () => {
  // One thread that needs 1 ms for each answer, and is asked 5,000 times per second.
  let freeNs = 0;
  const simulation = new Simulation((_, nowNs) => {
    freeNs = Math.max(freeNs, nowNs) + 1e6;
    return [freeNs - nowNs];
  });
  const round = await measure(simulation, { ...open, mode: { kind: 'open', ratePerSecond: 5000 }, cycles: 50_000 });
  expect(round.endedNs).toBeLessThan(12.01 * SECOND);
  expect(round.samples.outcome).toHaveLength(50_000);
  expect(countOf(round, 'window-full')).toBeGreaterThan(10_000);
  expect(corrected(round, 2000)).toMatchObject({ count: 50_000 });
  expect(corrected(round, 2000).p50).toBeGreaterThan(2 * SECOND);
});

test('a hold-up at the very end is caught up with: nothing is skipped', async () => {
  const simulation = new Simulation(() => [100_000]);
  simulation.stallAt(simulation.nowNs + 9.5 * SECOND, 0.6 * SECOND);
  const round = await measure(simulation, open);
  expect(countOf(round, 'answered')).toBe(open.cycles);
  expect(corrected(round, 2000).max).toBeGreaterThan(0.5 * SECOND);
});

test('interrupted in an overload, the pings that were due are skipped, and those to come are nobody’s', async () => {
  const simulation = new Simulation(() => [10_000]);
  simulation.sendTakesNs = 5e6;
  const runner = new RoundRunner(
    simulation.path,
    { ...open, mode: { kind: 'open', ratePerSecond: 2000 } },
    simulation.timing,
  );
  simulation.at(simulation.nowNs + 3 * SECOND, () => runner.stop({ reason: 'It was interrupted.', broken: false }));
  const round = await simulation.until(runner.run());
  expect(countLost(round.samples)).toBe(0);
  // Of 6,000 in 3 s, without those of the last second: they are late, and not more.
  expect(countOf(round, 'skipped')).toBeGreaterThan(3000);
  expect(round.samples.outcome.length).toBeLessThan(4100);
  expect(round.unsent).toBe(0);
});

test('a late pong of the warm-up settles no measured ping', async () => {
  // Those of the paced warm-up come when the measurement has begun.
  let sent = 0;
  const simulation = new Simulation(() => {
    sent += 1;
    return sent <= 20 ? [10_000] : sent <= 40 ? [130e6] : [];
  });
  const round = await measure(simulation, { ...open, warmup: 20, cycles: 100, timeoutMs: 100 });
  expect(countOf(round, 'answered')).toBe(0);
  expect(countLost(round.samples)).toBe(100);
});

test('no sample of a long round is dropped', async () => {
  const cycles = 650_000;
  const round = await measure(new Simulation(() => [1000]), {
    ...open,
    mode: { kind: 'open', ratePerSecond: 10_000 },
    cycles,
  });
  expect(countOf(round, 'answered')).toBe(cycles);
});

test.each([closed, open])(
  'when the channel breaks the ping under way is lost, and the rest not sent ($mode.kind)',
  async (settings) => {
    const simulation = new Simulation(() => [100_000]);
    simulation.at(simulation.nowNs + 30.05e6, () => simulation.closePath('the peer is gone.'));
    const round = await measure(simulation, settings);
    expect(round.endedEarly).toBe('The channel broke: the peer is gone.');
    const answered = countOf(round, 'answered');
    expect(answered).toBeGreaterThan(10);
    expect(countOf(round, 'peer-gone')).toBe(1);
    expect(round.samples.outcome.length + round.unsent).toBe(settings.cycles);
  },
);

test('a peer that falls silent: the pings that it was not sent any more are counted', async () => {
  const round = await measure(new Simulation((sequence) => (sequence < 100 ? [10_000] : [])), closed);
  expect(round.unsent).toBe(closed.cycles - 105);
});

describe('with an alarm instead of timers and spinning', () => {
  test('every ping goes out when it is due, and is answered', async () => {
    const round = await measure(new Simulation(() => [123_456], true), open);
    expect(round.samples.outcome).toHaveLength(open.cycles);
    expect([figures(round, 'sent'), figures(round, 'intended')].map(({ min, max }) => [min, max])).toEqual([
      [123_456, 123_456],
      [123_456, 123_456],
    ]);
    expect([countLost(round.samples), round.endedEarly]).toEqual([0, null]);
  });

  test('nothing is spun away: while a ping is awaited, time passes by events alone', async () => {
    const simulation = new Simulation(() => [50_000], true);
    simulation.timing.spinUntil = () => {
      throw new Error('it spins');
    };
    expect(countLost((await measure(simulation, { ...open, cycles: 100 })).samples)).toBe(0);
  });

  test('a stall shows in the corrected figures', async () => {
    const simulation = new Simulation(() => [100_000], true);
    simulation.stallAt(simulation.nowNs + 3e9, 1e9);
    const round = await measure(simulation, open);
    expect(figures(round, 'sent').p99_9).toBe(100_000);
    expect(figures(round, 'intended').max).toBeGreaterThan(0.9e9);
  });

  test('what is lost is given up, and the round ends one time limit after its last ping', async () => {
    const simulation = new Simulation((sequence) => (sequence < 50 ? [10_000] : []), true);
    const round = await measure(simulation, { ...open, cycles: 100, timeoutMs: 500 });
    expect(countLost(round.samples)).toBe(50);
    expect(round.endedNs).toBeLessThan(0.7e9);
  });

  test('it can be stopped in between', async () => {
    const simulation = new Simulation(() => [10_000], true);
    const runner = new RoundRunner(simulation.path, open, simulation.timing);
    simulation.at(simulation.nowNs + 1e9, () => runner.stop({ reason: 'enough', broken: false }));
    const round = await simulation.until(runner.run());
    expect(round.endedEarly).toBe('enough');
    expect(round.samples.outcome.length).toBeLessThan(1100);
  });
});
