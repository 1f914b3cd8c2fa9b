import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

/** Address and process of every site page, as Chromium itself tells. */
function pages(): Promise<Array<{ url: string; pid: number }>> {
  return app.electron.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .filter((contents) => contents.getURL().startsWith('bulkhead://'))
      .map((contents) => ({ url: contents.getURL(), pid: contents.getOSProcessId() })),
  );
}

async function pidOf(url: string): Promise<number | undefined> {
  return (await pages()).find((page) => page.url === url)?.pid;
}

test('two sites never share a process', async () => {
  const found = await pages();
  expect(new Set(found.map(({ pid }) => pid)).size).toBe(found.length);
});

test('a subdomain is the same site: its tab shares the process', async () => {
  await app.openTab('bulkhead://www.alpha.test');
  await expect.poll(() => pidOf('bulkhead://www.alpha.test/'), { timeout: 20_000 }).toBeGreaterThan(0);
  expect(await pidOf('bulkhead://www.alpha.test/')).toBe(await pidOf('bulkhead://alpha.test/'));
  await expect.poll(() => app.card('site:bulkhead://alpha.test').textContent()).toMatch(/2 tabs/);
});

test('a second tab of one site shares its process, a tab that goes to another site changes over', async () => {
  const id = await app.openTab('bulkhead://beta.test/second');
  await expect
    .poll(() => pidOf('bulkhead://beta.test/second'), { timeout: 20_000 })
    .toBe(await pidOf('bulkhead://beta.test/'));
  await app.request('tab:navigate', id, 'bulkhead://gamma.test/from-beta');
  await expect
    .poll(() => pidOf('bulkhead://gamma.test/from-beta'), { timeout: 20_000 })
    .toBe(await pidOf('bulkhead://gamma.test/'));
});

test('a process with no tab left ends, and its pings are not counted as lost', async () => {
  const pid = await app.processPid('site:bulkhead://beta.test');
  const tab = app.shell.locator('[role="tab"]', { hasText: 'beta.test' }).first();
  await app.request('tab:close', Number((await tab.getAttribute('data-testid'))?.replace('tab-', '')));
  await expect.poll(() => app.card('site:bulkhead://beta.test').count(), { timeout: 20_000 }).toBe(0);
  await expect
    .poll(
      async () =>
        (
          await app.electron.evaluate(({ app: electronApp }) => electronApp.getAppMetrics().map((metric) => metric.pid))
        ).includes(pid as number),
      { timeout: 20_000 },
    )
    .toBe(false);
  const channel = (await app.recording()).channels.find(({ id }) => id === 'site:bulkhead://beta.test/message-port');
  expect(channel?.totals).toMatchObject({ lost: 0 });
});

test('an address that is not one, or of another scheme, is refused in the pane with what to do', async () => {
  for (const address of ['file:///etc/passwd', 'javascript:alert(1)', 'http://example.com', 'not an address']) {
    const id = await app.openTab(address);
    const pane = app.shell.locator('[data-testid="pane"][data-kind="refused"]');
    await pane.waitFor();
    expect(await pane.textContent(), address).toMatch(/Type/);
    await app.request('tab:close', id);
  }
});

test('on an out-of-support runtime remote pages stay closed, and it says why', async ({ skip }) => {
  const { environment } = await app.recording();
  skip(environment.runtimeSupported, 'this runtime is supported: remote pages open');
  await app.openTab('https://example.com');
  const pane = app.shell.locator('[data-testid="pane"][data-kind="refused"]');
  await pane.waitFor();
  await until(async () => expect(await pane.textContent()).toContain('out-of-support Chromium'));
});
