/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

const seconds = (text: string | null): number[] => (text ?? '').match(/\d+\.\d+/g)?.map(Number) ?? [];

async function plotBox() {
  const lane = await app.shell.getByTestId('loss-lane').locator('rect').boundingBox();
  const chart = await app.shell.getByTestId('chart').boundingBox();
  if (!lane || !chart) throw new Error('the chart has no place');
  return { left: lane.x, right: lane.x + lane.width, middle: (chart.y + lane.y) / 2 };
}

test('a drag over the chart shows that stretch, in the table and in a picture as well; Escape goes back to live', async () => {
  const sent = app.shell.getByTestId('channel-plugin:echo/fifo').locator('td').nth(-2);
  await until(async () => expect(Number(await sent.textContent())).toBeGreaterThan(100));
  const { left, right, middle } = await plotBox();
  const width = right - left;
  await app.shell.mouse.move(right - width * 0.12, middle);
  const began = performance.now();
  await app.shell.mouse.down();
  await app.shell.mouse.move(right - width * 0.1, middle);
  await app.shell.mouse.move(right - width * 0.05, middle);
  await app.shell.mouse.up();
  // The chart moves on under the pointer.
  const tookS = (performance.now() - began) / 1000;
  await app.shell.getByTestId('stretch').waitFor();
  const shown = await app.shell.getByTestId('stretch').getByRole('status').textContent();
  const [from = NaN, to = NaN] = seconds(shown);
  expect(to - from).toBeGreaterThan(1);
  expect(to - from).toBeLessThan(3.5 + tookS);
  // Some twenty pings a second, and not all of the recording.
  expect(Number(await sent.textContent())).toBeLessThan(25 * (to - from + 1));
  expect(await app.shell.getByTestId('chart').textContent()).toContain('Time of the recording (s)');
  const path = join(app.home, 'stretch.svg');
  expect(await app.exportTo(path, 'svg')).toEqual({ status: 'saved', path });
  expect(readFileSync(path, 'utf8')).toContain(`over ${shown} ·`);
  await app.shell.keyboard.press('Escape');
  await until(async () => expect(await app.shell.getByTestId('stretch').count()).toBe(0));
  await until(async () => expect(Number(await sent.textContent())).toBeGreaterThan(100));
});

test('a drag outlasts a change of the lines and of the axis under it', async () => {
  const { left, right, middle } = await plotBox();
  const width = right - left;
  await app.shell.mouse.move(right - width * 0.12, middle);
  await app.shell.mouse.down();
  const legend = app.shell.getByTestId('legend-plugin:echo/fifo');
  await legend.dispatchEvent('click');
  await until(async () => expect(await legend.getAttribute('aria-pressed')).toBe('false'));
  await app.shell.mouse.move(right - width * 0.05, middle, { steps: 3 });
  await app.shell.mouse.up();
  await app.shell.getByTestId('stretch').waitFor();
  await app.shell.keyboard.press('Escape');
  await legend.dispatchEvent('click');
  await until(async () => expect(await app.shell.getByTestId('stretch').count()).toBe(0));
});

test('by the keyboard the ends of a stretch are typed, and what is wrong with them is said', async () => {
  await app.shell.getByTestId('zoom').focus();
  await app.shell.keyboard.press('Enter');
  const from = app.shell.getByTestId('stretch-from');
  const to = Number(await app.shell.getByTestId('stretch-to').inputValue());
  await from.fill((to - 2.5).toFixed(1));
  await app.shell.getByTestId('stretch-to').fill('0');
  await app.shell.keyboard.press('Enter');
  await until(async () =>
    expect(await app.shell.getByRole('alert').allTextContents()).toContain('The stretch has to end after it begins.'),
  );
  await app.shell.getByTestId('stretch-to').fill(to.toFixed(1));
  await app.shell.keyboard.press('Enter');
  await until(async () =>
    expect(seconds(await app.shell.getByTestId('stretch').textContent())).toEqual([Number((to - 2.5).toFixed(1)), to]),
  );
  await app.shell.getByTestId('zoom-back').focus();
  await app.shell.keyboard.press('Enter');
  await until(async () => expect(await app.shell.getByTestId('stretch').count()).toBe(0));
  expect(await app.shell.evaluate(() => document.activeElement?.id)).toBe('zoom');
});

