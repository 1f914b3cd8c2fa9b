/// <reference lib="dom" />
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

test('the tooltip stands under the chart, sorted by value, with no native title beside it', async () => {
  const chart = await app.shell.getByTestId('chart').boundingBox();
  const lane = await app.shell.getByTestId('loss-lane').locator('rect').boundingBox();
  if (!chart || !lane) throw new Error('the chart has no place');
  const tooltip = app.shell.locator('.chart-tooltip');
  await until(async () => {
    await app.shell.mouse.move(lane.x + lane.width - 20 - Math.random() * 10, chart.y + chart.height / 2);
    expect(await tooltip.count()).toBe(1);
  });
  const box = await tooltip.boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(chart.y + chart.height - 1);
  const medians = await tooltip.evaluate((table) =>
    [...table.querySelectorAll('tbody tr')].map((row) =>
      Number((row.querySelector('td')?.textContent ?? '').replaceAll(',', '') || NaN),
    ),
  );
  const known = medians.filter((value) => !Number.isNaN(value));
  expect(known).toEqual(known.toSorted((a, b) => b - a));
  expect(await app.shell.locator('[data-testid="chart"] svg title').allTextContents()).toEqual(['']);
  expect(await tooltip.evaluate((table) => getComputedStyle(table).backgroundColor)).toMatch(/^rgb\(/);
});

test('the hue is the process or the transport, as the person chooses', async () => {
  const colours = () =>
    app.shell
      .locator('.moving-lines [data-line]')
      .evaluateAll((lines) =>
        Object.fromEntries(lines.map((line) => [line.getAttribute('data-line'), line.getAttribute('data-colour')])),
      );
  const before = await colours();
  expect(before['plugin:echo/fifo']).toBe(before['plugin:echo/message-port']);
  await app.shell.getByRole('radio', { name: 'transport' }).check();
  await until(async () => {
    const after = await colours();
    expect(after['plugin:echo/fifo']).not.toBe(after['plugin:echo/message-port']);
    expect(after['plugin:echo/fifo']).toBe(after['plugin:digest/fifo']);
  });
});

test('every marker of deaths at one moment has a label or a number, the list has all, and a click opens the verdict', async () => {
  for (const id of ['plugin:echo', 'plugin:digest']) await app.press(id, 'crash');
  await until(async () =>
    expect((await app.recording()).events.filter(({ kind }) => kind === 'restart').length).toBe(2),
  );
  const markers = app.shell.locator('[data-testid="event-markers"] > g');
  await until(async () => expect(await markers.count()).toBeGreaterThanOrEqual(4));
  expect(await markers.evaluateAll((all) => all.filter((marker) => !marker.querySelector('text')).length)).toBe(0);
  await app.shell.getByTestId('events').click();
  const entries = app.shell.getByTestId('event-list').getByRole('listitem');
  // On a busy machine there may be another between the two counts.
  await until(async () => expect(await entries.count()).toBeGreaterThanOrEqual(await markers.count()));
  await app.shell
    .getByTestId('event-list')
    .getByRole('button', { name: /echo crashed/ })
    .click();
  await app.shell.getByRole('dialog').waitFor();
  await app.shell.keyboard.press('Escape');
  await app.shell.getByTestId('events').click();
  await markers.filter({ hasText: /./ }).and(app.shell.locator('[data-event="crash"]')).first().locator('text').click();
  await app.shell.getByRole('dialog').waitFor();
  await app.shell.keyboard.press('Escape');
});

test('lost pings stand in a lane under the axis, and the key says what they are', async () => {
  await app.press('plugin:digest', 'hang');
  const losses = app.shell.getByTestId('loss-markers');
  await losses.locator('[data-channel^="plugin:digest"]').first().waitFor();
  const [lane, lost] = await Promise.all([
    app.shell.getByTestId('loss-lane').locator('rect').boundingBox(),
    losses.boundingBox(),
  ]);
  const axis = await app.shell
    .locator('[data-testid="chart"] .recharts-yAxis .recharts-cartesian-axis-line')
    .boundingBox();
  if (!lane || !lost || !axis) throw new Error('the chart has no lane');
  expect(lane.y).toBeGreaterThanOrEqual(axis.y + axis.height - 1);
  // The box has room for strokes around it.
  expect(lost.y).toBeGreaterThanOrEqual(lane.y - 3);
  expect(lost.y + lost.height).toBeLessThanOrEqual(lane.y + lane.height + 3);
  expect(await app.shell.getByTestId('chart-key').textContent()).toContain('lost ping');
});

test('the lines of a process that has just died stand out until the verdict is final', async () => {
  const widthOf = (id: string) => app.shell.locator(`.moving-lines [data-line="${id}"]`).getAttribute('data-width');
  await app.press('plugin:echo', 'kill');
  await until(async () => expect(await widthOf('plugin:echo/fifo')).toBe('2.2'));
  await app.finalVerdict('');
  await until(async () => expect(await widthOf('plugin:echo/fifo')).toBe('1.6'));
});
