import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app.close());

/** The process of the window's own page, as the browser process knows it. */
const shellPid = () =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);

/** Evaluates in the window's page without Playwright's own page, which a crash closes for good. */
const inShell = <T>(script: string) =>
  app.electron.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code) as Promise<T>,
    script,
  );

const linesDrawn = () => inShell<number>(`document.querySelectorAll('[data-testid="chart"] path').length`);

test('the window comes back by itself, as it was set up, with its charts, while measuring goes on', async () => {
  await app.shell.locator('input[name="window"][value="2min"]').check({ force: true });
  await app.openTab('bulkhead://www.alpha.test/');
  const before = await shellPid();
  process.kill(before, 'SIGKILL');
  await until(async () => expect(await shellPid()).not.toBe(before));
  await until(async () => expect(await inShell(`document.querySelectorAll('[role="tab"]').length`)).toBe(4));
  expect(await inShell(`JSON.parse(sessionStorage.getItem('view')).window`)).toBe('2min');
  await until(async () => expect(await linesDrawn()).toBeGreaterThan(9));
  const path = join(app.home, 'after.json');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  expect(await inShell(`bulkhead.request('recording:export', 'json')`)).toEqual({ status: 'saved', path });
  const recording = JSON.parse(readFileSync(path, 'utf8'));
  const death = recording.incidents.find(({ processId }: { processId: string }) => processId === 'shell');
  expect(death).toMatchObject({ processName: 'Window', how: 'killed by SIGKILL' });
  expect(recording.events.map(({ label }: { label: string }) => label)).toContain('Window restarted');
  for (const channel of recording.channels) expect(channel.totals.lost, channel.id).toBe(0);
});

test('a chart that is asked for while the window is away waits for it', async () => {
  const path = join(app.home, 'chart.svg');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
  const before = await shellPid();
  process.kill(before, 'SIGKILL');
  await app.electron.evaluate(({ Menu }) => {
    const find = (items: Electron.MenuItem[]): Electron.MenuItem | undefined =>
      items.flatMap((item) => [item, ...(item.submenu?.items ?? [])]).find(({ label }) => /SVG/.test(label));
    find(Menu.getApplicationMenu()?.items ?? [])?.click();
  });
  await until(async () => expect(/<svg[^]*<\/svg>\s*$/.test(readFileSync(path, 'utf8'))).toBe(true));
  expect(await shellPid()).not.toBe(before);
});
