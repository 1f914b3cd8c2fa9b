import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type PluginManifest, pluginManifestSchema } from '../shared/plugin-manifest';

export interface InstalledPlugin {
  /** The folder's name. */
  id: string;
  manifest: PluginManifest;
  /** Absolute path of the script that the utility process runs. */
  entry: string;
}

export interface PluginCatalog {
  plugins: InstalledPlugin[];
  /** A sentence for each folder that is no plugin, with what is wrong with it. */
  refused: string[];
}

/** Reads the plugins under `directory`: one folder each, with `manifest.json` and `index.js`. */
export function findPlugins(directory: string): PluginCatalog {
  const catalog: PluginCatalog = { plugins: [], refused: [] };
  if (!existsSync(directory)) return catalog;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const read = readPlugin(directory, entry.name);
    if ('problem' in read) catalog.refused.push(`The plugin “${entry.name}” was not started: ${read.problem}`);
    else catalog.plugins.push(read);
  }
  return catalog;
}

function readPlugin(directory: string, id: string): InstalledPlugin | { problem: string } {
  const entry = join(directory, id, 'index.js');
  if (!/^[a-z0-9-]{1,40}$/.test(id))
    return { problem: 'its folder name may hold a–z, 0–9 and - only. Rename the folder.' };
  if (!existsSync(entry)) return { problem: 'it has no index.ts. Add one that calls servePlugin.' };
  let text: string;
  try {
    text = readFileSync(join(directory, id, 'manifest.json'), 'utf8');
  } catch {
    return { problem: 'it has no manifest.json. Add one with name, description and transports.' };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `its manifest.json is not JSON (${(error as Error).message}). Fix it.` };
  }
  const manifest = pluginManifestSchema.safeParse(json);
  if (!manifest.success)
    return {
      problem: `its manifest.json is invalid: ${z.prettifyError(manifest.error).replace(/\s*\n\s*/g, ' ')}. Fix it.`,
    };
  const missing = manifest.data.processes?.find(
    (each) => each.entry !== undefined && !existsSync(join(directory, id, `${each.entry}.js`)),
  );
  if (missing !== undefined)
    return {
      problem: `its manifest.json names ${missing.entry} as a script, and there is no ${missing.entry}.ts. Add it, or take it out.`,
    };
  return { id, manifest: manifest.data, entry };
}
