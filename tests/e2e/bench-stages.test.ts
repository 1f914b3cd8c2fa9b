/// <reference lib="dom" />
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppUnderTest, until } from './support/app';
import { violationsOf } from './support/axe';

/** The stages of a benchmark that was run from the window. */

let app: AppUnderTest;
beforeAll(async () => {
  app = await AppUnderTest.launch();
  await app.shell.getByRole('radio', { name: 'Benchmark', exact: true }).check();
  await app.shell.getByRole('button', { name: 'None', exact: true }).click();
  for (const method of ['fifo', 'message-port']) await at(`bench-method-${method}`).check();
  await at('bench-cycles').fill('400');
  await at('bench-warmup').fill('20');
  await at('bench-rounds').fill('2');
});
afterAll(() => app?.close());

const at = (testId: string) => app.shell.getByTestId(testId);
const show = (plot: string) => app.shell.getByRole('radio', { name: plot, exact: true }).check();

async function run(): Promise<void> {
  await at('bench-start').click();
  await app.shell.locator('[data-testid="bench-run"][data-kind="running"]').waitFor();
  await until(async () => expect(await at('bench-run').getAttribute('data-kind')).toBe('idle'));
  await at('bench-result').waitFor();
}

test('without the switch there is no word of stages', async () => {
  await run();
  expect(await app.shell.getByRole('radio', { name: 'Boxes', exact: true }).count()).toBe(1);
  expect(await app.shell.getByRole('radio', { name: 'Stages', exact: true }).count()).toBe(0);
});

test('with it: for each run sentences, bars and a table that adds up', async () => {
  await at('bench-anatomy').check();
  await run();
  await show('Stages');
  for (const [name, stage] of [
    ['Named pipe', 'from the plugin’s thread to its JavaScript'],
    ['Message port', 'waiting for the plugin’s JavaScript to run'],
  ] as const) {
    await at('bench-anatomy-run').selectOption(name);
    const sentences = await at('bench-anatomy-sentences').locator('li').allTextContents();
    expect(sentences.slice(0, 3).map((sentence) => sentence.split(':')[0])).toEqual(['p50', 'p90', 'p99']);
    for (const percentile of ['p50', 'p90', 'p99'])
      expect(await at(`stage-bar-${percentile}`).getByRole('img').getAttribute('aria-label')).toContain(stage);
    // Of p50: its stages are together its round trip, but for what rounding takes.
    const shares = await at('stage-table')
      .locator('tbody tr[data-stage] td:nth-of-type(2)')
      .evaluateAll((cells) => cells.map((cell) => Number(cell.textContent)));
    expect(shares.length).toBeGreaterThan(4);
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(5);
  }
});

test('a picture is of the stages of the run that is shown, and of the plot when that is', async () => {
  await show('Stages');
  await at('bench-anatomy-run').selectOption('Message port');
  const stages = await savedText();
  for (const words of ['Stages of Message port', 'waiting for the plugin’s JavaScript to run', 'p99 µs'])
    expect(stages).toContain(words);
  for (const sentence of await at('bench-anatomy-sentences').locator('li').allTextContents())
    expect(stages).toContain(sentence);
  await show('Percentiles');
  const plot = await savedText();
  expect(plot).toContain('Percentile');
  expect(plot).not.toContain('Stages of');
});

/** The words of the drawing that _Save as SVG_ writes. */
async function savedText(): Promise<string> {
  const path = join(app.home, `saved-${Date.now()}.svg`);
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await at('bench-save-svg').click();
  await until(() => expect(existsSync(path)).toBe(true));
  const svg = readFileSync(path, 'utf8');
  return app.shell.evaluate((text) => {
    const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
    return [...documentElement.querySelectorAll('text')].map((each) => each.textContent).join('\n');
  }, svg);
}

test.each([
  ['as it opens', null],
  ['at its smallest', [800, 600] as const],
])('%s, nothing is cut or lies over anything else, and the plot comes back', async (_, size) => {
  if (size !== null)
    await app.electron.evaluate(({ BrowserWindow }, [width, height]) => {
      BrowserWindow.getAllWindows()[0]?.setSize(width, height);
    }, size);
  await show('Stages');
  const result = at('bench-result');
  await until(async () => expect(await misplaced()).toEqual([]));
  expect(await violationsOf(app, 'bulkhead-shell:')).toEqual([]);
  await show('Boxes');
  await until(async () => expect(await result.locator('svg .result-row').count()).toBe(2));
  expect(await at('bench-anatomies').count()).toBe(0);
});

/** Parts of the result that reach below their place, and what reaches over its right edge. */
function misplaced(): Promise<string[]> {
  return app.shell.evaluate(() => {
    const result = document.querySelector('[data-testid="bench-result"] .bench-result, .bench-result');
    const { right } = result?.getBoundingClientRect() ?? { right: 0 };
    const parts = [...(result?.children ?? [])];
    const below = parts.filter((part, i) => {
      const next = parts[i + 1]?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY;
      const spills = getComputedStyle(part).overflowY === 'visible' && part.scrollHeight > part.clientHeight + 1;
      return spills || part.getBoundingClientRect().bottom > next + 1;
    });
    const wide = [...document.querySelectorAll('[data-testid="bench-anatomies"] *, .bench-save button')].filter(
      (each) => each.closest('.visually-hidden') === null && each.getBoundingClientRect().right > right,
    );
    return [...below, ...wide].map((element) => element.outerHTML.slice(0, 80));
  });
}
