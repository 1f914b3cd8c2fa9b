import { z } from 'zod';
import { TRANSPORT_IDS } from './transport-catalog';

/** A utility process has no ipcRenderer. */
const PLUGIN_TRANSPORTS = z.enum(TRANSPORT_IDS).exclude(['ipc-invoke']);

/** `src/plugins/<name>/manifest.json`. The folder's name is the plugin's id; `index.ts` beside it is its entry. */
export const pluginManifestSchema = z.strictObject({
  /** What a person reads in the process map. */
  name: z.string().min(1).max(40),
  description: z.string().min(1).max(200),
  /** The transports over which it answers pings. */
  transports: z.array(PLUGIN_TRANSPORTS).min(1),
});

export type PluginManifest = z.infer<typeof pluginManifestSchema>;
