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

test.each([null, 'echo', [], 5])('%j is no manifest', (value) => {
  expect(pluginManifestSchema.safeParse(value).success).toBe(false);
});
