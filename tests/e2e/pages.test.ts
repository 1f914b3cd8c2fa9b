import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppUnderTest, launchMeasuring, until } from './support/app';
import { isRunning } from './support/processes';

/** What pages do by themselves, and what it may not do to anything else. */
let app: AppUnderTest;
beforeAll(async () => {
  app = await launchMeasuring();
});
afterAll(() => app?.close());

/** Has the page at this address run code, in its main world and as after a click. Waits for nothing: the page may be gone. */
function say(url: string, code: string): Promise<void> {
  return app.electron.evaluate(
    ({ webContents }, [address, source]) => {
      const contents = webContents.getAllWebContents().find((each) => each.getURL() === address);
      if (contents === undefined) throw new Error(`There is no page at ${address}.`);
      contents.executeJavaScript(source, true).catch(() => undefined);
    },
    [url, code] as const,
  );
}

/** The same, and what it evaluates to. */
function ask(url: string, code: string): Promise<unknown> {
  return app.electron.evaluate(
    ({ webContents }, [address, source]) =>
      webContents
        .getAllWebContents()
        .find((each) => each.getURL() === address)
        ?.executeJavaScript(source, true),
    [url, code] as const,
  );
}

const FLOOD = 'site:bulkhead://flood.test';
const tab = (id: number) => app.shell.getByTestId(`tab-${id}`);
const pane = (kind: string) => app.shell.locator(`[data-testid="pane"][data-kind="${kind}"]`);

/** Opens a tab and waits for its page. */
async function openPage(address: string): Promise<number> {
  const id = await app.openTab(address);
  await pane('page').waitFor();
  await until(async () => expect(await ask(address, 'document.readyState')).toBe('complete'));
  return id;
}

/** Pings lost so far by all but the flooding site. */
async function lostByOthers(): Promise<number> {
  const { channels } = await app.recording();
  return channels.filter(({ process }) => process.id !== FLOOD).reduce((lost, { totals }) => lost + totals.lost, 0);
}

/** Nothing but the page has noticed. */
async function expectOthersWell(): Promise<void> {
  expect(isRunning(app.pid)).toBe(true);
  expect(await app.request('tab:activate', 1)).toEqual({ ok: true });
  await until(async () => expect(await tab(1).getAttribute('aria-selected')).toBe('true'));
  for (const id of ['plugin:echo', 'plugin:digest', 'site:bulkhead://beta.test'])
    expect(await app.state(id), id).toBe('running');
}

test.each([
  ['at once', 'window.close()'],
  ['twice', 'window.close(); window.close(); setTimeout(() => window.close())'],
  ['as its document goes', `addEventListener('pagehide', () => window.close()); window.close()`],
  ['as it asks to stay', `addEventListener('beforeunload', (event) => event.preventDefault()); window.close()`],
  [
    'from a frame',
    `const frame = document.createElement('iframe'); document.body.append(frame); frame.contentWindow.top.close()`,
  ],
  ['as it loads another', `location.href = 'bulkhead://gamma.test/'; window.close()`],
])('a page that closes itself %s closes its tab, and nothing else', async (_when, code) => {
  const address = 'bulkhead://alpha.test/closes';
  const id = await openPage(address);
  await say(address, code);
  await tab(id).waitFor({ state: 'detached' });
  await expectOthersWell();
});

test('a tab that is closed before its page is there, and one whose process is still launching, are just closed', async () => {
  for (const name of ['one', 'two', 'three']) {
    const id = await app.openTab(`bulkhead://${name}-launch.test/`);
    expect(await app.request('tab:close', id)).toEqual({ ok: true });
    expect(await app.request('tab:close', id)).toMatchObject({ ok: false });
  }
  await expectOthersWell();
});

test('a page that opens itself anew and closes, again and again, comes to an end', async () => {
  const address = 'bulkhead://alpha.test/again';
  await openPage(address);
  // As a script of the page would do, but a built-in page runs none but its own.
  await app.electron.evaluate(({ app: electron }, url) => {
    const counted = Object.assign(globalThis, { reopened: 0 });
    electron.on('web-contents-created', (_event, contents) =>
      contents.on('dom-ready', () => {
        if (contents.getURL() !== url) return;
        counted.reopened += 1;
        contents.executeJavaScript('window.open(location.href); window.close()').catch(() => undefined);
      }),
    );
  }, address);
  await say(address, 'for (let i = 0; i < 200; i += 1) window.open(location.href); window.close()');
  const pages = () =>
    app.electron.evaluate(
      ({ webContents }, url) => webContents.getAllWebContents().filter((each) => each.getURL() === url).length,
      address,
    );
  // Counted, as they may all be gone again before anybody looks.
  const reopened = () => app.electron.evaluate(() => (globalThis as unknown as { reopened: number }).reopened);
  await until(async () => expect(await reopened()).toBeGreaterThan(0));
  await until(async () => expect(await pages()).toBe(0));
  await expectOthersWell();
});

test('a page gone to about:blank has left its site: no process is unresponsive, and the tab goes on', async () => {
  const address = 'bulkhead://alpha.test/leaves';
  const id = await openPage(address);
  const before = (await app.recording()).events.length;
  // Of two tabs of this site and then of none.
  for (const url of [address, 'bulkhead://alpha.test/']) {
    await say(url, `location.href = 'about:blank'`);
    await until(async () => expect(await tab(url === address ? id : 1).textContent()).toContain('about:blank'));
  }
  await app.card('site:bulkhead://alpha.test').waitFor({ state: 'detached' });
  const { events } = await app.recording();
  expect(events.slice(before).filter(({ kind }) => kind === 'unresponsive')).toEqual([]);
  await app.request('tab:close', id);
  expect(await app.request('tab:navigate', 1, 'bulkhead://alpha.test/')).toEqual({ ok: true });
  await app.untilState('site:bulkhead://alpha.test', 'running');
  await app.untilMeasuring(9);
});

