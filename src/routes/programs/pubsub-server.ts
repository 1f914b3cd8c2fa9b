import { mkdirSync } from 'node:fs';
import { z } from 'zod';
import { runProgram } from '../program/program';
import { addressSchema } from '../program/settings';
import { serveEmbedded } from '../pubsub/embedded/serve';

/** The embedded server of the Pub/Sub route as a process of its own. What it has accepted is in `folder`. */

const settingsSchema = z.strictObject({ ...addressSchema, folder: z.string().min(1).max(4_096) });

await runProgram(settingsSchema, async (settings, { report }) => {
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 });
  const server = await serveEmbedded(settings);
  report({ type: 'ready', url: `pubsub://${server.address}` });
  return { stop: () => server.close() };
});
