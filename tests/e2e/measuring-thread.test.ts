import { afterAll, beforeAll, expect, test } from 'vitest';
import { TRANSPORTS } from '../../src/shared/transport-catalog';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

test('what can be measured outside the main thread is, and the recording says so', async () => {
  await app.request('channel:enable', 'plugin:echo/unix-stream', true);
  await app.untilMeasuring(10);
  const { channels } = await app.recording();
  expect(channels).toHaveLength(10);
  for (const { id, transport, thread } of channels)
    expect(thread, id).toBe(TRANSPORTS[transport].mainThreadOnly === true ? 'main' : 'worker');
  expect(channels.filter(({ thread }) => thread === 'worker')).toHaveLength(3);
});

test('while the main thread stands still, the measuring thread goes on and nothing of it is lost', async () => {
  const stallMs = 3000;
  await app.electron.evaluate((_electron, durationMs) => {
    const until = performance.now() + durationMs;
    while (performance.now() < until);
  }, stallMs);
  // The event comes after its end; on a busy machine there may be shorter ones behind it.
  const lasted = (label: string) => Number(/^browser stalled (\d+) ms$/.exec(label)?.[1] ?? 0);
  let { channels, events } = await app.recording();
  await until(async () => {
    ({ channels, events } = await app.recording());
    expect(events.map(({ label }) => lasted(label)).some((ms) => ms > stallMs - 100)).toBe(true);
  });
  const stall = events.find(({ label }) => lasted(label) > stallMs - 100) ?? expect.fail();
  // What was due in it.
  const [fromNs, toNs] = [stall.tNs - (lasted(stall.label) - 300) * 1e6, stall.tNs - 1e9];
  const sentIn = (id: string) => {
    const { samples } = channels.find((channel) => channel.id === id) ?? expect.fail();
    return samples.sentNs.filter((at) => at !== null && at > fromNs && at < toNs).length;
  };
  expect(sentIn('plugin:echo/message-port')).toBe(0);
  expect(sentIn('plugin:echo/fifo')).toBeGreaterThan(0);
  const { samples } = channels.find(({ id }) => id === 'plugin:echo/fifo') ?? expect.fail();
  expect(samples.seq).toEqual(samples.seq.map((_, i) => i + (samples.seq[0] ?? 0)));
});
