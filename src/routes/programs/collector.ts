import { z } from 'zod';
import { Collector } from '../collector/collector';
import { runProgram } from '../program/program';
import { addressSchema } from '../program/settings';
import { Intake } from '../web/intake';

/** The collector as a process of its own. `GET /stats` and `GET /deliveries` say what has arrived. */

const settingsSchema = z.strictObject(addressSchema);

await runProgram(settingsSchema, async ({ host, port }, { report }) => {
  const collector = new Collector();
  const intake = new Intake({
    post: (body, request) => collector.post(body, request),
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
    stop: () => intake.close(),
  };
});
