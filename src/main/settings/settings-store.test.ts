import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { render } from '../../shared/messages/message';
import { SettingsStore } from './settings-store';

let folder: string;
let path: string;
let problems: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
  path = join(folder, 'settings.json');
  problems = [];
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const open = () => new SettingsStore(path, (problem) => problems.push(render(problem)));

test('what was set is there in the next session, and nothing else beside it', async () => {
  const store = open();
  store.change({ theme: 'dark', probe: { ratePerSecond: 50 } });
  store.change({ view: { window: '2min', hidden: ['plugin:echo/fifo'] } });
  store.switchChannel('plugin:echo/tcp', true);
  store.switchChannel('plugin:echo/fifo', false);
  store.switchChannel('plugin:echo/tcp', false);
  await store.settled();
  expect(open().present).toEqual({
    version: 1,
    theme: 'dark',
    probe: { ratePerSecond: 50 },
    view: { window: '2min', hidden: ['plugin:echo/fifo'] },
    channels: { 'plugin:echo/fifo': false, 'plugin:echo/tcp': false },
  });
  expect(readdirSync(folder)).toEqual(['settings.json']);
  expect(problems).toEqual([]);
});

test('a profile that has none yet has nothing to tell', () => {
  expect(open().present).toEqual({ version: 1 });
  expect(problems).toEqual([]);
  expect(existsSync(path)).toBe(false);
});

test.each([
  '',
  '{"version":1,"theme"',
  '[]',
  '{"version":2}',
  '{"version":1,"probe":{"ratePerSecond":0}}',
  '{"version":1,"view":{"window":"1h"}}',
])('%j is put aside with a word, and the start is as at first', async (text) => {
  writeFileSync(path, text);
  const store = open();
  expect(store.present).toEqual({ version: 1 });
  expect(problems).toEqual([expect.stringContaining(`kept as ${path}.unreadable`)]);
  expect(readFileSync(`${path}.unreadable`, 'utf8')).toBe(text);
  store.change({ theme: 'light' });
  await store.settled();
  expect(open().present.theme).toBe('light');
});

test('a name such as __proto__ is a name like any other', async () => {
  writeFileSync(path, '{"version":1,"channels":{"__proto__":true,"plugin:echo/tcp":true}}');
  expect(open().present.channels?.['plugin:echo/tcp']).toBe(true);
});

test('forgetting takes the file away as well', async () => {
  const store = open();
  store.change({ theme: 'dark' });
  await store.settled();
  store.change({ theme: 'light' });
  await store.forget();
  await store.settled();
  expect(existsSync(path)).toBe(false);
  expect(store.present).toEqual({ version: 1 });
});

test('a place that can’t be written to is told, with what to do', async () => {
  const store = new SettingsStore(join(folder, 'gone', 'settings.json'), (problem) => problems.push(render(problem)));
  store.change({ theme: 'dark' });
  await store.settled();
  expect(problems).toEqual([expect.stringMatching(/Settings are not remembered: .* its folder is not there/)]);
});
