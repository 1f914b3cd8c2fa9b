import { createRequire } from 'node:module';
import { type Message, saidBy, say } from '../shared/messages/message';

export type LoadedAddon<T> = { package: T } | { reason: Message };

/** Where the set-up put an addon, with what was built beside it. Never throws: one that isn't there has a reason. */
export function findAddon(name: string): { dir: string } | { reason: Message } {
  const text = process.env['BULKHEAD_ADDONS'];
  if (text === undefined) return { reason: say('addon.no-launcher', { addon: name }) };
  try {
    const entry = readEntry(text, name);
    if (typeof entry.dir === 'string') return { dir: entry.dir };
    if (typeof entry.error === 'string') return { reason: say('verbatim', { text: entry.error }) };
    return { reason: say('addon.not-set-up', { addon: name }) };
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

/**
 * Of `BULKHEAD_ADDONS`, written by the set-up: where the addon was built for this runtime, or why it wasn't. Looked at by
 * hand: for this alone every plugin's process would load the schemas' library, twice, and the measuring thread too.
 */
function readEntry(text: string, name: string): { dir?: unknown; error?: unknown } {
  const entries = JSON.parse(text) as Record<string, unknown> | null;
  const entry = entries !== null && Object.hasOwn(entries, name) ? entries[name] : null;
  return typeof entry === 'object' && entry !== null ? entry : {};
}

function notLoaded(name: string, error: unknown): { reason: Message } {
  return { reason: say('addon.not-loaded', { addon: name, cause: saidBy(error) }) };
}
