/// <reference lib="dom" />
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, ownedFolder, until } from './support/app';

/** The main paths with nothing but keys. */
let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

const ALPHA = 'site:bulkhead://alpha.test';
const key = (name: string) => app.shell.keyboard.press(name);
const type = (text: string) => app.shell.keyboard.type(text);
const dialog = () => app.shell.locator('dialog[open]');
const focused = () => app.shell.locator(':focus');
const closed = () => dialog().waitFor({ state: 'detached' });

/** More presses than there are stops. */
const MANY = 200;

/** Tabs on until the focus is at what the selector says. */
async function tabTo(selector: string, by: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < MANY; presses += 1) {
    if (await app.shell.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await key(by);
  }
  throw new Error(`${MANY} presses of ${by} did not reach ${selector}.`);
}
const at = (testId: string) => `[data-testid="${testId}"]`;

// Every path begins at the top of the window.
beforeEach(() =>
  app.shell.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    document.getSelection()?.collapse(document.body, 0);
  }),
);

interface Stop {
  what: string;
  name: string;
  ring: boolean;
  seen: boolean;
}

/** What has the focus: what it is called, and whether one sees where the focus is. */
function stop(): Promise<Stop | null> {
  return app.shell.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return null;
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const text = (each: Element) => each.textContent?.trim() ?? '';
    const name =
      element.getAttribute('aria-label') ??
      (labels.map(text).join(' ') || text(element) || (element as HTMLElement).title);
    // A radio button is invisible, and its words have the ring; a number field's box has it.
    const places = [element, element.nextElementSibling, element.closest('.number-box')];
    const ring = places.some((place) => {
      if (place === null) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(place);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    const { left, top, width, height } = element.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    const seen =
      there !== null &&
      (element.contains(there) || there.contains(element) || labels.some((label) => label.contains(there)));
    const what = `${element.tagName.toLowerCase()} ${element.getAttribute('data-testid') ?? element.className}`;
    return { what, name, ring, seen };
  });
}

/** Every stop once, around the window. */
async function stops(): Promise<Stop[]> {
  const all: Stop[] = [];
  for (let presses = 0; presses < MANY; presses += 1) {
    await key('Tab');
    const next = await stop();
    if (next === null || JSON.stringify(next) === JSON.stringify(all[0])) return all;
    all.push(next);
  }
  throw new Error(`After ${MANY} stops there is still another: ${JSON.stringify(all.slice(-3))}`);
}

test.each(['Live', 'Benchmark'])(
  'on the page “%s” every stop has a name, and shows that it has the focus',
  async (name) => {
    await app.shell.getByRole('radio', { name, exact: true }).focus();
    await key('Space');
    await app.shell.evaluate(() => (document.activeElement as HTMLElement).blur());
    const all = await stops();
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter(({ name: called, ring, seen }) => called === '' || !ring || !seen)).toEqual([]);
    await app.shell.getByRole('radio', { name: 'Live', exact: true }).check();
  },
);

test('a site is opened, crashed, judged and loaded again', async () => {
  await tabTo(at('new-tab'));
  await key('Enter');
  await dialog().waitFor();
  await type('alpha.test/by-keys');
  await key('Enter');
  await closed();
  await app.shell.locator('[role="tab"][aria-selected="true"]', { hasText: 'alpha.test' }).waitFor();
  await app.untilState(ALPHA, 'running');
  await app.shell.evaluate(() => (document.activeElement as HTMLElement).blur());

  await tabTo(`${at(`process-${ALPHA}`)} ${at('act-crash')}`);
  await key('Enter');
  await app.shell.getByTestId('sad-tab').waitFor();
  // The button has gone; the focus is still in its compartment.
  expect(await focused().getAttribute('data-testid')).toBe('act-reload');

  await app.finalVerdict('alpha.test');
  await tabTo(at('verdict-details'));
  await key('Enter');
  expect(await dialog().textContent()).toContain('alpha.test crashed');
  await key('Escape');
  await closed();
  expect(await focused().getAttribute('data-testid')).toBe('verdict-details');

  await tabTo(at('sad-reload'));
  await key('Enter');
  await app.untilState(ALPHA, 'running');
});

