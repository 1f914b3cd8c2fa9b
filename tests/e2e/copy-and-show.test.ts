/// <reference lib="dom" />
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { madeRun } from '../../src/shared/bench/made-runs';
import type { BenchResult } from '../../src/shared/bench/schema';
import { type AppUnderTest, launchMeasuring, ownedFolder, until } from './support/app';

let app: AppUnderTest;
let folder: string;
beforeAll(async () => {
  app = await launchMeasuring();
  folder = ownedFolder(app.home, 'saved');
  await app.electron.evaluate(({ shell }) => {
    shell.showItemInFolder = (path) => void Object.assign(globalThis, { shownPath: path });
  });
});
afterAll(() => app?.close());

const at = (testId: string) => app.shell.getByTestId(testId);
const status = () => at('status').textContent();
const shownPath = () => app.electron.evaluate(() => (globalThis as { shownPath?: string }).shownPath ?? null);
/** Both of Electron's clipboards have it, the earlier at once and the later as a promise. */
const clipboardText = () => app.electron.evaluate(async ({ clipboard }) => clipboard.readText());
const clearClipboard = () => app.electron.evaluate(({ clipboard }) => clipboard.clear());

/** Whether there is a picture on it: both of Electron's clipboards are asked in their own way. */
function hasPicture(): Promise<boolean> {
  return app.electron.evaluate(async ({ clipboard }) => {
    const earlier = clipboard as unknown as { readImage?: () => { isEmpty(): boolean } };
    return earlier.readImage === undefined ? clipboard.has('image/png') : !earlier.readImage().isEmpty();
  });
}

async function copy(what: 'chart' | 'table'): Promise<void> {
  await clearClipboard();
  await at('copy').click();
  await at(`copy-${what}`).click();
  await until(async () => expect(what === 'chart' ? await hasPicture() : await clipboardText()).toBeTruthy());
}

function result(medians: Record<string, number>): BenchResult {
  return {
    version: 1,
    environment: {
      began_at: '2026-01-02T03:04:05Z',
      interrupted: false,
      bulkhead: '1.0.0',
      electron: '45.0.0',
      chrome: '140',
      node: '22',
      v8: '14',
      runtime_origin: 'downloaded',
      os: 'linux 6',
      cpu: 'A CPU',
      cores: 2,
      memory_bytes: 2 ** 33,
      sandboxed: true,
      load_average: 0,
      max_dgram_qlen: 10,
      clock: null,
    },
    runs: Object.entries(medians).map(([method, base]) => madeRun(base, { method })),
  };
}

async function openResults(...names: string[]): Promise<void> {
  await app.electron.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
    },
    names.map((name) => join(folder, name)),
  );
  await at('bench-open').click();
}

test('the table of channels is copied as text: a line each, with its figures and without its switch', async () => {
  await copy('table');
  const [head, ...rows] = (await clipboardText()).split('\n').map((line) => line.split('\t'));
  expect(head?.slice(0, 2)).toEqual(['Channel', 'p50 µs']);
  expect(rows.length).toBe(await app.shell.locator('tr[data-testid^="channel-"]').count());
  expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([head?.length]));
  expect(rows[0]?.[0]).toContain('alpha.test');
});

test('the chart is copied as a picture, from the menu of the application as well', async () => {
  await copy('chart');
  await until(async () => expect(await status()).toContain('Copied the chart'));
  await clearClipboard();
  await app.electron.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    items.find(({ label }) => label === 'Copy the chart')?.click();
  });
  await until(async () => expect(await hasPicture()).toBe(true));
});

test('a picture that is none is refused with words, and the clipboard left as it is', async () => {
  await copy('table');
  const before = await clipboardText();
  const [told, torn] = await app.shell.evaluate(async () => {
    const { bulkhead } = globalThis as unknown as {
      bulkhead: { request(name: string, ...args: unknown[]): Promise<unknown> };
    };
    const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
    const huge = Uint8Array.from([
      ...signature,
      0,
      0,
      0,
      13,
      73,
      72,
      68,
      82,
      127,
      0,
      0,
      0,
      127,
      0,
      0,
      0,
      8,
      6,
      0,
      0,
      0,
    ]);
    return [
      await bulkhead.request('clipboard:image', new TextEncoder().encode('<svg/>')),
      await bulkhead.request('clipboard:image', huge),
    ];
  });
  expect(told).toMatchObject({ ok: false });
  expect(torn).toMatchObject({ ok: false });
  expect(await clipboardText()).toBe(before);
});

test('what was exported is shown in its folder: from the dialog and from the status line', async () => {
  const path = join(folder, 'samples.csv');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  await at('open-export').click();
  await at('export-csv').click();
  await at('export-job-csv').getByTestId('show-in-folder').click();
  await until(async () => expect(await shownPath()).toBe(path));
  rmSync(path);
  await at('export-job-csv').getByTestId('show-in-folder').click();
  await until(async () => expect(await status()).toContain('moved or deleted'));
  await app.shell.keyboard.press('Escape');
});

test('a number that stands for no file that was written is refused', async () => {
  expect(await app.request('file:show', 9999)).toMatchObject({ ok: false });
});

test('a benchmark: its table, its plot, its report, and two of them compared', async () => {
  writeFileSync(join(folder, 'one.json'), JSON.stringify(result({ fifo: 10_000, tcp: 30_000 })));
  writeFileSync(join(folder, 'two.json'), JSON.stringify(result({ fifo: 20_000, tcp: 30_000 })));
  await app.shell.getByRole('radio', { name: 'Benchmark', exact: true }).check();
  await openResults('one.json');
  await at('bench-result').waitFor();
  await copy('table');
  const rows = (await clipboardText()).split('\n').map((line) => line.split('\t'));
  expect(rows.map(([method]) => method)).toEqual(['Method', 'Named pipe', 'TCP']);
  expect(rows[1]).toContain('10.5');
  await copy('chart');

  const report = join(folder, 'report.html');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, report);
  await at('bench-save-html').click();
  await until(async () => expect(await status()).toContain(report));
  await at('status').getByTestId('show-in-folder').click();
  await until(async () => expect(await shownPath()).toBe(report));
  expect(readFileSync(report, 'utf8')).toContain('<title>Bulkhead benchmark: one.json</title>');

  await openResults('one.json', 'two.json');
  await at('bench-comparison').waitFor();
  await copy('table');
  expect(await clipboardText()).toMatch(/^Method\t.*\n(.*\n)*Named pipe\t.*slower/);
  await copy('chart');
});

test('the report of a benchmark opens by itself, and asks the network for nothing', async () => {
  const opened = await app.electron.evaluate(
    async ({ BrowserWindow, session }, filePath) => {
      const own = session.fromPartition('bench-report');
      const requests: string[] = [];
      own.webRequest.onBeforeRequest((details, answer) => {
        requests.push(details.url);
        answer({});
      });
      const window = new BrowserWindow({ show: false, frame: false, webPreferences: { session: own, sandbox: true } });
      await window.loadFile(filePath);
      const content = (await window.webContents.executeJavaScript(
        '({ boxes: document.querySelectorAll("figure.boxes svg[role=img]").length, text: document.body.innerText })',
      )) as { boxes: number; text: string };
      window.destroy();
      return { requests, ...content };
    },
    join(folder, 'report.html'),
  );
  expect(opened.requests).toEqual([`file://${join(folder, 'report.html')}`]);
  expect(opened.boxes).toBe(2);
  expect(opened.text).toContain('Fastest');
  expect(opened.text).toContain('Named pipe');
});
