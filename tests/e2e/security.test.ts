import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';

let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

/** Evaluates in the main world of the alpha page. */
function inAlpha(code: string): Promise<unknown> {
  return app.electron.evaluate(
    ({ webContents }, source) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL() === 'bulkhead://alpha.test/')
        ?.executeJavaScript(source),
    code,
  );
}

test('a site page finds nothing of Bulkhead, Electron or Node', async () => {
  expect(
    await inAlpha(
      `['bulkhead', 'require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__dirname'].filter((name) => name in globalThis)`,
    ),
  ).toEqual([]);
});

test('the shell page finds its two functions and nothing of Electron or Node', async () => {
  expect(
    await app.shell.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in globalThis),
    ),
  ).toEqual([]);
  expect(await app.shell.evaluate(() => Object.keys((globalThis as unknown as { bulkhead: object }).bulkhead))).toEqual(
    ['request', 'pathOf'],
  );
});

test('a request from any page but the shell is refused', async () => {
  const preload = join(app.home, 'other.cjs');
  writeFileSync(
    preload,
    `const { ipcRenderer } = require('electron');
     const ask = (name, ...args) => ipcRenderer.invoke('bulkhead:request:' + name, ...args).then(() => 'answered', (error) => error.message);
     require('electron').contextBridge.exposeInMainWorld('ask', ask);`,
    { mode: 0o644 },
  );
  const answers = await app.electron.evaluate(async ({ BrowserWindow }, preloadPath) => {
    const window = new BrowserWindow({
      show: false,
      frame: false,
      webPreferences: { preload: preloadPath, sandbox: true },
    });
    await window.loadURL('about:blank');
    const said = (await window.webContents.executeJavaScript(
      `Promise.all([ask('feed:open'), ask('process:act', 'plugin:echo', 'kill'), ask('recording:export', 'json'), ask('file:show', 0), ask('clipboard:table', [['x']])])`,
    )) as string[];
    window.destroy();
    return said;
  }, preload);
  for (const answer of answers) expect(answer).toContain("did not come from the shell's own page");
  expect(await app.state('plugin:echo')).toBe('running');
});

test('an invoke from a page that is no tab’s, or to no channel, is answered with nothing', async () => {
  const preload = join(app.home, 'invoker.cjs');
  writeFileSync(
    preload,
    `const { contextBridge, ipcRenderer } = require('electron');
     contextBridge.exposeInMainWorld('invoke', (...args) => ipcRenderer.invoke('bulkhead:site-invoke', ...args));`,
    { mode: 0o644 },
  );
  const id = 'site:bulkhead://alpha.test/ipc-invoke';
  expect(await app.request('channel:enable', id, true)).toEqual({ ok: true });
  await app.untilMeasuring(10);
  const answers = await app.electron.evaluate(async ({ BrowserWindow }, preloadPath) => {
    const window = new BrowserWindow({
      show: false,
      frame: false,
      webPreferences: { preload: preloadPath, sandbox: true },
    });
    await window.loadURL('about:blank');
    // Addresses are short and counted: every one that a channel can have had so far.
    const said = (await window.webContents.executeJavaScript(
      `Promise.all([...Array.from({ length: 100 }, (_, i) => invoke('c' + i.toString(36), new Uint8Array(99))), invoke(), invoke({}, 'x')])`,
    )) as unknown[];
    window.destroy();
    return said;
  }, preload);
  expect(answers).toHaveLength(102);
  expect(answers.filter((answer) => answer !== null)).toEqual([]);
  const channel = (await app.recording()).channels.find((each) => each.id === id);
  expect(channel?.totals).toMatchObject({ lost: 0, rejected: 0 });
  await app.request('channel:enable', id, false);
});

