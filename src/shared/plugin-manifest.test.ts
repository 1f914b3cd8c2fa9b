import { expect, test } from 'vitest';
import { pluginManifestSchema } from './plugin-manifest';

const manifest = { name: 'echo', description: 'Answers at once', transports: ['message-port'] };

test('a whole manifest is accepted', () => {
  expect(pluginManifestSchema.parse(manifest)).toEqual(manifest);
});

test.each<[what: string, change: Record<string, unknown>]>([
  ['without a name', { name: undefined }],
  ['with an empty name', { name: '' }],
  ['with a name of 41 characters', { name: 'x'.repeat(41) }],
  ['without a description', { description: undefined }],
  ['without transports', { transports: undefined }],
  ['with no transport', { transports: [] }],
  ['with an unknown transport', { transports: ['message-port', 'telepathy'] }],
  ['with a transport that renderers alone have', { transports: ['ipc-invoke'] }],
  ['with a transport that is no text', { transports: [1] }],
  ['with a field that nobody knows', { entry: '../../elsewhere.js' }],
])('a manifest %s is refused', (_what, change) => {
  expect(pluginManifestSchema.safeParse({ ...manifest, ...change }).success).toBe(false);
});

test.each([
  ['a script', { role: 'receiver', entry: 'receiver' }],
  [
    'an executable',
    { role: 'server', command: 'nats-server', args: ['-p', '0'], ready: 'ready', description: 'Stores' },
  ],
])('a manifest with %s besides its own is accepted', (_what, process) => {
  expect(pluginManifestSchema.parse({ ...manifest, processes: [process] }).processes).toEqual([process]);
});

test.each<[what: string, processes: unknown[]]>([
  ['neither script nor executable', [{ role: 'a' }]],
  ['both', [{ role: 'a', entry: 'a', command: 'b' }]],
  ['a script with arguments', [{ role: 'a', entry: 'a', args: [] }]],
  ['a script of another folder', [{ role: 'a', entry: '../b' }]],
  ['no role', [{ entry: 'a' }]],
  ['the role of index.ts', [{ role: 'main', entry: 'a' }]],
  ['a role that is no end of an id', [{ role: 'a/b', entry: 'a' }]],
  [
    'one role twice',
    [
      { role: 'a', entry: 'a' },
      { role: 'a', entry: 'b' },
    ],
  ],
])('a manifest whose processes have %s is refused', (_what, processes) => {
  expect(pluginManifestSchema.safeParse({ ...manifest, processes }).success).toBe(false);
});

test.each([null, 'echo', [], 5])('%j is no manifest', (value) => {
  expect(pluginManifestSchema.safeParse(value).success).toBe(false);
});
