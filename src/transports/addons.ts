import { createRequire } from 'node:module';
import { z } from 'zod';
import { type Message, saidBy, say } from '../shared/messages/message';

export type LoadedAddon<T> = { package: T } | { reason: Message };

/** `BULKHEAD_ADDONS`, written by the set-up: where each addon was built for this runtime, or why it wasn't. */
const addonsSchema = z.record(z.string(), z.union([z.object({ dir: z.string() }), z.object({ error: z.string() })]));

/** Where the set-up put an addon, with what was built beside it. Never throws: one that isn't there has a reason. */
export function findAddon(name: string): { dir: string } | { reason: Message } {
  const text = process.env['BULKHEAD_ADDONS'];
  if (text === undefined) return { reason: say('addon.no-launcher', { addon: name }) };
  try {
    const entry = addonsSchema.parse(JSON.parse(text))[name];
    if (entry === undefined) return { reason: say('addon.not-set-up', { addon: name }) };
    return 'error' in entry ? { reason: say('verbatim', { text: entry.error }) } : entry;
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

function notLoaded(name: string, error: unknown): { reason: Message } {
  return { reason: say('addon.not-loaded', { addon: name, cause: saidBy(error) }) };
}
