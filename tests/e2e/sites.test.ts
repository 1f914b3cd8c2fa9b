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

/** Until the window shows it no more: the next tab is known by being in front. */
async function closeTab(id: number): Promise<void> {
  await app.request('tab:close', id);
  await app.shell.getByTestId(`tab-${id}`).waitFor({ state: 'detached' });
}

test('two sites never share a process', async () => {
  const found = await pages();
  expect(new Set(found.map(({ pid }) => pid)).size).toBe(found.length);
});

test('a subdomain is the same site: its tab shares the process', async () => {
  await app.openTab('bulkhead://www.alpha.test');
  await until(async () => expect(await pidOf('bulkhead://www.alpha.test/')).toBeGreaterThan(0));
  expect(await pidOf('bulkhead://www.alpha.test/')).toBe(await pidOf('bulkhead://alpha.test/'));
  await until(async () => expect(await app.card('site:bulkhead://alpha.test').textContent()).toMatch(/2 tabs/));
});

test('a second tab of one site shares its process, a tab that goes to another site changes over', async () => {
  const id = await app.openTab('bulkhead://beta.test/second');
  const beta = await pidOf('bulkhead://beta.test/');
  await until(async () => expect(await pidOf('bulkhead://beta.test/second')).toBe(beta));
  await app.request('tab:navigate', id, 'bulkhead://gamma.test/from-beta');
  const gamma = await pidOf('bulkhead://gamma.test/');
  await until(async () => expect(await pidOf('bulkhead://gamma.test/from-beta')).toBe(gamma));
});

test('a process with no tab left ends, and its pings are not counted as lost', async () => {
  const pid = await app.processPid('site:bulkhead://beta.test');
  const tab = app.shell.locator('[role="tab"]', { hasText: 'beta.test' }).first();
  await app.request('tab:close', Number((await tab.getAttribute('data-testid'))?.replace('tab-', '')));
  await until(async () => expect(await app.card('site:bulkhead://beta.test').count()).toBe(0));
  await until(async () =>
    expect(
      await app.electron.evaluate(({ app: electronApp }) => electronApp.getAppMetrics().map((metric) => metric.pid)),
    ).not.toContain(pid),
  );
  const channel = (await app.recording()).channels.find(({ id }) => id === 'site:bulkhead://beta.test/message-port');
  expect(channel?.totals).toMatchObject({ lost: 0 });
});

test('an address that is not one, or of another scheme, is refused in the pane with what to do', async () => {
  for (const address of ['file:///etc/passwd', 'javascript:alert(1)', 'http://example.com', 'not an address']) {
    const id = await app.openTab(address);
    const pane = app.shell.locator('[data-testid="pane"][data-kind="refused"]');
    await pane.waitFor();
    expect(await pane.textContent(), address).toMatch(/Type/);
    await closeTab(id);
  }
});

test('a refused address leaves the page where it was: Back shows it again, Forward goes on, and its process is measured', async () => {
  const before = (await app.recording()).events.length;
  const id = await app.openTab('bulkhead://alpha.test/first');
  const shown = app.shell.getByTestId('pane');
  const kind = () => shown.getAttribute('data-kind');
  const address = () => app.shell.getByTestId('address').inputValue();
  const untilPage = (url: string) =>
    until(async () => {
      expect([await kind(), await address()]).toEqual(['page', url]);
      expect(await pidOf(url)).toBeGreaterThan(0);
    });
  const refuse = async () => {
    await app.request('tab:navigate', id, 'ftp://refused');
    await until(async () => expect([await kind(), await address()]).toEqual(['refused', 'ftp://refused']));
  };
  await untilPage('bulkhead://alpha.test/first');
  await app.request('tab:navigate', id, 'bulkhead://delta.test/second');
  await untilPage('bulkhead://delta.test/second');
  const pid = await pidOf('bulkhead://delta.test/second');
  await refuse();
  await app.request('tab:back', id);
  await untilPage('bulkhead://delta.test/second');
  expect(await pidOf('bulkhead://delta.test/second')).toBe(pid);
  await app.request('tab:back', id);
  await untilPage('bulkhead://alpha.test/first');
  await refuse();
  await app.request('tab:forward', id);
  await untilPage('bulkhead://delta.test/second');
  await app.untilState('site:bulkhead://delta.test', 'running');
  // Also from another site, to which the refused address led.
  await refuse();
  await app.request('tab:navigate', id, 'bulkhead://gamma.test/third');
  await untilPage('bulkhead://gamma.test/third');
  await app.request('tab:back', id);
  await untilPage('bulkhead://delta.test/second');
  await closeTab(id);
  const { events } = await app.recording();
  expect(events.slice(before).filter(({ kind: what }) => what === 'unresponsive')).toEqual([]);
});

