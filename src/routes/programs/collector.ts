import { z } from 'zod';
import { RUN_PATTERN } from '../../shared/routes/message';
import { Collector } from '../collector/collector';
import { JournalError } from '../collector/journal';
import { runProgram } from '../program/program';
import { addressSchema } from '../program/settings';
import { Intake, refusal } from '../web/intake';

/** The collector as a process of its own. `GET /stats` and `GET /deliveries` say what has arrived. */

const settingsSchema = z.strictObject({
  ...addressSchema,
  /** A file in which what it counts outlives it; a collector that is started on it goes on where that one ended. */
  journal: z.string().min(1).max(4_096).optional(),
});

const commandSchema = z.object({ type: z.literal('follow'), run: z.string().regex(RUN_PATTERN) });

await runProgram(settingsSchema, async ({ host, port, journal }, { report }) => {
  const collector = new Collector(journal ?? null);
  const intake = new Intake({
    post(body, request) {
      try {
        return collector.post(body, request);
      } catch (error) {
        if (!(error instanceof JournalError)) throw error;
        return refusal(503, `The collector can't write its journal: ${error.message}.`);
      }
    },
    get: {
      '/stats': () => ({ status: 200, body: { ...collector.stats(), ...intake.counts } }),
      '/deliveries': (query) => collector.deliveries(query),
    },
    onError: (error) => console.error(error),
  });
  const url = await intake.listen(host, port);
  report({ type: 'ready', url });
  return {
    stats: () => ({ ...collector.report(), ...intake.counts }),
    command(command) {
      const parsed = commandSchema.safeParse(command);
      if (parsed.success) collector.follow(parsed.data.run);
    },
    async stop() {
      await intake.close();
      collector.close();
    },
  };
});
