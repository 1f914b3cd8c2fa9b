import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPlugins } from './plugins';
import { render } from '../shared/messages/message';

const MANIFEST = JSON.stringify({ name: 'Good', description: 'Does good', transports: ['message-port'] });
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-plugins-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function plugin(id: string, { manifest = MANIFEST as string | null, entry = true } = {}): void {
  mkdirSync(join(folder, id));
  if (manifest !== null) writeFileSync(join(folder, id, 'manifest.json'), manifest);
  if (entry) writeFileSync(join(folder, id, 'index.js'), '');
}

test('a folder with a manifest and an entry is a plugin', () => {
  plugin('good');
  expect(findPlugins(folder)).toEqual({
    plugins: [
      {
        id: 'good',
        manifest: { name: 'Good', description: 'Does good', transports: ['message-port'] },
        entry: join(folder, 'good', 'index.js'),
      },
    ],
    refused: [],
  });
});

test.each([
  ['without a manifest', 'bad', { manifest: null }, /no manifest\.json/],
  ['whose manifest is no JSON', 'bad', { manifest: '{ "name": ' }, /is not JSON/],
  [
    'whose manifest names an unknown transport',
    'bad',
    { manifest: MANIFEST.replace('message-port', 'telepathy') },
    /is invalid.*transports/,
  ],
  [
    'whose manifest lacks its description',
    'bad',
    { manifest: '{"name":"x","transports":["message-port"]}' },
    /is invalid.*description/,
  ],
  ['without an entry', 'bad', { entry: false }, /no index\.ts/],
  [
    'whose second script is not there',
    'bad',
    { manifest: MANIFEST.replace('}', ',"processes":[{"role":"r","entry":"receiver"}]}') },
    /no receiver\.ts/,
  ],
  ['with a space in its name', 'bad name', {}, /folder name/],
  ['with capitals in its name', 'Bad', {}, /folder name/],
  ['with a name of 41 characters', 'b'.repeat(41), {}, /folder name/],
  ['with dots in its name', '..bad', {}, /folder name/],
])('a folder %s is refused with one sentence that names it', (_what, id, parts, reason) => {
  plugin(id, parts);
  const { plugins, refused } = findPlugins(folder);
  expect(plugins).toEqual([]);
  expect(refused).toHaveLength(1);
  const [said] = refused.map((each) => render(each));
  expect(said).toContain(`“${id}”`);
  expect(said).toMatch(reason);
  expect(said).not.toContain('\n');
});

test('a bad plugin keeps no good one from being found', () => {
  plugin('a-bad', { manifest: 'nonsense' });
  plugin('b-good');
  plugin('c-bad', { entry: false });
  plugin('d-good');
  const { plugins, refused } = findPlugins(folder);
  expect(plugins.map(({ id }) => id).toSorted()).toEqual(['b-good', 'd-good']);
  expect(refused).toHaveLength(2);
});

test('a file beside the folders is no plugin and no problem', () => {
  writeFileSync(join(folder, 'README.md'), '');
  expect(findPlugins(folder)).toEqual({ plugins: [], refused: [] });
});

test('no folder of plugins means no plugins', () => {
  expect(findPlugins(join(folder, 'nowhere'))).toEqual({ plugins: [], refused: [] });
});