test('the first address of a tab is refused: there is nothing to go back to or to reload, and another opens', async () => {
  const id = await app.openTab('ftp://refused');
  const pane = app.shell.getByTestId('pane');
  await until(async () => expect(await pane.getAttribute('data-kind')).toBe('refused'));
  expect(await app.shell.getByRole('button', { name: 'Back' }).isDisabled()).toBe(true);
  await app.request('tab:reload', id);
  expect(await pane.getAttribute('data-kind')).toBe('refused');
  await app.request('tab:navigate', id, 'bulkhead://alpha.test/after');
  await until(async () => expect(await pidOf('bulkhead://alpha.test/after')).toBeGreaterThan(0));
  await closeTab(id);
});

/** The tab in front shows its page. */
function untilShown(): Promise<void> {
  const pane = app.shell.getByTestId('pane');
  return until(async () =>
    expect(`${await pane.getAttribute('data-kind')}: ${await pane.textContent()}`).toMatch(/^page:/),
  );
}

/** As a person chooses it in the menu, or by its shortcut. */
function choose(label: string): Promise<void> {
  return app.electron.evaluate(({ Menu }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    const item = items.find((each) => each.label === wanted);
    if (item === undefined) throw new Error(`The menu has no item “${wanted}”.`);
    item.click();
  }, label);
}

/** Whose page gets what is typed: the start of its address. */
function focused(): Promise<string | undefined> {
  return app.electron.evaluate(({ webContents }) => webContents.getFocusedWebContents()?.getURL().split('/')[0]);
}

test('a new tab by the menu takes what is typed as its address; arrow keys reach the built-in sites', async () => {
  await app.request('tab:activate', await app.openTab('bulkhead://alpha.test/typed-over'));
  await untilShown();
  await choose('New tab');
  await app.shell.getByTestId('new-address').waitFor();
  await until(async () => expect(await focused()).toBe('bulkhead-shell:'));
  await app.shell.keyboard.type('alpha.test/typed');
  expect(await app.shell.getByTestId('new-address').inputValue()).toBe('alpha.test/typed');
  await app.shell.keyboard.press('Enter');
  await until(async () => expect(await pidOf('bulkhead://alpha.test/typed')).toBeGreaterThan(0));
  // The dialog goes when the window has heard that the tab is open.
  await app.shell.getByTestId('new-address').waitFor({ state: 'detached' });
  await choose('New tab');
  await app.shell.getByTestId('new-address').waitFor();
  await app.shell.keyboard.press('ArrowDown');
  await app.shell.keyboard.press('ArrowDown');
  expect(await app.shell.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('open-beta.test');
  await app.shell.keyboard.press('Escape');
});

test('F6 gives the keyboard to the page, and back to the window', async () => {
  await app.openTab('bulkhead://alpha.test/focus');
  await untilShown();
  await choose('Address');
  await until(async () => expect(await focused()).toBe('bulkhead-shell:'));
  await choose('Between page and window');
  await until(async () => expect(await focused()).toBe('bulkhead:'));
  await choose('Between page and window');
  await until(async () => expect(await focused()).toBe('bulkhead-shell:'));
});

test('the table, the map and the pages have one word for one state, also when a process hangs or is dead', async () => {
  const tabs = app.shell.locator('[role="tab"]', { hasText: 'gamma.test' });
  await tabs.first().click();
  await app.untilState('site:bulkhead://gamma.test', 'running');
  const row = (id: string) => app.shell.getByTestId(`channel-${id}`);
  const children = async () =>
    Number(/(\d+)/.exec((await app.card('browser').locator('.big-number').textContent()) ?? '')?.[1]);
  const before = await children();
  await app.press('plugin:echo', 'hang');
  await app.untilState('plugin:echo', 'unresponsive');
  await until(async () => {
    expect(await row('plugin:echo/message-port').getAttribute('data-state')).toBe('unresponsive');
    expect(await row('plugin:echo/message-port').locator('.status-word').textContent()).toContain('not answering');
  });
  await app.press('site:bulkhead://gamma.test', 'kill');
  await until(async () => {
    expect(await row('site:bulkhead://gamma.test/message-port').getAttribute('data-state')).toBe('exited');
    expect(await children()).toBe(before - 1);
  });
  expect(await app.shell.getByTestId('sad-tab').textContent()).toContain('echo does not answer');
  await app.press('plugin:echo', 'end');
  await app.untilState('plugin:echo', 'running');
  await app.shell.getByTestId('sad-reload').click();
  await app.untilState('site:bulkhead://gamma.test', 'running');
});

test('a page whose channel is switched off does not go on showing its last round trip', async () => {
  const address = 'bulkhead://gamma.test/figures';
  await app.openTab(address);
  const shown = () =>
    app.electron.evaluate(
      ({ webContents }, url) =>
        webContents
          .getAllWebContents()
          .find((each) => each.getURL() === url)
          ?.executeJavaScript(`document.querySelector('[data-bulkhead="round-trip"]').textContent`),
      address,
    );
  await until(async () => expect(await shown()).toMatch(/\d/));
  await app.request('channel:enable', 'site:bulkhead://gamma.test/message-port', false);
  await until(async () => expect(await shown()).toBe('–'));
  // It did not wait for the last 30 s to have passed: the table still has them.
  const row = app.shell.getByTestId('channel-site:bulkhead://gamma.test/message-port');
  expect(await row.locator('td').nth(1).textContent()).toMatch(/\d/);
  await app.request('channel:enable', 'site:bulkhead://gamma.test/message-port', true);
  await until(async () => expect(await shown()).toMatch(/\d/));
});

test.each([1.5, 0.8, 1])('at a zoom of %d the page is drawn over its place and nothing else', async (zoom) => {
  await app.openTab('bulkhead://alpha.test/zoom');
  await app.electron.evaluate(({ BrowserWindow }, factor) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor);
  }, zoom);
  await until(async () => {
    const slot = await app.shell.locator('.page-slot').boundingBox();
    const ratio = await app.shell.evaluate(() => devicePixelRatio);
    const drawn = await app.electron.evaluate(({ BrowserWindow, webContents }) => {
      const views = BrowserWindow.getAllWindows()[0]?.contentView.children as Electron.WebContentsView[];
      const url = 'bulkhead://alpha.test/zoom';
      return views
        .filter((view) =>
          webContents.getAllWebContents().some((each) => each === view.webContents && each.getURL() === url),
        )
        .map((view) => view.getBounds())
        .at(-1);
    });
    expect(ratio).toBeCloseTo(zoom, 2);
    const box = slot as NonNullable<typeof slot>;
    for (const [name, length] of [
      ['x', box.x],
      ['y', box.y],
      ['width', box.width],
      ['height', box.height],
    ] as const)
      expect(Math.abs((drawn?.[name] ?? NaN) - length * zoom), name).toBeLessThan(3);
  });
});

