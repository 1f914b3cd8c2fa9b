import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Recording, recordingSchema } from '../../src/shared/recording/schema';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app.close());

/** The process of the window's own page, as the browser process knows it. */
const shellPid = () =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);

/** Evaluates in the window's page; Playwright's own hold of it is gone for good after a crash. */
const inShell = <T>(script: string) =>
  app.electron.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code) as Promise<T>,
    script,
  );

const saveTo = (path: string) =>
  app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);

async function recording(): Promise<Recording> {
  const path = join(app.home, 'after.json');
  await saveTo(path);
  expect(await inShell(`bulkhead.request('recording:export', 'json')`)).toMatchObject({ status: 'saved', path });
  return recordingSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

test('the window comes back by itself, as it was set up, with its charts, while measuring goes on', async () => {
  await app.shell.locator('input[name="window"][value="2min"]').check({ force: true });
  await app.openTab('bulkhead://www.alpha.test/');
  const before = await shellPid();
  process.kill(before, 'SIGKILL');
  await until(async () => expect(await shellPid()).not.toBe(before));
  await until(async () => expect(await inShell(`document.querySelectorAll('[role="tab"]').length`)).toBe(4));
  expect(await inShell(`document.querySelector('input[name="window"][value="2min"]').checked`)).toBe(true);
  const { incidents, events } = await recording();
  expect(incidents.find(({ processId }) => processId === 'shell')).toMatchObject({
    processName: 'Window',
    how: 'killed by SIGKILL',
  });
  expect(events.map(({ label }) => label)).toContain('Window restarted');
  await app.untilNothingLost(recording);
});

test('a chart that is asked for while the window is away waits for it, and has what was measured before', async () => {
  const tenSeconds = 10 * 20;
  await until(async () => expect((await recording()).channels[0]?.totals.answered).toBeGreaterThan(tenSeconds));
  const path = join(app.home, 'chart.svg');
  await saveTo(path);
  const before = await shellPid();
  process.kill(before, 'SIGKILL');
  await app.electron.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? [];
    items.find(({ label }) => label.includes('SVG'))?.click();
  });
  await until(() => expect(readFileSync(path, 'utf8').trimEnd().endsWith('</svg>')).toBe(true));
  expect(await shellPid()).not.toBe(before);
  // Buckets of 0.8 s: more of them than the page that came back can have seen by itself.
  const firstLine = /stroke-width="1\.6"[^>]*><path d="([^"]*)"/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  expect(firstLine.match(/[LM]/g)?.length).toBeGreaterThan(8);
});
