import { expect, test } from 'vitest';
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

test('a peer that is asked now and then stamps the reads of those pings alone', () => {
  const stamped: boolean[] = [];
  const told: boolean[] = [];
  const clock = { nowNs: () => 0, sinceZeroNs: (ns: number) => ns };
  const near = end(
    (bytes) => {
      far.read();
      stamped.push(far.stamps());
      far.arrive(bytes);
    },
    () => 5,
  );
  const far = end(
    (bytes) => near.arrive(bytes),
    () => 5,
  );
  answerPings(far.channel, (payload) => payload, clock);
  near.channel.onFrame(({ stamps }) => told.push(stamps !== undefined && !Number.isNaN(stamps.readNs)));
  const asked = [0, 1, 5, 9, 13, 14];
  for (let sequence = 0; sequence < 16; sequence += 1)
    near.channel.sendPing(sequence, new Uint8Array(8), asked.includes(sequence));
  // Of the first nobody knew, of 5 and 14 nobody knew that they would come now, and 2 was awaited in vain.
  expect(stamped.flatMap((on, at) => (on ? [at] : []))).toEqual([1, 2, 9, 13, 15]);
  expect(told.flatMap((on, at) => (on ? [at] : []))).toEqual([1, 9, 13]);
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