test('an event chosen in the list stands out on the chart, and one chosen there in the list', async () => {
  await app.press('plugin:echo', 'crash');
  const marker = app.shell.locator('[data-testid="event-markers"] > [data-event="crash"]').first();
  await marker.waitFor();
  await marker.locator('text').click();
  await app.shell.getByRole('dialog').waitFor();
  await app.shell.keyboard.press('Escape');
  const list = app.shell.getByTestId('event-list');
  const entry = list.getByRole('button', { name: /echo crashed/ });
  expect(await entry.getAttribute('aria-current')).toBe('true');
  expect(await marker.getAttribute('data-selected')).toBe('true');
  const [chart, beside] = await Promise.all([app.shell.getByTestId('chart').boundingBox(), list.boundingBox()]);
  expect((chart?.x ?? 0) + (chart?.width ?? 0)).toBeLessThanOrEqual(beside?.x ?? 0);
  await list.getByRole('button', { name: /echo restarted/ }).click();
  await app.shell.keyboard.press('Escape');
  const restart = app.shell.locator('[data-testid="event-markers"] > [data-event="restart"]').first();
  await until(async () => expect(await restart.getAttribute('data-selected')).toBe('true'));
  expect(await marker.getAttribute('data-selected')).toBe('false');
});

test('a restart that was asked for is no alarm, a crash is one; the verdict has its age', async () => {
  const toneOf = (name: RegExp) =>
    app.shell.getByTestId('event-list').getByRole('button', { name }).first().getAttribute('class');
  await app.press('plugin:digest', 'restart');
  await until(async () => expect(await toneOf(/digest exited/)).toBe('event-entry is-plain'));
  expect(await toneOf(/echo crashed/)).toBe('event-entry is-bad');
  expect(await app.shell.getByTestId('verdict-age').textContent()).toMatch(/^\d+\s(s|min) ago$/);
});

test('the line of a closed tab stays on the chart, muted in the legend, and leaves the table', async () => {
  const id = 'site:bulkhead://alpha.test/message-port';
  const tab = await app.shell.getByRole('tab').first().getAttribute('data-testid');
  expect(await app.request('tab:close', Number(tab?.replace('tab-', '')))).toEqual({ ok: true });
  await until(async () => expect(await app.shell.getByTestId(`channel-${id}`).count()).toBe(0));
  const line = app.shell.locator(`.moving-lines [data-line="${id}"]`);
  expect(await line.count()).toBeGreaterThan(0);
  expect(await app.shell.locator('.legend-group.is-departed').textContent()).toContain('alpha.test (closed)');
  await app.openTab('bulkhead://alpha.test/');
  await until(async () => expect(await app.shell.locator('.legend-group.is-departed').count()).toBe(0));
});

test('two settings changed in the same moment are both kept', async () => {
  // Faster than the window hears of the first: no hand is so fast, but a busy browser process may be as slow.
  await app.shell.evaluate(async () => {
    const rendered = () => new Promise((resolve) => setTimeout(resolve));
    for (const [testId, text] of Object.entries({ rate: '50', payload: '128' })) {
      const input = document.querySelector<HTMLInputElement>(`[data-testid="${testId}"]`);
      if (input === null) throw new Error(`There is no ${testId}.`);
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await rendered();
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    }
  });
  await until(async () =>
    expect((await app.recording()).settings).toMatchObject({ ratePerSecond: 50, payloadBytes: 128 }),
  );
});

test('the smallest window cuts off none of the buttons at its top', async () => {
  await app.electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    const [width = 0, height = 0] = window?.getMinimumSize() ?? [];
    window?.setSize(width, height);
  });
  const smallest = await app.electron.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getMinimumSize()[0] ?? 0,
  );
  await until(async () => expect(await app.shell.evaluate(() => innerWidth)).toBeLessThanOrEqual(smallest));
  for (const id of ['rate', 'open-export', 'open-glossary', 'open-about']) {
    const box = await app.shell.getByTestId(id).boundingBox();
    expect(box, id).not.toBeNull();
    expect((box?.x ?? NaN) + (box?.width ?? NaN), id).toBeLessThanOrEqual(smallest);
  }
});
