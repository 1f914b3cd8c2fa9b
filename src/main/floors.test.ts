import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TransportId } from '../shared/transport-catalog';
import { say } from '../shared/messages/message';
import type { Floor, FloorOptions } from '../transports/native/floor';
import { FloorMeter } from './floors';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function channel(transport: TransportId, measuring = true) {
  return { transport, enabled: true, measuring };
}

function laboratory(transports: ReturnType<typeof channel>[]) {
  const listeners = new Set<() => void>();
  const asked: FloorOptions[] = [];
  const settings = { ratePerSecond: 20, payloadBytes: 64, timeoutMs: 1000 };
  const medians: number[] = [];
  let result: Floor = { rttNs: Float64Array.of(9000, 8000, 7000), spinNs: 0 };
  const fake = {
    channels: transports,
    settings,
    onChanged(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const measured = vi.fn();
  const meter = new FloorMeter(fake as never, measured, (options) => {
    asked.push(options);
    const rtt = medians.shift();
    return Promise.resolve(rtt === undefined ? result : { rttNs: Float64Array.of(rtt), spinNs: 0 });
  });
  return {
    meter,
    asked,
    measured,
    settings,
    changed: () => listeners.forEach((listener) => listener()),
    yields: (rtts: number[]) => medians.push(...rtts),
    fails: (text: string) => (result = { reason: say('verbatim', { text }) }),
  };
}

test('each kernel transport is measured once, one after another, with the bytes of a whole frame', async () => {
  const { meter, asked, changed } = laboratory([
    channel('message-port'),
    channel('fifo'),
    channel('fifo'),
    channel('tcp'),
  ]);
  changed();
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(3000);
  expect(asked.map(({ method, bytes }) => [method, bytes])).toEqual([1, 2, 3].map(() => ['fifo', 88]));
  await vi.advanceTimersByTimeAsync(60_000);
  changed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.map(({ method }) => method)).toEqual(['fifo', 'fifo', 'fifo', 'tcp', 'tcp', 'tcp']);
  expect(meter.present()[0]).toEqual({ transport: 'fifo', payloadBytes: 64, p50: 8000, p99: 9000, reason: null });
});

test('another payload is measured anew; the recording keeps both', async () => {
  const { meter, asked, changed, settings } = laboratory([channel('fifo')]);
  changed();
  await vi.advanceTimersByTimeAsync(5000);
  settings.payloadBytes = 1024;
  expect(meter.present()).toEqual([]);
  changed();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked.map(({ bytes }) => bytes)).toEqual([88, 88, 88, 1048, 1048, 1048]);
  expect(meter.measured().map(({ payloadBytes }) => payloadBytes)).toEqual([64, 1024]);
});

test('of its runs the one with the lowest median counts', async () => {
  const { meter, changed, measured, asked, yields } = laboratory([channel('fifo')]);
  yields([40_000, 3000, 9000]);
  changed();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toHaveLength(3);
  expect(measured).toHaveBeenCalledOnce();
  expect(meter.present()[0]?.p50).toBe(3000);
});

test('what does not measure now has no floor, and what cannot be measured has a reason and is not tried again', async () => {
  const { meter, asked, changed, fails } = laboratory([channel('udp', false), channel('fifo')]);
  fails('there is no compiler');
  changed();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked.map(({ method }) => method)).toEqual(['fifo']);
  expect(meter.present()).toMatchObject([
    { transport: 'fifo', p50: null, reason: say('verbatim', { text: 'there is no compiler' }) },
  ]);
  expect(meter.measured()).toEqual([]);
});

test('nothing begins after the stop', async () => {
  const { meter, asked, changed } = laboratory([channel('fifo')]);
  changed();
  await meter.stop();
  changed();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked).toEqual([]);
});