test('a tab that is closed by Delete leaves the focus on the next', async () => {
  const id = await app.openTab('bulkhead://beta.test/closed-by-keys');
  await tabTo(at(`tab-${id}`));
  await key('Delete');
  await app.shell.getByTestId(`tab-${id}`).waitFor({ state: 'detached' });
  await until(async () => expect(await focused().getAttribute('role')).toBe('tab'));
  expect(await focused().getAttribute('aria-selected')).toBe('true');
});

test('the table is one stop; arrow keys go through it, and a channel is switched off and on', async () => {
  const rows = await app.shell
    .locator('.channel-table .switch')
    .evaluateAll((switches) => switches.map((each) => each.getAttribute('data-testid') ?? ''));
  await tabTo('.channel-table *');
  expect(await focused().getAttribute('data-testid')).toBe(rows[0]);
  await key('ArrowDown');
  expect(await focused().getAttribute('data-testid')).toBe(rows[1]);
  await key('End');
  expect(await focused().evaluate((cell) => cell.tagName)).toBe('TD');
  await key('Home');
  const id = rows[1]?.replace('run-', '') ?? '';
  const row = app.shell.getByTestId(`channel-${id}`);
  await key('Space');
  await until(async () => expect(await row.getAttribute('data-state')).toBe('paused'));
  await key('Space');
  await until(async () => expect(await row.getAttribute('data-state')).toBe('measuring'));
  await key('Control+Home');
  expect(await focused().textContent()).toBe('Run');
  // Out of it at once, and back to where one was.
  await key('Shift+Tab');
  expect(await app.shell.locator('.channel-table :focus').count()).toBe(0);
  await key('Tab');
  expect(await focused().textContent()).toBe('Run');
});

test('what a title says is shown to the keyboard as well, until Escape', async () => {
  await tabTo('.channel-table *');
  await key('Control+Home');
  await key('ArrowDown');
  await key('ArrowRight');
  const tooltip = app.shell.getByTestId('tooltip');
  await until(async () => expect(await tooltip.textContent()).toContain('Promises order'));
  expect(await tooltip.isVisible()).toBe(true);
  await key('Escape');
  await tooltip.waitFor({ state: 'hidden' });
});

test('“?” opens the glossary, which is searched; at a word it opens at that word', async () => {
  await tabTo(at('open-about'));
  await key('?');
  await dialog().waitFor();
  await type('confidence');
  expect(await dialog().locator('dt').allTextContents()).toEqual(['95 %']);
  await key('Escape');
  await closed();
  expect(await focused().getAttribute('data-testid')).toBe('open-about');

  await tabTo('[data-word="timing"]');
  await key('Enter');
  expect(await focused().getAttribute('data-entry')).toBe('timing');
  await key('Escape');
  await closed();
  expect(await focused().getAttribute('data-word')).toBe('timing');
});

/** A key of the application menu, pressed where the keyboard is: such keys go through the browser process. */
function menuKey(keyCode: string): Promise<void> {
  return app.electron.evaluate(({ webContents }, code) => {
    for (const type of ['keyDown', 'keyUp'] as const)
      webContents.getFocusedWebContents()?.sendInputEvent({ type, keyCode: code });
  }, keyCode);
}

/** Whose page the keyboard is in: the start of its address. */
function keyboardIn(): Promise<string | undefined> {
  return app.electron.evaluate(({ webContents }) => webContents.getFocusedWebContents()?.getURL().split('/')[0]);
}

test('F6 leads to the page and back to where one was; F1 opens the glossary from there too', async () => {
  await app.electron.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .find((contents) => contents.getURL().startsWith('bulkhead-shell:'))
      ?.focus(),
  );
  await tabTo(at('open-about'));
  await menuKey('F6');
  await until(async () => expect(await keyboardIn()).toBe('bulkhead:'));
  await menuKey('F6');
  await until(async () => expect(await keyboardIn()).toBe('bulkhead-shell:'));
  expect(await focused().getAttribute('data-testid')).toBe('open-about');
  await menuKey('F6');
  await until(async () => expect(await keyboardIn()).toBe('bulkhead:'));
  await menuKey('F1');
  await dialog().waitFor();
  await until(async () => expect(await keyboardIn()).toBe('bulkhead-shell:'));
  await key('Escape');
  await closed();
});

