import { z } from 'zod';
import { type Message, say } from '../messages/message';
import { modeOf, ROUTE_CATALOG, ROUTE_IDS, type RouteId } from '../routes/route-catalog';
import { loadFormSchema, type RouteChoice } from './form';
import { loadThresholdSchema } from './thresholds';

/** What a person asks of `bulkhead load`, as `bin/bulkhead` read it. Whether there are such routes is seen here. */
export const loadRequestSchema = z.strictObject({
  /** Null: all. */
  routes: z.array(z.string()).min(1).nullable(),
  /** Of routes, by their ids; the others are in their first. */
  modes: z.record(z.string(), z.string()),
  form: loadFormSchema.omit({ routes: true }),
  /** Who posts: the embedded generator, or the real Locust with so many workers (0: one process does it alone). */
  engine: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('embedded') }),
    z.strictObject({ kind: z.literal('locust'), workers: z.int().min(0).max(64) }),
  ]),
  thresholds: z.array(loadThresholdSchema),
  /** Only routes and collector, for others to post to; `port` is the collector's, and the routes' are those behind it. */
  serve: z.strictObject({ port: z.int().min(0).max(65_000) }).nullable(),
});
export type LoadRequest = z.infer<typeof loadRequestSchema>;

/** Where results go besides standard output. Paths are absolute, or `STANDARD_OUTPUT`, which is the place of one at most. */
export const loadOutputSchema = z.strictObject({
  json: z.string().nullable(),
  /** A folder. */
  csv: z.string().nullable(),
  html: z.string().nullable(),
  progress: z.enum(['terminal', 'lines']),
});
export type LoadOutput = z.infer<typeof loadOutputSchema>;

/** Every route that can be had. */
const ALL = 'all';

/**
 * `named`: the person named them, so one that can't be had is a failure.
 *
 * @param modeHere the mode that this machine would have for one that the person didn't say
 */
export function chooseRoutes(
  { routes, modes, thresholds }: Pick<LoadRequest, 'routes' | 'modes' | 'thresholds'>,
  modeHere: (route: RouteId) => string = (route) => ROUTE_CATALOG[route].modes[0].id,
): { chosen: RouteChoice[]; named: boolean } | { refused: Message } {
  const ids = [...ROUTE_IDS];
  const named = routes !== null && !routes.includes(ALL);
  const asked = named ? [...new Set(routes)] : ids;
  const unknown = [
    ...(routes ?? []).filter((route) => route !== ALL),
    ...Object.keys(modes),
    ...thresholds.map(({ route }) => route),
  ].find((route) => !ids.some((id) => id === route));
  if (unknown !== undefined) return { refused: say('load.unknown-route', { route: unknown, routes: ids }) };
  const left = [...Object.keys(modes), ...thresholds.map(({ route }) => route)].find((route) => !asked.includes(route));
  if (left !== undefined) return { refused: say('load.route-left-out', { route: left }) };
  const chosen: RouteChoice[] = [];
  for (const route of asked as RouteId[]) {
    const mode = modeOf(route, modes[route] ?? modeHere(route));
    if (mode === null)
      return {
        refused: say('load.unknown-mode', {
          route,
          mode: modes[route] ?? '',
          modes: ROUTE_CATALOG[route].modes.map(({ id }) => id),
        }),
      };
    chosen.push({ route, mode: mode.id });
  }
  return { chosen, named };
}
