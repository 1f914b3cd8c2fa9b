// @ts-check
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/**
 * Lends a folder to build in, in the temporary folder: make and node-gyp can't cope
 * with a space in a path, and a checkout may have one, so the build sees everything
 * else through links. It is gone afterwards, also when a signal ends this process;
 * what a killed one of this checkout has left goes first. The caller holds the
 * checkout's set-up lock, so nobody else is building for it.
 *
 * @param {string} root the checkout
 * @param {(buildFolder: string) => Promise<void>} work
 */
export async function withBuildFolder(root, work) {
  const prefix = `bulkhead-build-${createHash('sha256').update(root).digest('hex').slice(0, 8)}-`;
  const base = tmpdir();
  for (const name of await readdir(base)) {
    if (name.startsWith(prefix)) await remove(path.join(base, name));
  }
  const buildFolder = await mkdtemp(path.join(base, prefix));
  // A signal leaves by way of `exit`, which waits for no promise.
  const removeAtExit = () => rmSync(buildFolder, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', removeAtExit);
  try {
    await work(buildFolder);
  } finally {
    process.removeListener('exit', removeAtExit);
    await remove(buildFolder);
  }
}

/** @param {string} folder */
function remove(folder) {
  // A compiler that has just been killed may still be writing its last file.
  return rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