test('in a field a “?” is a character; over a dialog the glossary leads back to it', async () => {
  await tabTo('#address');
  await key('?');
  expect(await app.shell.locator('#address').inputValue()).toBe('?');
  await key('Escape');
  await tabTo(at('verdict-details'), 'Shift+Tab');
  await key('Enter');
  await tabTo('dialog [data-word="slower-from"]');
  await key('Enter');
  expect(await dialog().count()).toBe(2);
  await key('Escape');
  await until(async () => expect(await dialog().count()).toBe(1));
  expect(await focused().getAttribute('data-word')).toBe('slower-from');
  await key('Escape');
  await closed();
});

test('the recording is exported', async () => {
  const path = join(ownedFolder(app.home, 'exported'), 'recording.json');
  await app.electron.evaluate(({ dialog: native }, filePath) => {
    native.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await tabTo(at('open-export'));
  await key('Enter');
  await tabTo(at('export-json'));
  await key('Enter');
  await app.shell.locator('[data-testid="export-job-json"][data-kind="saved"]').waitFor();
  await key('Escape');
  await closed();
  expect(await focused().getAttribute('data-testid')).toBe('open-export');
});

test('the page is changed, and a small benchmark measured', async () => {
  await tabTo('input[name="page"]');
  await key('ArrowRight');
  await app.shell.getByTestId('bench-page').waitFor();
  await tabTo('.bench-methods button:last-of-type');
  await key('Enter');
  await tabTo(at('bench-method-fifo'));
  await key('Space');
  for (const [field, value] of [
    ['cycles', '200'],
    ['rounds', '1'],
    ['warmup', '10'],
  ] as const) {
    await tabTo(at(`bench-${field}`));
    await key('Control+A');
    await type(value);
  }
  await tabTo(at('bench-start'));
  await key('Enter');
  await app.shell.locator('.run-table th[scope="row"]', { hasText: 'Named pipe' }).waitFor({ timeout: 60_000 });
  // The button that was pressed has gone and come again: the focus is where it was.
  await until(async () =>
    expect(await focused().evaluate((element) => element.querySelector('[data-testid="bench-start"]') !== null)).toBe(
      true,
    ),
  );
  await tabTo('.run-table [data-word="interval"]');
  await key('?');
  expect(await focused().getAttribute('data-entry')).toBe('interval');
  await key('Escape');
  await closed();
  await tabTo('input[name="page"]');
  await key('ArrowLeft');
  await app.shell.getByTestId('chart').waitFor();
});

test('a load is started, read off its chart, and stopped', async () => {
  await tabTo('input[name="page"]');
  await key('ArrowLeft');
  for (const route of ['nats', 'rabbitmq', 'pubsub']) {
    await tabTo(at(`load-choose-${route}`));
    await key('Space');
  }
  await tabTo(at('load-start'));
  await key('Enter');
  await app.shell.locator('[data-testid="load-chart-end-to-end"] [data-line="http p50"][d^="M"]').waitFor();
  await tabTo(at('load-legend-grpc'));
  await key('Space');
  await tabTo('[data-testid="load-chart-end-to-end"] svg[role="application"]');
  await key('End');
  const readout = app.shell.locator('[data-testid="load-chart-end-to-end"] .chart-tooltip');
  await readout.waitFor();
  expect(await readout.textContent()).toContain('HTTP, p50');
  expect(await readout.textContent()).not.toContain('gRPC');
  await tabTo(at('load-stop'), 'Shift+Tab');
  await key('Enter');
  await app.shell.locator('[data-testid="load-run"][data-kind="ended"]').waitFor({ timeout: 60_000 });
  await tabTo('input[name="page"]', 'Shift+Tab');
  await key('ArrowRight');
  await app.shell.getByTestId('chart').waitFor();
});
