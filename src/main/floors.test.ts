import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { say } from '../shared/messages/message';
import type { TransportId } from '../shared/transport-catalog';
import type { FloorEnd, FollowedFloor, FollowOptions } from '../transports/native/floor';
import { nowNs } from './clock';
import { FLOOR_AT_MOST_PER_SECOND, FloorMeter } from './floors';

// Not the clock that samples have their times from.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

function channel(transport: TransportId, measuring = true) {
  return { transport, enabled: true, measuring };
}

interface Started extends FollowOptions {
  stopped: boolean;
  breakOff: (end: FloorEnd) => void;
}

/** A meter over channels that are made up, and floors that a test lets speak. */
function laboratory(channels: ReturnType<typeof channel>[]) {
  const listeners = new Set<() => void>();
  const started: Started[] = [];
  const settings = { ratePerSecond: 20, payloadBytes: 64, timeoutMs: 1000 };
  const fake = {
    channels,
    settings,
    onChanged(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const meter = new FloorMeter(fake as never, (options): FollowedFloor => {
    let resolve: (end: FloorEnd | null) => void = () => undefined;
    const promise = new Promise<FloorEnd | null>((settle) => (resolve = settle));
    const one: Started = { ...options, stopped: false, breakOff: resolve };
    started.push(one);
    return {
      pid: 1,
      ended: promise,
      stop() {
        one.stopped = true;
        resolve(null);
        return Promise.resolve();
      },
    };
  });
  return { meter, started, settings, channels, changed: () => listeners.forEach((listener) => listener()) };
}

const monotonicNs = () => Number(process.hrtime.bigint());
const running = (started: readonly Started[]) => started.filter(({ stopped }) => !stopped).map(({ method }) => method);

test('each mechanism of the kernel is followed once, at the rate and with the bytes of a channel', async () => {
  const { started, changed } = laboratory(
    ['message-port', 'fifo', 'fifo', 'unix-dgram', 'unix-dgram-native'].map((id) => channel(id as TransportId)),
  );
  changed();
  expect(started).toEqual([]);
  await vi.advanceTimersByTimeAsync(3000);
  changed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(started).toMatchObject([
    { method: 'fifo', bytes: 88, ratePerSecond: 20, atMostPerSecond: FLOOR_AT_MOST_PER_SECOND },
    { method: 'unix-dgram' },
  ]);
  expect(running(started)).toEqual(['fifo', 'unix-dgram']);
});

test('transports of one mechanism share its floor; its samples are a source of the feed, at the time of their sending', async () => {
  const { meter, started, changed } = laboratory([channel('unix-dgram'), channel('unix-dgram-native')]);
  const added = vi.fn();
  meter.onAdded(added);
  changed();
  await vi.advanceTimersByTimeAsync(3000);
  const [source] = added.mock.lastCall ?? [];
  const settled = vi.fn();
  source.probe.onSettled(settled);
  const before = nowNs();
  started[0]?.onRoundTrips({ sentNs: [monotonicNs(), monotonicNs()], rttNs: [40_000, 50_000], lost: 0 });
  expect(settled.mock.calls).toEqual([[0], [1]]);
  const sample = source.probe.log.get(0);
  expect(sample).toMatchObject({ rttNs: 40_000, outcome: 'answered', payloadBytes: 64 });
  expect(sample.sentNs).toBeGreaterThanOrEqual(before);
  expect(sample.sentNs).toBeLessThanOrEqual(nowNs());
  const floors = meter.present();
  expect(floors.map(({ transport, seriesId }) => [transport, seriesId])).toEqual([
    ['unix-dgram', 'floor:unix-dgram'],
    ['unix-dgram-native', 'floor:unix-dgram'],
  ]);
  expect(floors[0]).toMatchObject({ payloadBytes: 64, ratePerSecond: 20, reason: null });
  expect(floors[0]?.p50).toBeCloseTo(40_000, -3);
});

test('another rate or payload is another floor: nothing of the one before is told of it, and both are recorded', async () => {
  const { meter, started, changed, settings } = laboratory([channel('fifo')]);
  changed();
  await vi.advanceTimersByTimeAsync(3000);
  started[0]?.onRoundTrips({ sentNs: [monotonicNs()], rttNs: [40_000], lost: 0 });
  settings.ratePerSecond = 1000;
  expect(meter.present()).toMatchObject([{ ratePerSecond: 1000, p50: null, reason: null }]);
  changed();
  expect(running(started)).toEqual([]);
  await vi.advanceTimersByTimeAsync(3000);
  expect(started.map(({ ratePerSecond }) => ratePerSecond)).toEqual([20, 1000]);
  // What the first still had to say is of its own rate.
  started[0]?.onRoundTrips({ sentNs: [monotonicNs()], rttNs: [41_000], lost: 0 });
  started[1]?.onRoundTrips({ sentNs: [monotonicNs()], rttNs: [9000], lost: 0 });
  expect(meter.measured()).toMatchObject([
    { transport: 'fifo', ratePerSecond: 20, payloadBytes: 64, count: 2 },
    { transport: 'fifo', ratePerSecond: 1000, payloadBytes: 64, count: 1 },
  ]);
  const [series, ...others] = meter.series();
  expect([series?.id, series?.transports, others]).toEqual(['floor:fifo', ['fifo'], []]);
  expect([...(series?.log.range() ?? [])].map(({ rttNs }) => rttNs)).toEqual([40_000, 41_000, 9000]);
});

test('a floor ends with the last channel that it stands beside', async () => {
  const { started, changed, channels } = laboratory([channel('fifo'), channel('tcp', false)]);
  changed();
  await vi.advanceTimersByTimeAsync(3000);
  expect(running(started)).toEqual(['fifo']);
  channels[0] = channel('fifo', false);
  changed();
  expect(running(started)).toEqual([]);
  channels[0] = channel('fifo');
  changed();
  await vi.advanceTimersByTimeAsync(3000);
  expect(running(started)).toEqual(['fifo']);
});

test('what can not be had has a reason and is not tried again; what broke off is', async () => {
  const { meter, started, changed } = laboratory([channel('fifo'), channel('shmem')]);
  changed();
  await vi.advanceTimersByTimeAsync(3000);
  started[1]?.breakOff({ reason: say('verbatim', { text: 'its ends look all the time' }), again: false });
  started[0]?.breakOff({ reason: say('verbatim', { text: 'killed' }), again: true });
  await vi.advanceTimersByTimeAsync(1);
  expect(meter.present().map(({ transport, p50, reason }) => [transport, p50, reason])).toEqual([
    ['fifo', null, say('verbatim', { text: 'killed' })],
    ['shmem', null, say('verbatim', { text: 'its ends look all the time' })],
  ]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(started.map(({ method }) => method)).toEqual(['fifo', 'shmem', 'fifo']);
  expect(meter.present()[0]?.reason).toBeNull();
});

test('one that can not start is tried every few seconds, and is back by itself', async () => {
  const { meter, started, changed } = laboratory([channel('fifo')]);
  changed();
  await vi.advanceTimersByTimeAsync(3000);
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    expect(started).toHaveLength(attempt);
    started.at(-1)?.breakOff({ reason: say('verbatim', { text: 'spawn EMFILE' }), again: true });
    // What changes in the laboratory meanwhile hastens nothing.
    for (let times = 0; times < 40; times += 1) {
      changed();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(started).toHaveLength(attempt);
    await vi.advanceTimersByTimeAsync(2000);
  }
  started.at(-1)?.onRoundTrips({ sentNs: [monotonicNs()], rttNs: [40_000], lost: 0 });
  expect(meter.present()).toMatchObject([{ reason: null, p50: expect.closeTo(40_000, -3) }]);
});

test('the stop ends all, and nothing begins after it', async () => {
  const { meter, started, changed } = laboratory([channel('fifo')]);
  changed();
  await vi.advanceTimersByTimeAsync(3000);
  await meter.stop();
  changed();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(started).toHaveLength(1);
  expect(running(started)).toEqual([]);
});