test('a page that would rather stay is left all the same', async () => {
  const address = 'bulkhead://alpha.test/stays';
  const id = await openPage(address);
  await ask(
    address,
    `addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'x'; }); 0`,
  );
  await app.request('tab:navigate', id, 'bulkhead://gamma.test/left');
  await until(async () => expect(await ask('bulkhead://gamma.test/left', '1')).toBe(1));
  await app.request('tab:close', id);
});

test.each([
  [
    'changes its address to 2 MB',
    `let n = 0; const long = 'x'.repeat(2_000_000); setInterval(() => { try { history.pushState(null, '', '/' + long + n++); } catch {} }, 50)`,
  ],
  [
    'changes its title',
    `let n = 0; setInterval(() => { for (let i = 0; i < 1000; i += 1) document.title = 'x'.repeat(4000) + n++; })`,
  ],
  ['writes to the console without pause', `const long = 'x'.repeat(100_000); for (;;) console.log(long)`],
  ['asks for windows', `setInterval(() => { for (let i = 0; i < 100; i += 1) window.open('http://127.0.0.1/'); })`],
])('a page that %s without end is ended, with words, and can be loaded again', async (what, code) => {
  const address = 'bulkhead://flood.test/';
  const id = await openPage(address);
  const before = await lostByOthers();
  await say(address, code);
  await pane('ended').waitFor();
  expect(await pane('ended').textContent()).toContain('kept the browser process too busy');
  if (what.includes('address')) expect(await lostByOthers()).toBe(before);
  await app.request('tab:reload', id);
  const shown = app.shell.getByTestId('pane');
  await until(async () => {
    const kind = await shown.getAttribute('data-kind');
    // On a busy machine Chromium may hand the first reload to the process that is going; the pane says so, and what to do.
    if (kind === 'load-failed') await app.request('tab:reload', id);
    expect(`${kind}: ${await shown.textContent()}`).toMatch(/^page:/);
  });
  await until(async () => expect(await ask(address, '1')).toBe(1));
  await app.request('tab:close', id);
  await expectOthersWell();
});

test('what a page says of itself is bounded before anybody gets to see it', async () => {
  const address = 'bulkhead://alpha.test/says';
  const id = await openPage(address);
  await ask(address, `document.title = 'x'.repeat(5000); history.pushState(null, '', '/' + 'y'.repeat(100_000)); 0`);
  await until(async () => expect(await tab(id).textContent()).toMatch(/^x{200}$/));
  expect(await app.shell.getByTestId('address').inputValue()).toBe(address);
  await app.request('tab:close', id);
});

test('no page asks anything in a dialog, prints, or has a picker of files', async () => {
  const address = 'bulkhead://alpha.test/';
  // Electron has no prompt() and throws.
  expect(await ask(address, `[alert('a'), confirm('b'), print()].map(String).join()`)).toBe(
    'undefined,false,undefined',
  );
  expect(
    await ask(
      address,
      `['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'].filter((name) => name in window).join()`,
    ),
  ).toBe('');
  await expectOthersWell();
});

test('no page sends a packet or opens a connection by WebRTC', async () => {
  let packets = 0;
  let connections = 0;
  const udp = createSocket('udp4', () => (packets += 1));
  await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done));
  const tcp = createTcpServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  const port = await listen(tcp);
  const gathered = await ask(
    'bulkhead://alpha.test/',
    `(async () => {
      const connection = new RTCPeerConnection({ iceServers: [
        { urls: 'stun:127.0.0.1:${udp.address().port}' },
        { urls: ['turn:127.0.0.1:${udp.address().port}', 'turn:127.0.0.1:${port}?transport=tcp'], username: 'a', credential: 'b' },
      ] });
      connection.createDataChannel('x');
      await connection.setLocalDescription(await connection.createOffer());
      while (connection.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 50));
      return connection.localDescription.sdp.split('\\n').filter((line) => line.includes('candidate'));
    })()`,
  );
  udp.close();
  tcp.close();
  expect({ gathered, packets, connections }).toEqual({ gathered: [], packets: 0, connections: 0 });
});

test('a document of neither a built-in nor a remote site gets no process of its own in the map, and no channels', async () => {
  const server = createServer((_request, response) => response.end('<!doctype html>elsewhere'));
  const url = `http://127.0.0.1:${await listen(server)}/`;
  const address = 'bulkhead://alpha.test/strays';
  const id = await openPage(address);
  await app.electron.evaluate(
    async ({ webContents, session }, [from, to]) => {
      await session.fromPartition('sites').setProxy({ mode: 'direct' });
      await webContents
        .getAllWebContents()
        .find((each) => each.getURL() === from)
        ?.loadURL(to);
    },
    [address, url] as const,
  );
  await until(async () => expect(await tab(id).textContent()).toContain('127.0.0.1'));
  expect((await app.recording()).channels.filter(({ process }) => process.id.startsWith('site:http:'))).toEqual([]);
  await app.request('tab:close', id);
  server.close();
});

test('when the last tab closes itself an empty window remains, and takes another', async () => {
  const addresses = await app.electron.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .map((contents) => contents.getURL())
      .filter((url) => url.startsWith('bulkhead://')),
  );
  for (const address of addresses) await say(address, 'window.close()');
  await pane('empty').waitFor();
  expect(isRunning(app.pid)).toBe(true);
  expect(await app.request('tab:open', 'bulkhead://alpha.test/')).toEqual({ ok: true });
  await pane('page').waitFor();
  await app.untilState('site:bulkhead://alpha.test', 'running');
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}
