import { z } from 'zod';

/**
 * The result of a load. `docs/load.schema.json` is made from this file. Names are in snake case, as the issue that asked
 * for it has them: the document is for other programs.
 */

export const LOAD_VERSION = 1;

const count = z.number().int().nonnegative();
const ms = z.number().nonnegative();
const figures = z.object({ count, min: ms, p50: ms, p90: ms, p95: ms, p99: ms, max: ms });

const environment = z.object({
  /** When it began, ISO 8601 in UTC. */
  began_at: z.iso.datetime(),
  /** How long it was posted, seconds. */
  seconds: z.number().nonnegative(),
  /** Ended before its time, by Ctrl+C or Stop: with what was posted until then. */
  interrupted: z.boolean(),
  bulkhead: z.string(),
  electron: z.string(),
  node: z.string(),
  os: z.string(),
  cpu: z.string(),
  cores: count,
  memory_bytes: count,
  /** What was asked for. */
  load: z.object({
    pace: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('users'), users: count, spawn_rate: z.number(), wait_ms: z.tuple([ms, ms]) }),
      z.object({ kind: z.literal('rate'), per_second: z.number() }),
    ]),
    distribute: z.enum(['balance', 'all']),
    loop: z.boolean(),
    duration_s: z.number().nullable(),
    /** Null: the file that ships. */
    file: z.string().nullable(),
    records: count,
    bad_records: count,
    max_in_flight: count,
  }),
  /** By how much posts went out later than they were due; with a constant rate only. */
  lag_ms: figures.nullable(),
});

const reason = z.object({ kind: z.enum(['refused', 'failed']), reason: z.string(), count });

const route = z.object({
  route: z.string(),
  mode: z.string(),
  /** Which program, or null where there is none; `elsewhere` behind it when Bulkhead didn't start it. */
  server: z.string().nullable(),
  /** The sum of delivered, duplicated, refused, failed and lost. */
  sent: count,
  accepted: count,
  /** Arrived exactly once. */
  delivered: count,
  /** Arrived more than once. */
  duplicated: count,
  /** Refused, and never arrived. */
  refused: count,
  /** The post failed, and the message never arrived. */
  failed: count,
  /** Accepted, and never arrived. */
  lost: count,
  /** Arrived though their post was refused or had failed; in `delivered` or `duplicated`. */
  arrived_anyway: count,
  /** From the post to its answer. Null when there was none. */
  response_ms: figures.nullable(),
  /** From when it was due to its answer; with a constant rate only. */
  corrected_ms: figures.nullable(),
  /** From the post to the collector, of first arrivals. */
  end_to_end_ms: figures.nullable(),
  /** Posts a second. */
  per_second: z.number().nullable(),
  /** Processor time of the route's processes per message that arrived. */
  cpu_us_per_message: z.number().nullable(),
  /** The most messages that the system held at once, waiting to be acknowledged. Null where it doesn't tell. */
  queue_most: count.nullable(),
  /** Why there are no figures, or null. */
  unavailable: z.string().nullable(),
  /** What the mode promises. */
  promise: z.object({
    delivery: z.enum(['at most once', 'at least once']),
    durable: z.boolean(),
    ordered: z.boolean(),
  }),
  /** Every accepted message arrived; null when none was accepted. */
  kept: z.boolean().nullable(),
  reasons: z.array(reason),
});

const event = z.object({
  /** Seconds since the first post. */
  at_s: z.number(),
  /** `kill`, `exit`, `restart` and others: the kinds of events in a recording. */
  kind: z.string(),
  /** Null: of the collector, the generator, or the whole run. */
  route: z.string().nullable(),
  /** `receiver`, `server`, `subscriber`, `collector`, `generator`; null: of the whole run. */
  role: z.string().nullable(),
  text: z.string(),
});

export const loadResultSchema = z.object({
  version: z.literal(LOAD_VERSION),
  environment,
  routes: z.array(route),
  events: z.array(event),
});
export type LoadResult = z.infer<typeof loadResultSchema>;
export type LoadResultRoute = z.infer<typeof route>;
export type LoadEvent = z.infer<typeof event>;

/** The JSON Schema in `docs/`. */
export function loadJsonSchema(): object {
  return { ...z.toJSONSchema(loadResultSchema, { io: 'input' }), title: 'Result of bulkhead load, version 1' };
}
