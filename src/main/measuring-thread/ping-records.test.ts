import { expect, test } from 'vitest';
import { PingFigures } from '../../shared/measure/ping-figures';
import { Pinger } from '../../shared/measure/pinger';
import { Probe } from '../../shared/measure/probe';
import { SampleLog } from '../../shared/measure/sample-log';
import { PingRecorder, RECORD_WIDTH, takeRecord } from './ping-records';
import { newSharedRing, RingReader, RingWriter } from './record-ring';

const MS = 1e6;
const SETTINGS = { ratePerSecond: 100, payloadBytes: 3, timeoutMs: 50 };

/** A pinger whose records are read back into a log and figures of their own. */
function recorded() {
  let nowNs = 0;
  const shared = newSharedRing(RECORD_WIDTH, 1024);
  const reader = new RingReader(shared);
  const near = new SampleLog();
  const recorder = new PingRecorder(new RingWriter(shared), near, 1);
  const clock = () => nowNs;
  const pinger = new Pinger({
    ...{ clock, log: near, listener: recorder, settings: SETTINGS, phase: 0 },
    isHidden: () => false,
  });
  const other = { figures: new PingFigures(new SampleLog(), clock), rejected: 0 };
  const taker = { figures: new PingFigures(new SampleLog(), clock), rejected: 0 };
  return {
    pinger,
    recorder,
    near,
    taker,
    other,
    clock,
    setNow: (next: number) => (nowNs = next),
    records: () => shared.counts[0],
    drain: () => reader.read((record) => takeRecord(record, [other, taker])),
  };
}

test('log and figures are those of a probe in one thread', () => {
  const { pinger, taker, drain, setNow, clock, other } = recorded();
  const probe = new Probe({ clock, settings: SETTINGS, phase: 0, isHidden: () => false });
  const both = [pinger, probe];
  const settled: number[][] = [[], []];
  taker.figures.onSettled((sequence) => settled[0]?.push(sequence));
  probe.onSettled((sequence) => settled[1]?.push(sequence));
  const outcomes = ['sent', 'sent', 'refused', 'sent', 'closed'] as const;
  for (const each of both)
    each.start({ sendPing: (sequence) => outcomes[sequence % outcomes.length] as (typeof outcomes)[number] });
  for (let step = 0; step < 400; step += 1) {
    setNow(step * MS + step);
    for (const each of both) {
      each.tick();
      for (const sequence of [step / 4, step / 10, step / 10 - 2])
        if (Number.isInteger(sequence)) each.receive({ type: 'pong', sequence, payload: new Uint8Array(0) });
    }
    if (step % 7 === 0) drain();
  }
  // Far behind: some are missed.
  setNow(30e9);
  for (const each of both) {
    each.tick();
    each.stop('peer-gone');
  }
  drain();
  expect(probe.totals(0)).toMatchObject({ answered: expect.any(Number), late: expect.any(Number) });
  for (const count of Object.values({ ...probe.totals(1), reordered: 1 })) expect(count).toBeGreaterThan(0);
  expect(taker.figures.stats(0)).toEqual(probe.stats(0));
  expect([...taker.figures.log.range()]).toEqual([...probe.log.range()]);
  expect(settled[0]).toEqual(settled[1]);
  expect(other.figures.log.next).toBe(0);
});

test('a ping is in the log while it is under way, and written twice when it is answered later', () => {
  const { pinger, recorder, taker, drain, near } = recorded();
  pinger.start({ sendPing: () => 'sent' });
  pinger.tick();
  recorder.writeHeld();
  drain();
  expect(taker.figures.log.get(0)).toEqual(near.get(0));
  expect(taker.figures.log.get(0)?.outcome).toBe('pending');
  expect(taker.figures.totals(0).sent).toBe(1);
  pinger.receive({ type: 'pong', sequence: 0, payload: new Uint8Array(0) });
  drain();
  expect(taker.figures.totals(0)).toMatchObject({ sent: 1, answered: 1 });
});

test('stamps that come with the next pong are told, and only when there are some', () => {
  const { pinger, taker, near, setNow, drain, records } = recorded();
  pinger.configure({ ...SETTINGS, stages: true });
  pinger.start({ sendPing: () => 'sent' });
  const stamps = { readNs: Number.NaN, earlierSequence: 0, errorNs: 0 };
  for (const [sequence, earlierWroteNs] of [
    [0, Number.NaN],
    [1, 4 * MS],
    [2, Number.NaN],
  ] as const) {
    setNow(sequence * 10 * MS + MS);
    pinger.tick();
    const tookNs = sequence * 10 * MS + 2 * MS;
    setNow(tookNs + 3 * MS);
    const told = { ...stamps, tookNs, answeredNs: tookNs, earlierWroteNs };
    pinger.receive({ type: 'pong', sequence, payload: new Uint8Array(0), stamps: told });
  }
  // Each ping, and the one stamp that came later.
  expect(records()).toBe(3 + 1);
  drain();
  expect(taker.figures.log.get(0)).toMatchObject({ peerTookNs: 2 * MS, peerWroteNs: 4 * MS });
  expect([...taker.figures.log.range()]).toEqual([...near.range()]);
});

test('what was rejected is a count over all', () => {
  const { recorder, taker, other, drain } = recorded();
  for (const total of [3, 8]) recorder.rejected(total);
  drain();
  expect([taker.rejected, other.rejected]).toEqual([8, 0]);
});

test.each([
  ['of a channel that there is not', [0, 2, 0]],
  ['of no channel', [0, -1, 0]],
  ['of half a channel', [0, 0.5, 0]],
  ['of a kind that there is not', [99, 0, 0]],
  ['of no kind', [Number.NaN, 0, 0]],
  ['of a sample that does not follow', [0, 0, 1]],
  ['of a sample before the first', [1, 0, -1]],
  ['of a pong of no kind', [5, 0, 99]],
])('a record %s is refused', (_what, start) => {
  const { other, taker } = recorded();
  const record = new Float64Array(RECORD_WIDTH);
  record.set(start);
  expect(() => takeRecord(record, [other, taker])).toThrow(RangeError);
});
