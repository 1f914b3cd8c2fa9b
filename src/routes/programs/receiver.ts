import { z } from 'zod';
import { runProgram } from '../program/program';
import { addressSchema, chooseMode, routeSchema, urlOf } from '../program/settings';
import { QueueWatch } from '../receiver/queue-watch';
import { Receiver } from '../receiver/receiver';
import { loadRoute } from '../registry';
import { Intake } from '../web/intake';

/** A route's receiver as a process of its own. `GET /stats` says what it has done. */

const settingsSchema = z.strictObject({
  ...addressSchema,
  ...routeSchema,
  timeoutMs: z.int().min(100).max(600_000).default(10_000),
});

await runProgram(settingsSchema, async (settings, { report }) => {
  const { route: id, maxInFlight, timeoutMs } = settings;
  const mode = chooseMode(id, settings.mode);
  const url = urlOf(id, settings.url);
  const route = await loadRoute(id);
  const publisher = route.publish({ url, mode, maxInFlight, timeoutMs });
  const receiver = new Receiver(publisher, { maxInFlight, timeoutMs });
  const queue = new QueueWatch(publisher);
  const stats = () => ({ route: id, mode, ...receiver.stats(), queue: queue.depth, ...intake.counts });
  const intake = new Intake({
    post: (body, request) => receiver.post(body, request),
    get: { '/stats': () => ({ status: 200, body: stats() }) },
    onError: (error) => console.error(error),
  });
  report({ type: 'ready', route: id, mode, url: await intake.listen(settings.host, settings.port) });
  return {
    stats,
    async stop() {
      queue.close();
      await intake.close();
      await publisher.close();
    },
  };
});
