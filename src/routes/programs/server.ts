import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runProgram } from '../program/program';
import { chooseMode, routeSchema } from '../program/settings';
import { loadRoute } from '../registry';
import { RunningServer } from '../server/run-server';

/** A route's server, run by a plain process: until that is stopped, and no longer than it lives. */

const settingsSchema = z.strictObject({
  route: routeSchema.route,
  mode: routeSchema.mode,
  /** Where its files are; kept when it is named, and otherwise a temporary one that is removed at the end. */
  folder: z.string().min(1).max(4_096).optional(),
});

await runProgram(settingsSchema, async (settings, { report, end }) => {
  const mode = chooseMode(settings.route, settings.mode);
  const { server: recipe } = await loadRoute(settings.route);
  if (recipe === null) throw new Error(`The route ${settings.route} has no server.`);
  const found = recipe.find(mode);
  if ('missing' in found) throw new Error(`${found.missing} Install it with: ${found.install}`);
  const folder = settings.folder ?? mkdtempSync(join(tmpdir(), 'bulkhead-server-'));
  const removeFolder = () => {
    if (settings.folder === undefined) rmSync(folder, { recursive: true, force: true });
  };
  if (settings.folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const server = new RunningServer(await recipe.plan(found.file, folder, mode));
  server.onEnd = (name, lastWords) => {
    console.error(`${name} has ended by itself. Its last words:\n${lastWords.join('\n')}`);
    end(1);
  };
  try {
    await server.start();
  } catch (error) {
    await server.stop();
    removeFolder();
    throw error;
  }
  report({ type: 'ready', route: settings.route, mode, url: server.url, processes: server.processes });
  return {
    stats: () => ({ processes: server.processes }),
    async stop() {
      await server.stop();
      removeFolder();
    },
  };
});
