/// <reference lib="dom" />
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadResultSchema } from '../../src/shared/load/result';
import { ROUTE_IDS } from '../../src/shared/routes/route-catalog';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

/** A load over the two routes that need no server, started, disturbed and ended from the page. */
let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
  await app.shell.getByRole('radio', { name: 'Load', exact: true }).check();
});
afterAll(() => app?.close());

const at = (testId: string) => app.shell.getByTestId(testId);
const COUNTS = ['sent', 'accepted', 'delivered', 'duplicated', 'refused', 'failed', 'lost'] as const;
type Counts = Record<(typeof COUNTS)[number], number>;

/** What the table says of a route; NaN where it says nothing. */
async function countsOf(route: string): Promise<Counts> {
  const cells = await at(`load-route-${route}`)
    .locator('td[data-column]')
    .evaluateAll((all) => all.map((cell) => [(cell as HTMLElement).dataset['column'], cell.textContent]));
  const texts = Object.fromEntries(cells) as Record<string, string>;
  return Object.fromEntries(COUNTS.map((id) => [id, Number((texts[id] ?? '–').replaceAll(',', ''))])) as Counts;
}

const delivered = async (route: string) => (await countsOf(route)).delivered;
/** Chooses a traffic file, with the dialog answered. */
async function choose(path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, path);
  await at('load-file').click();
}

const untilKind = (kind: string) =>
  until(async () => expect(await at('load-run').getAttribute('data-kind')).toBe(kind));

test('a field that is wrong keeps the load from starting, and is named', async () => {
  for (const route of ROUTE_IDS.filter((id) => id !== 'http' && id !== 'grpc'))
    await at(`load-choose-${route}`).uncheck();
  await at('load-users').fill('many');
  await at('load-start').click();
  expect(await at('load-users').evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await at('load-run').textContent()).toContain('Users: A whole number, 1 to 10,000.');
  expect(await at('load-run').getAttribute('data-kind')).toBe('idle');
  await at('load-users').fill('5');
});

test('a traffic file is read at once: what is wrong in it is named by its line, and a bad file is refused', async () => {
  const record = { name: 'A', location: 'B', age: 30, infectedtype: 'unknown', state: 'mild' };
  const good = join(app.home, 'some.json');
  writeFileSync(good, `[\n${JSON.stringify(record)},\n${JSON.stringify({ ...record, age: 'old' })}\n]`);
  const bad = join(app.home, 'bad.json');
  writeFileSync(bad, '{}');
  await choose(good);
  await until(async () => expect(await at('load-file-read').textContent()).toMatch(/^1 record Left out: 1, line 3: /));
  await choose(bad);
  await until(async () => expect(await at('load-traffic').getByRole('alert').textContent()).toContain('bad.json'));
  expect(await at('load-file-read').count()).toBe(1);
  await at('load-traffic').getByText('Use those that ship').click();
  expect(await at('load-traffic').textContent()).toContain('as they ship');
});

test('a file that is dropped onto the page is taken, and a bad one refused with the line’s words', async () => {
  const record = { name: 'A', location: 'B', age: 30, infectedtype: 'unknown', state: 'mild' };
  const good = join(app.home, 'dropped.json');
  writeFileSync(good, `[${JSON.stringify(record)},${JSON.stringify(record)}]`);
  const bad = join(app.home, 'dropped-bad.json');
  writeFileSync(bad, `[\n${JSON.stringify({ ...record, age: 'old' })}\n]`);
  await drop(good);
  await until(async () => expect(await at('load-file-read').textContent()).toBe('2 records'));
  expect(await at('load-traffic').textContent()).toContain('dropped.json');
  await drop(bad);
  await until(async () =>
    expect(await at('load-traffic').getByRole('alert').textContent()).toMatch(/dropped-bad\.json.*line 2.*"age"/i),
  );
  // The one before stays.
  expect(await at('load-file-read').textContent()).toBe('2 records');
  await at('load-traffic').getByText('Use those that ship').click();
});

/** Drops a file of the disk, as the system does: it comes with its path. */
async function drop(path: string): Promise<void> {
  const box = await at('load-traffic').boundingBox();
  if (box === null) throw new Error('The place to drop a file is not shown.');
  const session = await app.shell.context().newCDPSession(app.shell);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', {
      type,
      x,
      y,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
  await session.detach();
}

