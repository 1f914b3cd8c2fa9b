import { z } from 'zod';
import { runProgram } from '../program/program';
import { chooseMode, routeSchema, urlOf } from '../program/settings';
import { loadRoute } from '../registry';
import { Deliverer } from '../subscriber/deliverer';

/** A route's subscriber as a process of its own: takes messages off and posts each to the collector. */

const settingsSchema = z.strictObject({
  ...routeSchema,
  collector: z.url({ protocol: /^http$/ }).max(500),
  /** What the collector counts them as; the route's id when it is left out. */
  path: z.string().max(32).optional(),
  timeoutMs: z.int().min(100).max(600_000).default(5_000),
});

await runProgram(settingsSchema, async (settings, { report }) => {
  const { route: id, collector, maxInFlight, timeoutMs, path = id } = settings;
  const mode = chooseMode(id, settings.mode);
  const url = urlOf(id, settings.url);
  const { consume } = await loadRoute(id);
  if (consume === null) throw new Error(`The route ${id} has no subscriber: its receiver posts to the collector.`);
  const deliverer = new Deliverer({ url: collector, path, maxInFlight, timeoutMs });
  let isThere = false;
  const consumer = await consume(
    {
      ...{ url, mode, maxInFlight },
      report(event) {
        // Who is ended for never having become ready has said what it waited for.
        if (!isThere && event.kind === 'connection' && event.away !== null) console.error(event.away);
        deliverer.report(event);
      },
    },
    deliverer.deliver,
  );
  isThere = true;
  report({ type: 'ready', route: id, mode, url: consumer.url });
  return {
    stats: () => ({ route: id, mode, maxInFlight, ...deliverer.stats(), held: consumer.held?.() ?? null }),
    async stop() {
      await consumer.close();
      deliverer.close();
    },
  };
});
