import { join } from 'node:path';
import { ROUTE_CATALOG } from '../../shared/routes/route-catalog';
import { findProgram, freePort } from '../server/find-program';
import type { ServerRecipe } from '../server/recipe';

export const natsServer: ServerRecipe = {
  title: 'nats-server',
  find() {
    const file = findProgram('nats-server');
    return file === null
      ? { missing: 'nats-server is not installed.', install: ROUTE_CATALOG.nats.install as string }
      : { file };
  },
  async plan(file, folder, mode) {
    const port = await freePort();
    const jetStream = mode === 'jetstream' ? ['-js', '-sd', join(folder, 'jetstream')] : [];
    return {
      url: `nats://127.0.0.1:${port}`,
      processes: [
        {
          name: 'nats-server',
          file,
          args: ['-a', '127.0.0.1', '-p', String(port), ...jetStream],
          env: { PATH: process.env['PATH'] ?? '', HOME: folder },
          ready: { line: 'Server is ready' },
          words: 'standard error',
          readyTimeoutMs: 30_000,
          stopTimeoutMs: 10_000,
        },
      ],
    };
  },
};
