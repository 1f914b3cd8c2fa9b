/// <reference lib="dom" />
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';
import { violationsOf } from './support/axe';

/** What axe finds on every page and in every dialog, light and dark. */
let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

const SHELL = 'bulkhead-shell:';
const BETA = 'site:bulkhead://beta.test';
const GAMMA = 'site:bulkhead://gamma.test';

/** In the dark the window is small: what doesn't fit has to be scrolled by the keyboard as well. */
const SIZES = { light: [1280, 820], dark: [760, 520] } as const;

async function expectNoViolations(address = SHELL): Promise<void> {
  const found: Record<string, string[]> = {};
  for (const theme of ['light', 'dark'] as const) {
    await app.electron.evaluate(
      ({ BrowserWindow, nativeTheme }, [source, width, height]) => {
        nativeTheme.themeSource = source;
        BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
      },
      [theme, ...SIZES[theme]] as const,
    );
    await until(async () =>
      expect(
        await app.shell.evaluate(() => [matchMedia('(prefers-color-scheme: dark)').matches, window.innerWidth]),
      ).toEqual([theme === 'dark', SIZES[theme][0]]),
    );
    found[theme] = await violationsOf(app, address);
  }
  expect(found).toEqual({ light: [], dark: [] });
}

const at = (testId: string) => app.shell.getByTestId(testId);
const dialog = () => app.shell.locator('dialog[open]');
const check = (name: string) => app.shell.getByRole('radio', { name, exact: true }).check();

/** Chooses an item of the application menu. */
function choose(label: string): Promise<void> {
  return app.electron.evaluate(({ Menu }, name) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    items.find((item) => item.label === name)?.click();
  }, label);
}

async function closeDialog(): Promise<void> {
  await app.shell.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
}

test('axe finds what is wrong', async () => {
  await app.shell.evaluate(() => {
    const button = document.createElement('button');
    button.id = 'nameless';
    document.querySelector('main')?.append(button);
  });
  expect((await violationsOf(app, SHELL)).join()).toContain('button-name: #nameless');
  await app.shell.evaluate(() => document.querySelector('#nameless')?.remove());
});

test('the live page', () => expectNoViolations());

test('the percentile chart, and the list of events', async () => {
  await at('events').click();
  await expectNoViolations();
  await at('events').click();
  await check('Percentiles');
  await expectNoViolations();
  await check('Latency');
});

test.each(['New tab', 'Export…', 'Anatomy of a round trip', 'Glossary', 'About Bulkhead'])(
  'the dialog “%s”',
  async (label) => {
    await choose(label);
    await dialog().waitFor();
    await expectNoViolations();
    await closeDialog();
  },
);

test('an address that is refused', async () => {
  await app.request('tab:navigate', 3, 'ht!tp:/bad');
  await app.shell.locator('[data-testid="pane"][data-kind="refused"]').waitFor();
  try {
    await expectNoViolations();
  } finally {
    await app.request('tab:back', 3);
  }
});

test('a crash and its verdict', async () => {
  await app.press(GAMMA, 'crash');
  await at('sad-tab').waitFor();
  await app.finalVerdict('gamma.test');
  await expectNoViolations();
  await at('verdict-details').click();
  await expectNoViolations();
  await closeDialog();
});

test('a process that does not answer', async () => {
  await app.request('tab:activate', 2);
  await app.press(BETA, 'hang');
  await at('unresponsive-bar').waitFor();
  await expectNoViolations();
  // Refused when the hang is over by now.
  await app.request('process:act', BETA, 'end');
});

test('the page of a site, and the one for what is not there', async () => {
  await app.request('tab:reload', 3);
  await app.untilState(GAMMA, 'running');
  await expectNoViolations('bulkhead://gamma.test');
  await app.openTab('bulkhead://nobody.test/');
  await app.shell.locator('[role="tab"]', { hasText: 'No such site' }).waitFor();
  await expectNoViolations('bulkhead://nobody.test');
});

test('the benchmark without a result, while it runs, with a result, and with two beside each other', async () => {
  await check('Benchmark');
  await app.shell.getByRole('button', { name: 'None', exact: true }).click();
  await expectNoViolations();
  for (const method of ['fifo', 'unix-stream']) await at(`bench-method-${method}`).check();
  await at('bench-cycles').fill('300');
  await at('bench-warmup').fill('10');
  await at('bench-rounds').fill('3');
  for (const results of [1, 2]) {
    await at('bench-start').click();
    await at('bench-stop').waitFor();
    if (results === 1) await expectNoViolations();
    await until(async () => expect(await app.shell.locator('.bench-result-chip').count()).toBe(results));
  }
  await expectNoViolations();
  await app.shell.locator('.bench-compare select').selectOption({ index: 1 });
  await app.shell.locator('.comparison-table').waitFor();
  await expectNoViolations();
}, 240_000);

test('the load before, while it runs, and after it', async () => {
  await check('Load');
  await expectNoViolations();
  for (const route of ['nats', 'rabbitmq', 'pubsub']) await at(`load-choose-${route}`).uncheck();
  await at('load-start').click();
  await app.shell.locator('[data-testid="load-run"][data-kind="running"]').waitFor();
  await until(async () => expect(await app.shell.locator('.time-line[d^="M"]').count()).toBeGreaterThan(0));
  await expectNoViolations();
  await at('load-stop').click();
  await app.shell.locator('[data-testid="load-run"][data-kind="ended"]').waitFor({ timeout: 60_000 });
  await expectNoViolations();
}, 240_000);
