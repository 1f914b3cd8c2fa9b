// @ts-check
import path from 'node:path';
import { expect, test } from 'vitest';
import { launchPlan, plainPlan, waysToStart } from './plan.mjs';

const options = { headless: false, durationS: null, exportDir: null, rate: null, payloadBytes: null, profileDir: null };
/** @type {import("../runtime/resolve.mjs").Runtime} */
const runtime = {
  dir: '/r',
  executable: '/r/electron',
  version: '45.4.1',
  origin: 'installed',
  detail: 'official',
  supported: true,
};
const addons = { 'unix-dgram': { dir: '/a/unix-dgram' }, 'bulkhead-native': { error: 'not built here' } };

/** @param {Partial<Parameters<typeof launchPlan>[0]>} [changes] */
const plan = (changes = {}) =>
  launchPlan({ root: '/my app', options, runtime, addons, uid: 1000, env: {}, platform: 'linux', ...changes });

test('an ordinary user keeps the sandbox', () => {
  expect(plan()).toMatchObject({ executable: '/r/electron', args: ['/my app'] });
});

test('as root the sandbox is off, and only then', () => {
  expect(plan({ uid: 0 }).args).toEqual(['--no-sandbox', '/my app']);
});

test("headless needs no display; the app's path stays last", () => {
  const { args } = plan({ options: { ...options, headless: true } });
  expect(args).toContain('--ozone-platform=headless');
  expect(args.at(-1)).toBe('/my app');
});

test('the platform is said: the display that is there, or none and then in two ways', () => {
  expect(waysToStart(false, 'x11', false, 'linux')).toEqual([['--ozone-platform=x11']]);
  expect(waysToStart(false, 'wayland', false, 'linux')).toEqual([['--ozone-platform=wayland']]);
  expect(waysToStart(true, null, false, 'linux')).toEqual([
    ['--ozone-platform=headless', '--disable-gpu'],
    ['--headless'],
  ]);
});

test('it is left to a person who says it, and to other systems', () => {
  expect(waysToStart(true, null, true, 'linux')).toEqual([[]]);
  expect(waysToStart(true, null, false, 'darwin')).toEqual([[]]);
});

test("Chromium's switches stand before the app's path, or they would be the app's", () => {
  expect(plan({ uid: 0, switches: ['--ozone-platform=x11', '--enable-logging'] }).args).toEqual([
    '--no-sandbox',
    '--ozone-platform=x11',
    '--enable-logging',
    '/my app',
  ]);
});

test("switches of linux aren't used elsewhere", () => {
  expect(plan({ platform: 'darwin', uid: 0, options: { ...options, headless: true } }).args).toEqual(['/my app']);
});

test('the app learns its runtime, addons and options by environment', () => {
  const { env } = plan({ env: { HOME: '/h' }, lifelineFd: 3 });
  expect(env.HOME).toBe('/h');
  expect(JSON.parse(env.BULKHEAD_RUNTIME ?? '')).toEqual({
    origin: 'installed',
    version: '45.4.1',
    detail: 'official',
    supported: true,
  });
  expect(JSON.parse(env.BULKHEAD_ADDONS ?? '')).toEqual(addons);
  expect(JSON.parse(env.BULKHEAD_OPTIONS ?? '')).toEqual(options);
  expect(env.BULKHEAD_LIFELINE_FD).toBe('3');
});

test("what would turn Electron into plain Node, or name somebody else's lifeline, is not inherited", () => {
  const { env } = plan({ env: { ELECTRON_RUN_AS_NODE: '1', BULKHEAD_LIFELINE_FD: '7' } });
  expect(env).not.toHaveProperty('ELECTRON_RUN_AS_NODE');
  expect(env).not.toHaveProperty('BULKHEAD_LIFELINE_FD');
});

test('serve and ping run as plain Node.js on the runtime, with nothing of Chromium', () => {
  const { args, env } = plainPlan({
    root: '/my app',
    options: { command: 'serve', method: 'fifo' },
    runtime,
    addons,
    env: {},
    lifelineFd: 3,
  });
  expect(args).toEqual([path.join('/my app', 'out', 'main', 'bench', 'serve.js')]);
  expect(env).toMatchObject({ ELECTRON_RUN_AS_NODE: '1', BULKHEAD_LIFELINE_FD: '3' });
  expect(JSON.parse(env.BULKHEAD_OPTIONS ?? '')).toEqual({ command: 'serve', method: 'fifo' });
});
