/// <reference lib="dom" />
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

/** The cards of the process map, at the smallest that the window may be. */

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(800, 600));
});
afterAll(() => app?.close());

/** What reaches over the right end of its line in a card. */
const cut = () =>
  app
    .card('plugin:echo')
    .locator('.transport-figures, .big-number')
    .evaluateAll((lines) =>
      lines.filter(
        (line) => line.scrollWidth > line.clientWidth || line.scrollWidth > (line.parentElement?.clientWidth ?? 0),
      ),
    );
const figures = () => app.card('plugin:echo').locator('.transport-figures');

test('a plugin that needs long is told in ms, and no figure is cut', async () => {
  const pid = await app.processPid('plugin:echo');
  expect(pid).not.toBeNull();
  const over = new AbortController();
  const slowed = (async () => {
    while (!over.signal.aborted) {
      process.kill(pid as number, 'SIGSTOP');
      await sleep(120);
      process.kill(pid as number, 'SIGCONT');
      await sleep(10);
    }
  })();
  try {
    await until(async () => expect(await figures().getAttribute('data-unit')).toBe('ms'));
    await until(async () => expect(await figures().textContent()).toMatch(/\d.*\d.*\d.*ms$/));
    expect(await cut()).toEqual([]);
  } finally {
    over.abort();
    await slowed;
  }
});

test('with more transports than have room it tells two and how many more', async () => {
  for (const transport of ['tcp', 'unix-stream']) await app.request('channel:enable', `plugin:echo/${transport}`, true);
  await until(async () => expect(await figures().textContent()).toMatch(/\+3$/));
  expect(await cut()).toEqual([]);
});
