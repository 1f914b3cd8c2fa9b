import { createRequire } from 'node:module';
import { z } from 'zod';

export type LoadedAddon<T> = { package: T } | { reason: string };

/** `BULKHEAD_ADDONS`, written by the set-up: where each addon was built for this runtime, or why it wasn't. */
const addonsSchema = z.record(z.string(), z.union([z.object({ dir: z.string() }), z.object({ error: z.string() })]));

/** Where the set-up put an addon, with what was built beside it. Never throws: one that isn't there has a reason. */
export function findAddon(name: string): { dir: string } | { reason: string } {
  const text = process.env['BULKHEAD_ADDONS'];
  if (text === undefined) {
    return {
      reason: `The ${name} addon was not set up, because Bulkhead was not started by bin/bulkhead. Start it with npm start.`,
    };
  }
  try {
    const entry = addonsSchema.parse(JSON.parse(text))[name];
    if (entry === undefined) return { reason: `The ${name} addon was not set up. Run npm run setup.` };
    return 'error' in entry ? { reason: entry.error } : entry;
  } catch (error) {
    return notLoaded(name, error);
  }
}

/** Requires an addon that the set-up has built. Never throws: an addon that isn't there has a reason for a person. */
export function loadAddon<T>(name: string): LoadedAddon<T> {
  const found = findAddon(name);
  if ('reason' in found) return found;
  try {
    return { package: createRequire(import.meta.url)(found.dir) as T };
  } catch (error) {
    return notLoaded(name, error);
  }
}

function notLoaded(name: string, error: unknown): { reason: string } {
  return {
    reason: `The ${name} addon did not load: ${error instanceof Error ? error.message : String(error)}. Run npm run setup to build it again.`,
  };
}
