import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, ownedFolder, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

const line = (transport: string) => app.shell.locator(`.moving-lines [data-line="floor:${transport}"]`);

test('the kernel floor of every kernel transport that is measured is drawn and recorded, and of no other', async () => {
  await until(async () =>
    expect((await app.recording()).floors?.map(({ transport }) => transport).toSorted()).toEqual([
      'fifo',
      'unix-dgram',
    ]),
  );
  for (const floor of (await app.recording()).floors ?? []) {
    expect(floor).toMatchObject({ payloadBytes: 64, ratePerSecond: 20 });
    expect(floor.count).toBeGreaterThan(0);
    expect(floor.p50).toBeGreaterThan(0);
    expect(floor.p99).toBeGreaterThanOrEqual(floor.p50);
  }
  // And every round trip of them, on the axis of the pings.
  const { floorSeries, endedAtNs } = await app.recording();
  expect(floorSeries?.map(({ id, transports }) => [id, transports]).toSorted()).toEqual([
    ['floor:fifo', ['fifo']],
    ['floor:unix-dgram', ['unix-dgram']],
  ]);
  for (const { samples } of floorSeries ?? []) {
    expect(samples.rttNs.length).toBeGreaterThan(0);
    for (const [at, sentNs] of samples.sentNs.entries()) {
      expect(sentNs).toBeGreaterThan(0);
      expect(sentNs).toBeLessThan(endedAtNs);
      expect(samples.rttNs[at]).toBeGreaterThan(0);
    }
  }
  await until(async () => expect(await line('fifo').count()).toBe(1));
  expect(await line('message-port').count()).toBe(0);
  // Its words come with the next layout.
  await until(async () =>
    expect(await app.shell.getByTestId('floor-names').textContent()).toMatch(/kernel floor: .*Named pipe/),
  );
});

test('the picture has the lines as well, and the toggle takes them away from both', async () => {
  const folder = ownedFolder(app.home, 'exports');
  const exported = async (name: string): Promise<string> => {
    await app.exportTo(join(folder, name), 'svg');
    return readFileSync(join(folder, name), 'utf8');
  };
  expect(await exported('with.svg')).toContain('kernel floor');
  await app.shell.getByTestId('floor').click();
  await until(async () => expect(await line('fifo').count()).toBe(0));
  expect(await exported('without.svg')).not.toContain('kernel floor');
  await app.shell.getByTestId('floor').click();
});

test('a transport that is switched on and another payload get a floor of their own', async () => {
  await app.request('channel:enable', 'plugin:echo/tcp', true);
  await until(async () => expect(await line('tcp').count()).toBe(1));
  await app.request('probe:configure', { ratePerSecond: 20, payloadBytes: 1024, timeoutMs: 1000 });
  await until(async () =>
    expect((await app.recording()).floors?.filter(({ payloadBytes }) => payloadBytes === 1024)).toHaveLength(3),
  );
  expect((await app.recording()).floors).toHaveLength(6);
});
