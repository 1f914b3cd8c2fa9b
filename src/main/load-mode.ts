import { app } from 'electron';
import { join } from 'node:path';
import { loadOutputSchema, loadRequestSchema } from '../shared/load/request';
import { runCommand } from './command-mode';
import { readEnvironment } from './environment';
import { loadCommand } from './load/command';
import { trafficFile } from './load/index';
import type { Options, RuntimeOrigin } from './options';

/** What is on its way is waited for, and servers end in good order. */
const WAY_OUT_LIMIT_MS = 60_000;

/** The application as a load on routes. */
export function startLoad(options: Options, runtime: RuntimeOrigin, outDirectory: string): Promise<void> {
  return runCommand(({ directory, signal }) => {
    const { load } = JSON.parse(process.env['BULKHEAD_OPTIONS'] ?? '{}') as {
      load?: { request?: unknown; output?: unknown };
    };
    return loadCommand({
      request: loadRequestSchema.parse(load?.request),
      output: loadOutputSchema.parse(load?.output),
      environment: readEnvironment(options, runtime),
      trafficFile: trafficFile(),
      locustfile: join(app.getAppPath(), 'deploy/locustfile.py'),
      outDirectory,
      directory,
      signal,
    });
  }, WAY_OUT_LIMIT_MS);
}
