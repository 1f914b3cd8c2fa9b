import { z } from 'zod';
import { modeOf, ROUTE_IDS } from '../routes/route-catalog';
import { LOAD_LIMITS as LIMITS } from './limits';

const between = (number: z.ZodNumber, { min, max }: { min: number; max: number }) => number.min(min).max(max);
const waitMs = between(z.number(), LIMITS.waitMs);

/** One route, and the way of using it. */
export const routeChoiceSchema = z
  .strictObject({ route: z.enum(ROUTE_IDS), mode: z.string().max(40) })
  .refine(({ route, mode }) => modeOf(route, mode) !== null, 'the route has no such mode');
export type RouteChoice = z.infer<typeof routeChoiceSchema>;

export const routeChoicesSchema = z
  .array(routeChoiceSchema)
  .min(1)
  .max(ROUTE_IDS.length)
  .refine((chosen) => new Set(chosen.map(({ route }) => route)).size === chosen.length, 'each route once');

/** Closed: users who post, wait for the answer, then wait a while. Open: posts due at a constant rate. */
const paceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('users'),
    users: between(z.int(), LIMITS.users),
    /** Users a second. */
    spawnRate: between(z.number(), LIMITS.spawnRate),
    /** Between two posts of a user: chosen evenly from this range. */
    waitMs: z
      .tuple([waitMs, waitMs])
      .refine(([from, to]) => from <= to, 'the shortest wait is longer than the longest'),
  }),
  z.strictObject({ kind: z.literal('rate'), perSecond: between(z.number(), LIMITS.ratePerSecond) }),
]);

/** What a person asks of a load, in the window or on the command line: bounded everywhere, because a page asks. */
export const loadFormSchema = z.strictObject({
  routes: routeChoicesSchema,
  pace: paceSchema,
  /** `balance`: each record over one route, in turn. `all`: each record over every route. */
  distribute: z.enum(['balance', 'all']),
  /** Over and over, or each record once. */
  loop: z.boolean(),
  /** Null: until all records are posted, or somebody stops it. */
  durationS: between(z.number(), LIMITS.durationS).nullable(),
  /** A file of the shape of `traffic.json`; null: the one that ships. */
  file: z.string().min(1).max(LIMITS.pathLength).nullable(),
  /** Posts without an answer, on each route. */
  maxInFlight: between(z.int(), LIMITS.maxInFlight),
});
export type LoadForm = z.infer<typeof loadFormSchema>;
export type LoadPace = LoadForm['pace'];

/** What the page and the command line begin with; `routes` is left to them. */
export const LOAD_DEFAULTS = {
  pace: { kind: 'users', users: 50, spawnRate: 10, waitMs: [200, 900] },
  distribute: 'all',
  loop: false,
  durationS: null,
  file: null,
  maxInFlight: 500,
} as const satisfies Omit<LoadForm, 'routes' | 'pace'> & { pace: unknown };
