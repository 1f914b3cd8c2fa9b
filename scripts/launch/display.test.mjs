// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findDisplay, waylandSockets, x11Sockets } from './display.mjs';

test.each([
  [':0', [{ path: '\0/tmp/.X11-unix/X0' }, { path: '/tmp/.X11-unix/X0' }]],
  ['unix:12.1', [{ path: '\0/tmp/.X11-unix/X12' }, { path: '/tmp/.X11-unix/X12' }]],
  ['localhost:10.0', [{ host: 'localhost', port: 6010 }]],
  ['nonsense', []],
  [undefined, []],
])('an X server named %s is looked for where it listens', (display, places) => {
  expect(x11Sockets(display)).toEqual(places);
});

test('a Wayland server is a path, or a name in the runtime folder', () => {
  expect(waylandSockets({ WAYLAND_DISPLAY: '/w/0' })).toEqual([{ path: '/w/0' }]);
  expect(waylandSockets({ WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run/u' })).toEqual([
    { path: path.join('/run/u', 'wayland-0') },
  ]);
  expect(waylandSockets({ WAYLAND_DISPLAY: 'wayland-0' })).toEqual([]);
});

/** @type {string} */
let folder;
/** @type {import("node:net").Server[]} */
let servers = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulkhead-display-'));
});
afterEach(() => {
  for (const server of servers) server.close();
  servers = [];
  rmSync(folder, { recursive: true, force: true });
});

/** @param {import("node:net").ListenOptions} where */
async function listen(where) {
  const server = createServer().listen(where);
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return /** @type {any} */ (server.address());
}
// A display nobody has: X servers count from 0.
const x11 = ':4711';

test.runIf(process.platform === 'linux')('what answers is taken; of both, what the session is', async () => {
  await listen({ path: `\0/tmp/.X11-unix/X4711` });
  const wayland = path.join(folder, 'w');
  const both = { DISPLAY: x11, WAYLAND_DISPLAY: wayland };
  // Named, but nobody there.
  expect(await findDisplay({ ...both, XDG_SESSION_TYPE: 'wayland' })).toBe('x11');
  await listen({ path: wayland });
  expect(await findDisplay({ ...both, XDG_SESSION_TYPE: 'wayland' })).toBe('wayland');
  expect(await findDisplay(both)).toBe('x11');
  expect(await findDisplay({ WAYLAND_DISPLAY: wayland })).toBe('wayland');
});

test('none that answers is told, with the way to do without', async () => {
  await expect(findDisplay({ DISPLAY: x11, WAYLAND_DISPLAY: path.join(folder, 'none') })).rejects.toMatchObject({
    message: expect.stringMatching(/DISPLAY is ":4711", WAYLAND_DISPLAY is /),
    nextStep: expect.stringContaining('--headless'),
  });
});
