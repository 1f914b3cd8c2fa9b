import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type PluginManifest, pluginManifestSchema } from '../shared/plugin-manifest';
import { type Message, say } from '../shared/messages/message';

export interface InstalledPlugin {
  /** The folder's name. */
  id: string;
  manifest: PluginManifest;
  /** Absolute path of the script that the utility process runs. */
  entry: string;
}

export interface PluginCatalog {
  plugins: InstalledPlugin[];
  /** For each folder that is no plugin, what is wrong with it. */
  refused: Message[];
}

/** Reads the plugins under `directory`: one folder each, with `manifest.json` and `index.js`. */
export function findPlugins(directory: string): PluginCatalog {
  const catalog: PluginCatalog = { plugins: [], refused: [] };
  if (!existsSync(directory)) return catalog;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const read = readPlugin(directory, entry.name);
    if ('problem' in read) catalog.refused.push(say('plugin.refused', { folder: entry.name, cause: read.problem }));
    else catalog.plugins.push(read);
  }
  return catalog;
}

function readPlugin(directory: string, id: string): InstalledPlugin | { problem: Message } {
  const entry = join(directory, id, 'index.js');
  if (!/^[a-z0-9-]{1,40}$/.test(id)) return { problem: say('plugin.bad-name') };
  if (!existsSync(entry)) return { problem: say('plugin.no-entry') };
  let text: string;
  try {
    text = readFileSync(join(directory, id, 'manifest.json'), 'utf8');
  } catch {
    return { problem: say('plugin.no-manifest') };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: say('plugin.manifest-no-json', { cause: (error as Error).message }) };
  }
  const manifest = pluginManifestSchema.safeParse(json);
  if (!manifest.success)
    return {
      problem: say('plugin.manifest-invalid', {
        cause: z.prettifyError(manifest.error).replace(/\s*\n\s*/g, ' '),
      }),
    };
  const missing = manifest.data.processes?.find(
    (each) => each.entry !== undefined && !existsSync(join(directory, id, `${each.entry}.js`)),
  );
  if (missing !== undefined)
    return {
      problem: say('plugin.no-script', { script: missing.entry ?? '' }),
    };
  return { id, manifest: manifest.data, entry };
}
