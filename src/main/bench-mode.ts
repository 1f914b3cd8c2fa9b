import { benchOutputSchema, benchRequestSchema } from '../shared/bench/request';
import { runCommand } from './command-mode';
import { readEnvironment } from './environment';
import type { Options, RuntimeOrigin } from './options';

/** The application as a benchmark. */
export function startBench(options: Options, runtime: RuntimeOrigin, mainDirectory: string): Promise<void> {
  return runCommand(async ({ directory, signal }) => {
    const { benchCommand } = await import('../bench/browser/command');
    const { request, output } = readBench(process.env);
    return benchCommand({
      request,
      output,
      environment: readEnvironment(options, runtime),
      outDirectory: mainDirectory,
      directory,
      signal,
    });
  });
}

function readBench(env: NodeJS.ProcessEnv) {
  const { bench } = JSON.parse(env['BULKHEAD_OPTIONS'] ?? '{}') as { bench?: { request?: unknown; output?: unknown } };
  return { request: benchRequestSchema.parse(bench?.request), output: benchOutputSchema.parse(bench?.output) };
}