test.each([
  ['probe:configure', [{ ratePerSecond: 5000, payloadBytes: 64, timeoutMs: 1000 }]],
  ['probe:configure', [{ ratePerSecond: 20, payloadBytes: 40_000, timeoutMs: 1000 }]],
  ['probe:configure', [{ ratePerSecond: 20, payloadBytes: 64, timeoutMs: 1000, extra: true }]],
  ['process:act', ['plugin:echo', 'explode']],
  ['process:act', [1, 'kill']],
  ['tab:navigate', ['1', 'bulkhead://alpha.test']],
  ['tab:open', []],
  ['tab:open', ['bulkhead://alpha.test', 'too many']],
  ['tab:place', [{ x: Number.NaN, y: 0, width: 1, height: 1 }]],
  ['channel:enable', ['plugin:echo/fifo', 'yes']],
  ['samples:read', [0, -1]],
  ['stages:watch', ['yes']],
  ['anatomy:read', ['plugin:echo/fifo', null, { kind: 'this', sequence: -1 }]],
  ['view:remember', [{ window: '1h' }]],
  ['recording:export', ['exe']],
  ['chart:rendered', [1, { svg: 1 }]],
  ['bench:start', [{ methods: ['carrier-pigeon'] }]],
  ['bench:open', ['/etc/passwd']],
  ['bench:save', [1, 'exe']],
  ['bench:describe', [1, '', 'a note']],
  ['bench:save', [1, 'png']],
  ['file:show', ['/etc/passwd']],
  ['file:show', [-1]],
  ['clipboard:image', ['/etc/passwd']],
  ['clipboard:image', [{ path: '/etc/passwd' }]],
  ['clipboard:table', ['text']],
  ['clipboard:table', [[[{ html: '<b>' }]]]],
  ['clipboard:table', [[]]],
] as const)('%s with wrong arguments %j is refused', async (name, args) => {
  const answer = app.shell.evaluate(
    ([request, values]) =>
      (globalThis as unknown as { bulkhead: { request: (...all: unknown[]) => Promise<unknown> } }).bulkhead
        .request(request, ...values)
        .then(
          () => 'answered',
          (error: Error) => error.message,
        ),
    [name, args as readonly unknown[]] as const,
  );
  expect(await answer).toContain('was refused');
});

test('a request that the contract does not have is refused', async () => {
  const answer = await app.shell.evaluate(() =>
    (globalThis as unknown as { bulkhead: { request: (name: string) => Promise<unknown> } }).bulkhead
      .request('fs:read')
      .catch((error: Error) => error.message),
  );
  expect(answer).toContain('No handler registered');
});

test('a signal never reaches a process that is not a child of Bulkhead', async () => {
  expect(await app.request('process:act', 'browser', 'kill')).toMatchObject({ ok: false });
  expect(await app.request('process:act', 'site:bulkhead://nowhere.test', 'kill')).toMatchObject({ ok: false });
});

test('a site page gets no permission', async () => {
  expect(await inAlpha(`navigator.permissions.query({ name: 'geolocation' }).then((status) => status.state)`)).toBe(
    'denied',
  );
  expect(await inAlpha(`Notification.requestPermission()`)).toBe('denied');
});

test('a site page can neither go to a file nor open a window; a link to a site opens a tab', async () => {
  await inAlpha(`location.href = 'file:///etc/passwd'; 0`);
  expect(await inAlpha(`window.open('file:///etc/passwd') === null`)).toBe(true);
  expect(await inAlpha(`location.href`)).toBe('bulkhead://alpha.test/');
  const tabs = await app.shell.getByRole('tab').count();
  expect(await inAlpha(`window.open('bulkhead://beta.test/opened') === null`)).toBe(true);
  await until(async () => expect(await app.shell.getByRole('tab').count()).toBe(tabs + 1));
});

test('every document comes with a content security policy that keeps scripts from elsewhere out', async () => {
  expect(await app.shell.evaluate(async () => (await fetch('/shell/index.html').catch(() => null)) === null)).toBe(
    true,
  );
  expect(
    await inAlpha(
      `new Promise((resolve) => { addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true }); const script = document.createElement('script'); script.textContent = 'window.hacked = 1'; document.head.append(script); })`,
    ),
  ).toMatch(/^script-src/);
  expect(await inAlpha(`'hacked' in window`)).toBe(false);
});

test("a site can't read the shell's files, nor the shell's scheme from a site", async () => {
  expect(await inAlpha(`fetch('bulkhead-shell://app/shell/index.html').then(() => 'read', () => 'refused')`)).toBe(
    'refused',
  );
});

test("a request from the shell's own web contents, but another page in them, is refused", async () => {
  const said = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('There is no window.');
    const shell = contents.getURL();
    await contents.loadURL('data:text/html,elsewhere');
    const answer = (await contents.executeJavaScript(
      `bulkhead.request('process:act', 'plugin:echo', 'kill').then(() => 'answered', (error) => error.message)`,
    )) as string;
    await contents.loadURL(shell);
    return answer;
  });
  expect(said).toContain("did not come from the shell's own page");
  await app.shell.getByTestId('chart').waitFor();
  await app.untilState('plugin:echo', 'running');
});

// Last: Playwright goes on waiting for a navigation that was refused.
test('the shell can not be navigated away', async () => {
  const inShell = (code: string) =>
    app.electron.evaluate(
      ({ BrowserWindow }, source) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(source),
      code,
    );
  await inShell(`location.href = 'bulkhead://alpha.test/'; 0`);
  await inShell(`location.href = 'https://example.com/'; 0`);
  expect(await inShell('location.href')).toBe('bulkhead-shell://app/shell/index.html');
  expect(await inShell(`document.querySelector('[data-testid="chart"]') !== null`)).toBe(true);
});
