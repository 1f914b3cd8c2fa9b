import { z } from 'zod';
import type { Environment } from '../shared/snapshot';
import { words } from '../shared/messages/message';

/** `BULKHEAD_OPTIONS`: what the person asked for on the command line, as `bin/bulkhead` read it. */
const optionsSchema = z.object({
  /** The application with its window, or the benchmark or a load without one. */
  command: z.enum(['run', 'bench', 'load']).default('run'),
  headless: z.boolean().default(false),
  /** Seconds until the run ends by itself, or null: until the person ends it. */
  durationS: z.number().positive().nullable().default(null),
  /** Absolute path of the folder for the exports at the end, or null: none. */
  exportDir: z.string().nullable().default(null),
  rate: z.number().int().min(1).max(1000).nullable().default(null),
  payloadBytes: z.number().int().min(0).max(32_768).nullable().default(null),
  /** Whether pings ask for the stages of their round trip from the start. */
  stages: z.boolean().default(false),
  /** Absolute path of the user-data folder, or null for the ordinary one. */
  profileDir: z.string().nullable().default(null),
});
export type Options = z.infer<typeof optionsSchema>;

/** `BULKHEAD_RUNTIME`: which Electron this is and where it came from, as the set-up resolved it. */
const runtimeSchema = z.object({
  origin: z.enum(['override', 'installed', 'downloaded', 'registry-fallback']),
  detail: z.string(),
  supported: z.boolean(),
});
export type RuntimeOrigin = { origin: Environment['runtimeOrigin']; detail: string; supported: boolean };

export function readOptions(env: NodeJS.ProcessEnv): Options {
  return optionsSchema.parse(JSON.parse(env['BULKHEAD_OPTIONS'] ?? '{}'));
}

/** Without word from the launcher the runtime counts as unsupported: the careful side. */
export function readRuntimeOrigin(env: NodeJS.ProcessEnv): RuntimeOrigin {
  const text = env['BULKHEAD_RUNTIME'];
  if (text === undefined) {
    return {
      origin: 'unknown',
      detail: words('start.no-launcher'),
      supported: false,
    };
  }
  return runtimeSchema.parse(JSON.parse(text));
}