test('what this machine lacks is said before anything is started', async () => {
  expect(await at('load-missing-pubsub').count()).toBe(0);
  await at('load-mode-pubsub').selectOption('cloud');
  await until(async () =>
    expect(await at('load-missing-pubsub').textContent()).toContain('export BULKHEAD_PUBSUB_PROJECT=PROJECT'),
  );
  await at('load-mode-pubsub').selectOption('embedded');
  await until(async () => expect(await at('load-missing-pubsub').count()).toBe(0));
});

test('figures come, and the number of users can be changed meanwhile', async () => {
  await at('load-spawnRate').fill('100');
  await at('load-waitFrom').fill('0.01');
  await at('load-waitTo').fill('0.05');
  await at('load-loop').check();
  await at('load-start').click();
  await untilKind('running');
  for (const route of ['http', 'grpc'])
    await until(async () => expect(await delivered(route), route).toBeGreaterThan(0));
  await at('load-users-now').fill('8');
  await at('load-users-now').press('Enter');
  await until(async () => expect(await at('tile-users').textContent()).toBe('8'));
  // None at all is a pause.
  await at('load-users-now').fill('0');
  await at('load-users-now').press('Enter');
  await until(async () => expect(await at('tile-users').textContent()).toBe('0'));
  await at('load-users-now').fill('8');
  await at('load-users-now').press('Enter');
  await until(async () => expect(await at('tile-users').textContent()).toBe('8'));
  await at('load-users-now').fill('10001');
  expect(await at('load-controls').getByRole('alert').textContent()).toBe('At most 10,000');
  await at('load-users-now').press('Escape');
});

test('the other pages say that a load runs, and lead back to it', async () => {
  for (const page of ['Live', 'Benchmark']) {
    await app.shell.getByRole('radio', { name: page, exact: true }).check();
    await until(async () =>
      expect(await at('load-running-note').textContent()).toMatch(/^A load over HTTP and gRPC runs on this machine/),
    );
  }
  await at('load-running-note').getByRole('button').click();
  expect(await at('load-page').count()).toBe(1);
  expect(await at('load-running-note').count()).toBe(0);
});

test('a receiver that is killed from the page is counted and comes back, and the other route goes on', async () => {
  const receiver = at('load-processes').locator('[data-testid^="load-process-route:http"]', { hasText: 'receiver' });
  const pid = await receiver.getAttribute('data-pid');
  await receiver.getByTestId('act-kill').click();
  await until(async () => {
    expect(await receiver.getAttribute('data-state')).toBe('running');
    expect(await receiver.getAttribute('data-pid')).not.toBe(pid);
  });
  await until(async () => expect((await countsOf('http')).failed).toBeGreaterThan(0));
  // Every chart marks it, and a reason stands in the table.
  for (const chart of ['end-to-end', 'rate', 'response', 'users'])
    await until(async () =>
      expect(await at(`load-chart-${chart}`).locator('[data-marker]').count()).toBeGreaterThan(0),
    );
  expect(await at('load-failures').textContent()).toContain('HTTP');
  const [http, grpc] = [await delivered('http'), await delivered('grpc')];
  await until(async () => expect(await delivered('http')).toBeGreaterThan(http));
  await until(async () => expect(await delivered('grpc')).toBeGreaterThan(grpc));
});

test('in the end everything adds up, and what each route kept is said and saved', async () => {
  await at('load-stop').click();
  await untilKind('ended');
  const path = join(app.home, 'load.json');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await at('load-save-json').click();
  await until(async () => expect(await at('status').textContent()).toContain('Saved'));
  const result = loadResultSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  for (const route of ['http', 'grpc']) {
    const counts = await countsOf(route);
    const { sent, delivered: once, duplicated, refused, failed, lost } = counts;
    expect(once + duplicated + refused + failed + lost, route).toBe(sent);
    expect(result.routes.find((each) => each.route === route)).toMatchObject(counts);
    expect(await at(`load-kept-${route}`).getAttribute('data-kept'), route).toBe('kept');
  }
  expect(await countsOf('grpc')).toMatchObject({ duplicated: 0, refused: 0, failed: 0, lost: 0 });
});

test('the race and the table can be copied', async () => {
  for (const [what, words] of [
    ['copy-chart', 'Copied the chart.'],
    ['copy-table', 'Copied 2 rows.'],
  ] as const) {
    await at('copy').click();
    await at(what).click();
    await until(async () => expect(await at('status').textContent()).toContain(words));
  }
});

test('a reset forgets the run and keeps the form', async () => {
  await at('load-reset').click();
  await untilKind('idle');
  expect(await at('load-tiles').count()).toBe(0);
  expect(await at('load-users').inputValue()).toBe('5');
});
