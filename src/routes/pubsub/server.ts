import { join } from 'node:path';
import { ROUTE_CATALOG } from '../../shared/routes/route-catalog';
import { freePort } from '../server/find-program';
import { ownProgram } from '../server/own-program';
import { findEmulator } from './find-emulator';
import type { ServerPlan, ServerProcess, ServerRecipe } from '../server/recipe';

/** Google's emulator, where the Cloud SDK has it, or the embedded server, by the route's mode. */

/** The same for both, for who kills it by name. */
const NAME = ROUTE_CATALOG.pubsub.server as string;

export const pubsubServer: ServerRecipe = {
  title: 'pubsub-server',
  find(mode) {
    if (mode === 'cloud')
      return {
        missing: 'Google Cloud is used when BULKHEAD_PUBSUB_PROJECT names a project.',
        install: 'gcloud auth application-default login && export BULKHEAD_PUBSUB_PROJECT=PROJECT',
      };
    if (mode === 'emulator') {
      const emulator = findEmulator();
      return emulator === null
        ? {
            missing: "Google's Pub/Sub emulator is not installed (it is part of the Google Cloud SDK and needs Java).",
            install: 'gcloud components install pubsub-emulator',
          }
        : { file: emulator.jar };
    }
    const file = ownProgram('pubsub-server');
    return file === null
      ? { missing: 'The embedded Pub/Sub server has not been built.', install: 'npm run setup' }
      : { file };
  },
  async plan(file, folder, mode) {
    const port = await freePort();
    return mode === 'emulator' ? emulatorPlan(folder, port) : embeddedPlan(file, folder, port);
  },
};

function embeddedPlan(file: string, folder: string, port: number): ServerPlan {
  return planOf(port, {
    file: process.execPath,
    args: [file, JSON.stringify({ port, folder: join(folder, 'pubsub') })],
    // The runtime's binary is Node.js with this; Node.js itself doesn't know it.
    env: { PATH: process.env['PATH'] ?? '', ELECTRON_RUN_AS_NODE: '1' },
    ready: { line: '"type":"ready"' },
  });
}

/** Without the wrappers of the SDK: the pid is then the emulator's own. */
function emulatorPlan(folder: string, port: number): ServerPlan {
  const emulator = findEmulator();
  if (emulator === null) throw new Error("Google's Pub/Sub emulator is not installed.");
  return planOf(port, {
    file: emulator.java,
    args: [
      '-Xmx512m',
      '-XX:-UsePerfData',
      `-Djava.io.tmpdir=${folder}`,
      '-jar',
      emulator.jar,
      '--host=127.0.0.1',
      `--port=${port}`,
    ],
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/' },
    ready: { port },
  });
}

function planOf(port: number, own: Pick<ServerProcess, 'file' | 'args' | 'env' | 'ready'>): ServerPlan {
  return {
    url: `pubsub://127.0.0.1:${port}`,
    // Google's is in Java, which takes its time on a machine that is busy.
    processes: [{ name: NAME, ...own, words: 'standard error', readyTimeoutMs: 180_000, stopTimeoutMs: 5_000 }],
  };
}
