import { createRequire } from 'node:module';
import { z } from 'zod';

/** The part of the native addon that the benchmark uses. */
export interface NativeAddon {
  setAffinity(cpus: number[]): void;
}

const addonsSchema = z.object({
  'bulkhead-native': z.union([z.object({ dir: z.string() }), z.object({ error: z.string() })]),
});

/** Where set-up put the native addon, or why it isn't there. */
function findNative(): { dir: string } | { reason: string } {
  const parsed = addonsSchema.safeParse(readJson(process.env['BULKHEAD_ADDONS']));
  if (!parsed.success) return { reason: 'The native addon was not set up. Run: npm run setup' };
  const entry = parsed.data['bulkhead-native'];
  return 'dir' in entry ? entry : { reason: entry.error };
}

/** The addon, where it was built and can do what is asked of it here. */
export function loadNative(): { addon: NativeAddon } | { reason: string } {
  const found = findNative();
  if ('reason' in found) return found;
  try {
    const addon = createRequire(import.meta.url)(found.dir) as Partial<NativeAddon>;
    if (typeof addon.setAffinity !== 'function')
      return { reason: 'The native addon has no setAffinity on this system.' };
    return { addon: addon as NativeAddon };
  } catch (error) {
    return { reason: `The native addon did not load: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
