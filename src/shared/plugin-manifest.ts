import { z } from 'zod';
import { TRANSPORT_IDS } from './transport-catalog';

/** A utility process has no ipcRenderer. */
const PLUGIN_TRANSPORTS = z.enum(TRANSPORT_IDS).exclude(['ipc-invoke']);

/** The end of the process's id, and its name in the process map. `main` is the one of `index.ts`. */
const role = z
  .string()
  .regex(/^[a-z0-9-]{1,20}$/, 'a–z, 0–9 and -, at most 20 of them')
  .refine((name) => name !== 'main', 'main is the process of index.ts');
const description = z.string().min(1).max(200);

/** One process besides that of `index.ts`: another script in a utility process, or an executable. */
const processSchema = z
  .strictObject({
    role,
    description: description.optional(),
    /** A script of the plugin's folder, without its ending: `receiver` is `receiver.ts`. */
    entry: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'the name of a script beside index.ts, without .ts')
      .optional(),
    /** An executable: a path, or a name that is found in PATH. Its working folder is the plugin's. */
    command: z.string().min(1).max(500).optional(),
    args: z.array(z.string().max(2000)).max(100).optional(),
    /** The executable is ready once this stands in a line of what it writes. Without it, once it runs. */
    ready: z.string().min(1).max(200).optional(),
  })
  .refine(({ entry, command }) => (entry === undefined) !== (command === undefined), 'give it either entry or command')
  .refine(
    ({ entry, args, ready }) => entry === undefined || (args === undefined && ready === undefined),
    'args and ready go with command',
  );

/** `src/plugins/<name>/manifest.json`. The folder's name is the plugin's id; `index.ts` beside it is its entry. */
export const pluginManifestSchema = z.strictObject({
  /** What a person reads in the process map. */
  name: z.string().min(1).max(40),
  description,
  /** The transports over which it answers pings. */
  transports: z.array(PLUGIN_TRANSPORTS).min(1),
  /** What it has besides `index.ts`, which is launched last: each is launched once the one before is ready. */
  processes: z
    .array(processSchema)
    .max(8)
    .refine((processes) => new Set(processes.map((each) => each.role)).size === processes.length, 'each role once')
    .optional(),
});

export type PluginManifest = z.infer<typeof pluginManifestSchema>;
