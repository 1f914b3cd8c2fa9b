// @ts-check
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { expect, test } from 'vitest';
import { sharedMemorySwitches } from './shared-memory.mjs';

const elsewhere = ['--disable-dev-shm-usage'];

test('with room nothing is switched, and where there is no folder the temporary one is taken', () => {
  expect(sharedMemorySwitches(tmpdir(), 'linux')).toEqual([]);
  expect(sharedMemorySwitches(path.join(tmpdir(), 'none'), 'linux')).toEqual(elsewhere);
  expect(sharedMemorySwitches(path.join(tmpdir(), 'none'), 'darwin')).toEqual([]);
});

const mounts = () => spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

test.skipIf(process.platform !== 'linux' || !mounts()).each([
  ['size=64k', elsewhere],
  ['size=64m', []],
  ['size=64m,ro', elsewhere],
])('a folder mounted with %s', (options, switches) => {
  const module = JSON.stringify(new URL('shared-memory.mjs', import.meta.url).href);
  const code = `import { sharedMemorySwitches } from ${module}; console.log(JSON.stringify(sharedMemorySwitches('/mnt', 'linux')));`;
  const script = `mount -t tmpfs -o ${options} none /mnt && exec "$@"`;
  const { stdout } = spawnSync(
    'unshare',
    ['-m', 'sh', '-c', script, 'sh', process.execPath, '--input-type=module', '-e', code],
    { encoding: 'utf8' },
  );
  expect(JSON.parse(stdout)).toEqual(switches);
});