test('the payload takes 4 KiB, and its largest value is read whole', async () => {
  const field = app.shell.getByTestId('payload');
  await field.fill('4 KiB');
  await field.press('Enter');
  await until(async () => expect((await app.recording()).settings.payloadBytes).toBe(4096));
  await until(async () => expect(await field.inputValue()).toBe('4096'));
  await field.fill('32768');
  const cut = await field.evaluate((input) => input.scrollWidth - input.clientWidth);
  expect(cut).toBeLessThanOrEqual(0);
  await field.fill('64');
  await field.press('Enter');
  await until(async () => expect((await app.recording()).settings.payloadBytes).toBe(64));
});

test('the tablist holds tabs only, and headings go down by one', async () => {
  expect(await app.shell.locator('[role="tablist"] :not([role="tab"], [role="tab"] *)').count()).toBe(0);
  const [owned, tabs] = await app.shell.evaluate(() => [
    document.querySelector('[role="tablist"]')?.getAttribute('aria-owns'),
    [...document.querySelectorAll('[role="tab"]')].map(({ id }) => id).join(' '),
  ]);
  expect(owned).toBe(tabs);
  const levels = await app.shell
    .locator('h1, h2, h3, h4')
    .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName.slice(1))));
  expect(levels[0]).toBe(1);
  levels.slice(1).forEach((level, i) => expect(level - (levels[i] as number)).toBeLessThanOrEqual(1));
});

test('of many sites the tab in front is in sight, the map needs no sideways scrolling, and the dead come first', async () => {
  const ids: number[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
    ids.push(await app.openTab(`bulkhead://many-${name}.test/`));
  const inSight = () =>
    app.shell.evaluate(() => {
      const list = document.querySelector('.tab-list')?.getBoundingClientRect();
      const tab = document.querySelector('.tab.is-active')?.getBoundingClientRect();
      return list !== undefined && tab !== undefined && tab.left >= list.left - 1 && tab.right <= list.right + 1;
    });
  await until(async () => expect(await inSight()).toBe(true));
  await app.request('tab:activate', 1);
  await app.request('tab:activate', ids[0] as number);
  await until(async () => expect(await inSight()).toBe(true));
  await app.untilState('site:bulkhead://many-h.test', 'running');
  await app.press('site:bulkhead://many-h.test', 'kill');
  await app.untilState('site:bulkhead://many-h.test', 'exited');
  expect(await app.shell.locator('.compartment').first().getAttribute('data-testid')).toBe(
    'process-site:bulkhead://many-h.test',
  );
  expect(await app.shell.locator('.hull').evaluate((hull) => hull.scrollWidth - hull.clientWidth)).toBe(0);
  for (const id of ids) await closeTab(id);
});

test('on an out-of-support runtime remote pages stay closed, and it says why', async ({ skip }) => {
  const { environment } = await app.recording();
  skip(environment.runtimeSupported, 'this runtime is supported: remote pages open');
  await app.openTab('https://example.com');
  const pane = app.shell.locator('[data-testid="pane"][data-kind="refused"]');
  await pane.waitFor();
  await until(async () => expect(await pane.textContent()).toContain('out-of-support Chromium'));
});
