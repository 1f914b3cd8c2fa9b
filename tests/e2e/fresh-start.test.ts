import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';
import { descendantsOf } from './support/processes';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

const RENDERERS = ['alpha.test', 'beta.test', 'gamma.test'].map((host) => `site:bulkhead://${host}`);
const PLUGINS = ['plugin:echo', 'plugin:digest'];

test('a fresh start measures every renderer over a message port and every plugin over all three transports', async () => {
  await until(async () =>
    expect(
      (await app.recording()).channels
        .filter(({ totals }) => totals.answered >= 20)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(
      [
        ...RENDERERS.map((id) => `${id}/message-port`),
        ...PLUGINS.flatMap((id) => ['message-port', 'unix-dgram', 'fifo'].map((transport) => `${id}/${transport}`)),
      ].toSorted(),
    ),
  );
  await app.untilNothingLost();
  const { channels } = await app.recording();
  for (const channel of channels) {
    expect(channel.fromSent?.p50, channel.id).toBeGreaterThan(0);
    // The way from the intended moment is at least as long as from the actual one.
    expect(channel.fromIntended?.p50, channel.id).toBeGreaterThanOrEqual(channel.fromSent?.p50 as number);
  }
});

test('every process in the map has a pid of its own that the system shows as a child of the browser process', async () => {
  const pids = await Promise.all([...RENDERERS, ...PLUGINS].map((id) => app.processPid(id)));
  expect(new Set(pids).size).toBe(5);
  const children = descendantsOf(app.pid);
  for (const pid of pids) expect(children).toContain(pid);
  expect(await app.processPid('browser')).toBe(app.pid);
});

test('the built-in page says who it is, its site, its pid and its round trip', async () => {
  const texts = () =>
    app.electron.evaluate(async ({ webContents }) => {
      const page = webContents.getAllWebContents().find((contents) => contents.getURL() === 'bulkhead://alpha.test/');
      return (await page?.executeJavaScript(
        `Object.fromEntries(['site', 'pid', 'round-trip'].map((name) => [name, document.querySelector('[data-bulkhead="' + name + '"]').textContent]))`,
      )) as Record<string, string>;
    });
  await until(async () => expect((await texts())['round-trip']).toMatch(/^[\d.,]+\s?µs$/u));
  expect(await texts()).toMatchObject({
    site: 'bulkhead://alpha.test',
    pid: String(await app.processPid('site:bulkhead://alpha.test')),
  });
});

test("Chromium's sandbox is on: every renderer runs under a seccomp filter and in namespaces of its own", async () => {
  expect((await app.recording()).environment.sandboxed).toBe(true);
  for (const id of RENDERERS) {
    const pid = await app.processPid(id);
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    expect(status, id).toMatch(/^Seccomp:\s+2$/m);
    // Its pid here, and another one in its own namespace.
    expect(status, id).toMatch(/^NSpid:\s+\d+\s+\d+/m);
  }
});

test('rate, payload and time limit can be changed while measuring, and bad values are refused with what is allowed', async () => {
  await app.shell.getByTestId('payload').fill('1024');
  await app.shell.getByTestId('payload').press('Enter');
  await until(async () => expect((await app.recording()).settings.payloadBytes).toBe(1024));
  await app.shell.getByTestId('rate').fill('5000');
  await app.shell.getByTestId('rate').press('Enter');
  await until(async () => expect(await app.shell.getByTestId('rate').getAttribute('aria-invalid')).toBe('true'));
  expect(await app.shell.getByTestId('rate').inputValue()).toBe('5000');
  expect((await app.recording()).settings.ratePerSecond).toBe(20);
  await until(async () =>
    expect((await app.recording()).channels.every(({ samples }) => samples.payloadBytes.at(-1) === 1024)).toBe(true),
  );
  await app.untilNothingLost();
});

test('a channel that is switched off stops pinging, loses nothing, and measures again when switched on', async () => {
  const id = 'plugin:echo/fifo';
  expect(await app.request('channel:enable', id, false)).toEqual({ ok: true });
  await app.shell.locator(`[data-testid="channel-${id}"][data-status="paused"]`).waitFor();
  const before = (await app.recording()).channels.find((channel) => channel.id === id)?.totals;
  expect(before?.lost).toBe(0);
  await app.request('channel:enable', id, true);
  await until(async () =>
    expect((await app.recording()).channels.find((channel) => channel.id === id)?.totals.answered).toBeGreaterThan(
      (before?.answered ?? 0) + 5,
    ),
  );
});
