import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

const ALPHA = 'site:bulkhead://alpha.test';
const INVOKE = `${ALPHA}/ipc-invoke`;

const status = (id: string) => app.shell.getByTestId(`channel-${id}`).getAttribute('data-status');
const channel = async (id: string) => (await app.recording()).channels.find((each) => each.id === id);
const answered = async () => (await channel(INVOKE))?.totals.answered ?? 0;

/** It measures, and goes on: so many more pings are answered than before. */
async function measuresOn(): Promise<void> {
  await until(async () => expect(await status(INVOKE)).toBe('measuring'));
  const before = await answered();
  await until(async () => expect(await answered()).toBeGreaterThan(before + 10));
}

/** So far: at 500 pings/s of 4 KiB a busy machine refuses datagrams, which promise nothing. */
async function lostByOthers(): Promise<Record<string, number>> {
  const { channels } = await app.recording();
  const others = channels.filter(({ process, totals }) => process.id !== ALPHA && totals.lost > 0);
  return Object.fromEntries(others.map(({ id, totals }) => [id, totals.lost]));
}

test('every renderer has the channel, switched off; no plugin has it', async () => {
  for (const host of ['alpha', 'beta', 'gamma'])
    expect(await status(`site:bulkhead://${host}.test/ipc-invoke`), host).toBe('paused');
  expect(await app.shell.getByTestId('channel-plugin:echo/ipc-invoke').count()).toBe(0);
  expect(await channel(INVOKE)).toBeUndefined();
});

test('switched on it measures without loss, also many pings at once', async () => {
  expect(await app.request('channel:enable', INVOKE, true)).toEqual({ ok: true });
  await app.untilMeasuring(10);
  await measuresOn();
  await app.request('probe:configure', { ratePerSecond: 500, payloadBytes: 4096, timeoutMs: 5000 });
  await measuresOn();
  await app.request('probe:configure', { ratePerSecond: 20, payloadBytes: 64, timeoutMs: 5000 });
  await measuresOn();
  const measured = await channel(INVOKE);
  expect(measured?.totals).toMatchObject({ lost: 0, rejected: 0, duplicate: 0, reordered: 0 });
  expect(measured?.fromSent?.p50).toBeGreaterThan(0);
});

test('a page that loads again, and another tab that takes over, lose no ping', async () => {
  const [first] = await app.shell
    .getByRole('tab', { name: /^alpha\.test/ })
    .evaluateAll((tabs) => tabs.map((tab) => Number(tab.getAttribute('data-testid')?.replace('tab-', ''))));
  await app.request('tab:reload', first as number);
  await measuresOn();
  const second = await app.openTab('bulkhead://alpha.test/second');
  await app.request('tab:close', first as number);
  await measuresOn();
  expect((await channel(INVOKE))?.totals).toMatchObject({ lost: 0, rejected: 0 });
  await app.request('tab:activate', second);
});

test('the death of the renderer is survived: it measures again in the next, and nobody else loses a ping', async () => {
  const lostBefore = await lostByOthers();
  const pid = await app.processPid(ALPHA);
  const before = (await app.recording()).incidents.length;
  await app.press(ALPHA, 'crash');
  await until(async () => expect((await app.recording()).incidents).toHaveLength(before + 1));
  await app.untilState(ALPHA, 'exited');
  expect(await status(INVOKE)).toBe('waiting');
  await app.shell.getByTestId('sad-reload').click();
  await app.untilState(ALPHA, 'running');
  expect(await app.processPid(ALPHA)).not.toBe(pid);
  await app.untilMeasuring(10);
  await measuresOn();
  expect(await lostByOthers()).toEqual(lostBefore);
});

test('a renderer that hangs loses pings of its own, and the next one answers', async () => {
  const lostBefore = await lostByOthers();
  await app.press(ALPHA, 'hang');
  await app.untilState(ALPHA, 'unresponsive');
  await until(async () => expect((await channel(INVOKE))?.totals.lost).toBeGreaterThan(0));
  await app.press(ALPHA, 'end');
  await app.untilState(ALPHA, 'exited');
  await app.shell.getByTestId('sad-reload').click();
  await app.untilMeasuring(10);
  await measuresOn();
  expect(await lostByOthers()).toEqual(lostBefore);
});

test('switched off it stops, and on again it goes on', async () => {
  await app.request('channel:enable', INVOKE, false);
  await until(async () => expect(await status(INVOKE)).toBe('paused'));
  const then = await answered();
  await app.request('channel:enable', INVOKE, true);
  await measuresOn();
  expect(await answered()).toBeGreaterThan(then);
});
