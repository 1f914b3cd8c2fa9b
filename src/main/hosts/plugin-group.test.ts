import { expect, test, vi } from 'vitest';
import type { PluginManifest } from '../../shared/plugin-manifest';
import { madeUpRegistry } from './made-up-process';
import { environmentForPrograms, pluginGroup } from './plugin-group';

vi.mock('electron', () => import('../made-up-electron'));

const MANIFEST: PluginManifest = { name: 'Pair', description: 'Answers', transports: ['message-port'] };
const members = (manifest: PluginManifest) =>
  pluginGroup({ id: 'pair', manifest, entry: '/plugins/pair/index.js' }, madeUpRegistry()).members.map(
    ({ role, kind, title }) => ({ role, kind, title }),
  );

test('a plugin without further processes is the process of its index', () => {
  expect(members(MANIFEST)).toEqual([{ role: 'main', kind: 'plugin', title: 'Answers' }]);
});

test('what a plugin needs is launched before its index, in the manifest’s order', () => {
  const processes = [
    { role: 'server', command: 'nats-server' },
    { role: 'receiver', entry: 'receiver', description: 'Receives' },
  ];
  expect(members({ ...MANIFEST, processes })).toEqual([
    { role: 'server', kind: 'server', title: 'Answers' },
    { role: 'receiver', kind: 'plugin', title: 'Receives' },
    { role: 'main', kind: 'plugin', title: 'Answers' },
  ]);
});

test('a program does not get what Bulkhead and its runtime tell themselves', () => {
  const env = { PATH: '/bin', BULKHEAD_LIFELINE_FD: '3', ELECTRON_RUN_AS_NODE: '1', HOME: '/h' };
  expect(environmentForPrograms(env)).toEqual({ PATH: '/bin', HOME: '/h' });
});
