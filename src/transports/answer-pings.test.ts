import { expect, test, vi } from 'vitest';
import { listenerErrors } from '../shared/emitter';
import { frameReader, FrameWriter } from '../shared/frame';
import { Probe } from '../shared/measure/probe';
import { STAGES, stagesOf } from '../shared/measure/stages';
import { TRANSPORTS } from '../shared/transport-catalog';
import { answerPings } from './answer-pings';
import { Channel } from './channel';
import type { Link } from './link';

const RUN_KEY = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const INFO = { ...TRANSPORTS.fifo, id: 'fifo' as const };
/** The system's clock, and that of all processes, differ by so much. */
const ZERO_NS = 7e9;

/** One end whose frames go to `carry`; `arrive` brings it some. */
function end(carry: (frame: Uint8Array) => void, monotonic: () => number) {
  let heard: (bytes: Uint8Array) => void = () => undefined;
  let stamps = false;
  let readAtNs: number | undefined;
  const link: Link = {
    send(frame) {
      carry(frame.slice());
      return 'sent';
    },
    onBytes: (listener) => {
      heard = listener;
      return () => undefined;
    },
    onClose: () => () => undefined,
    stampReads: (on) => {
      stamps = on;
    },
    readAtNs: () => (stamps ? readAtNs : undefined),
    close: () => undefined,
  };
  return {
    channel: new Channel(INFO, link, RUN_KEY),
    read: () => {
      readAtNs = monotonic();
    },
    arrive: (bytes: Uint8Array) => heard(bytes),
    stamps: () => stamps,
  };
}

/** A world in which each stage takes as long as `delays` says, in their order. */
function world(delays: readonly number[], { payloadBytes = 64, stages = true, stamping = true } = {}) {
  const [late, call, peerWakes, peerPasses, answers, peerCall, wakes, passes] = delays as [number, ...number[]];
  let nowNs = 0;
  const wait = (ns: number | undefined) => {
    nowNs += ns as number;
  };
  const onWay: Array<() => void> = [];
  const monotonic = () => nowNs + ZERO_NS;
  const clock = { nowNs: () => nowNs, sinceZeroNs: (ns: number) => ns - ZERO_NS };
  const near = end((bytes) => {
    wait(call);
    onWay.push(() => {
      wait(peerWakes);
      far.read();
      wait(peerPasses);
      far.arrive(bytes);
    });
  }, monotonic);
  const far = end((bytes) => {
    wait(peerCall);
    onWay.push(() => {
      wait(wakes);
      near.read();
      wait(passes);
      near.arrive(bytes);
    });
  }, monotonic);
  const answer = (payload: Uint8Array) => {
    wait(answers);
    return payload;
  };
  answerPings(far.channel, answer, stamping ? clock : null);
  const settings = { ratePerSecond: 10, payloadBytes, timeoutMs: 1000, stages };
  const probe = new Probe({ clock: clock.nowNs, ...clock, settings, phase: 0, isHidden: () => false });
  near.channel.onFrame((frame) => probe.receive(frame));
  probe.start(near.channel);
  return {
    probe,
    far,
    /** So many pings, one after the other. */
    run(pings: number) {
      for (let i = 0; i < pings; i += 1) {
        nowNs = probe.nextDueNs + late;
        probe.tick();
        for (let next = onWay.shift(); next !== undefined; next = onWay.shift()) next();
      }
      return [...probe.log.range()];
    },
  };
}

const DELAYS = [3_000, 8_000, 41_000, 2_000, 7_000, 9_000, 52_000, 1_000];

test('delays of a made-up world come back right, once it is warm and the next pong is there', () => {
  const samples = world(DELAYS).run(4);
  for (const sample of samples.slice(1, 3))
    expect(stagesOf(sample).map(({ id, ns }) => [id, ns])).toEqual(STAGES.map(({ id }, at) => [id, DELAYS[at]]));
});

test('of the first ping nobody saw the peer read it, of the last its answer leave', () => {
  const [first, second] = world(DELAYS).run(2);
  expect(first && stagesOf(first)[2]).toMatchObject({ id: 'wrote-peerTook', ns: 43_000 });
  expect(second && stagesOf(second)[5]).toMatchObject({ id: 'peerAnswered-read', ns: 61_000 });
});

test.each(STAGES.map(({ id }, at) => [id, at] as const))('a delay in %s lands there and nowhere else', (id, at) => {
  const delayed = DELAYS.with(at, (DELAYS[at] as number) + 5_000_000);
  const sample = world(delayed).run(3)[1];
  const grown = sample && stagesOf(sample).map((stage, i) => [stage.id, stage.ns - (DELAYS[i] as number)]);
  expect(grown).toEqual(STAGES.map((stage) => [stage.id, stage.id === id ? 5_000_000 : 0]));
});

test('switched off, nothing is stamped and no memory taken', () => {
  const { run, probe, far } = world(DELAYS, { stages: false });
  const samples = run(3);
  expect([probe.log.stamped, far.stamps()]).toEqual([false, false]);
  expect(samples.every(({ outcome, wroteNs }) => outcome === 'answered' && wroteNs === undefined)).toBe(true);
});

test('switched off again, the peer stamps no more', () => {
  const { run, probe, far } = world(DELAYS);
  run(2);
  expect(far.stamps()).toBe(true);
  probe.configure({ ratePerSecond: 10, payloadBytes: 64, timeoutMs: 1000, stages: false });
  expect(run(1).at(-1)).toMatchObject({ outcome: 'answered', wroteNs: Number.NaN, peerTookNs: Number.NaN });
  expect(far.stamps()).toBe(false);
});

/** What comes back for these bytes when `respond` makes the answers. */
function answered(bytes: readonly Uint8Array[], respond: (payload: Uint8Array) => Uint8Array) {
  const sent: Uint8Array[] = [];
  const far = end(
    (frame) => sent.push(frame),
    () => 0,
  );
  answerPings(far.channel, respond);
  for (const each of bytes) far.arrive(each.slice());
  const read = frameReader(RUN_KEY, INFO.maxPayloadBytes);
  return { counters: far.channel.counters, frames: sent.map((frame) => read(frame)) };
}

const PAYLOAD = Uint8Array.of(1, 2, 3, 4);
const ping = (sequence: number, payload = PAYLOAD) =>
  new FrameWriter(RUN_KEY).write('ping', sequence, payload).slice() as Uint8Array;
const pong = (sequence: number, payload: Uint8Array) => ({ ok: true, frame: { type: 'pong', sequence, payload } });

test.each<[how: string, respond: (payload: Uint8Array) => Uint8Array, answer: readonly number[]]>([
  ['what came', (payload) => payload, [1, 2, 3, 4]],
  ['what came, changed where it lies', (payload) => payload.fill(7, 1), [1, 7, 7, 7]],
  ['a part of what came', (payload) => payload.subarray(1, 3), [2, 3]],
  ['all of what came, as another view', (payload) => payload.subarray(), [1, 2, 3, 4]],
  ['a copy', (payload) => payload.slice(), [1, 2, 3, 4]],
  ['something larger', () => new Uint8Array(6).fill(9), [9, 9, 9, 9, 9, 9]],
  ['nothing', () => new Uint8Array(0), []],
])('answers with %s, for pings that come alone, several at once, and in pieces', (_how, respond, answer) => {
  const several = Uint8Array.of(...ping(11), ...ping(12));
  const pieces = [ping(13).subarray(0, 26), ping(13).subarray(26)];
  const { frames, counters } = answered([ping(10), several, ...pieces, ping(14)], respond);
  expect(frames).toEqual([10, 11, 12, 13, 14].map((sequence) => pong(sequence, Uint8Array.from(answer))));
  expect(counters).toMatchObject({ received: 5, sent: 5 });
});

test('an answer that keeps what it was given has it as long as it is answered, and no longer', () => {
  const kept: Uint8Array[] = [];
  const { frames } = answered([ping(1), ping(2, Uint8Array.of(5, 6))], (payload) => {
    kept.push(payload.slice());
    return kept[0] as Uint8Array;
  });
  expect(frames).toEqual([pong(1, PAYLOAD), pong(2, PAYLOAD)]);
  expect(kept).toEqual([PAYLOAD, Uint8Array.of(5, 6)]);
});

test('what is no ping is not answered: and what is no frame is rejected', () => {
  const other = new FrameWriter(Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1)).write('ping', 3, PAYLOAD).slice();
  const { frames, counters } = answered(
    [new FrameWriter(RUN_KEY).write('pong', 3, PAYLOAD).slice(), other, new Uint8Array(30)],
    (payload) => payload,
  );
  expect(frames).toEqual([]);
  expect(counters).toMatchObject({ received: 1, rejected: { foreign: 1 } });
});

test('an answer that throws is told, and the next ping is answered', () => {
  const report = vi.spyOn(listenerErrors, 'report').mockImplementation(() => undefined);
  let calls = 0;
  const { frames } = answered([ping(1), ping(2)], (payload) => {
    calls += 1;
    if (calls === 1) throw new Error('No.');
    return payload;
  });
  expect(frames).toEqual([pong(2, PAYLOAD)]);
  expect(report).toHaveBeenCalledOnce();
  report.mockRestore();
});

test('a peer that can’t stamp answers without', () => {
  const sample = world(DELAYS, { stamping: false }).run(3)[1];
  expect(sample && stagesOf(sample).map(({ id }) => id)).toEqual(['due-sent', 'sent-wrote', 'wrote-read', 'read-done']);
});

test('where the largest frame has no room for stamps, a ping is answered without', () => {
  const { run, probe } = world(DELAYS, { payloadBytes: INFO.maxPayloadBytes });
  expect(run(2).map(({ outcome }) => outcome)).toEqual(['answered', 'answered']);
  expect(probe.log.get(1)).toMatchObject({ peerTookNs: Number.NaN });
});
