import { z } from 'zod';
import { modeOf, ROUTE_CATALOG, ROUTE_IDS, type RouteId } from '../../shared/routes/route-catalog';
import { givenServer, modeHere } from '../server/given-server';
import { URL_EXAMPLES, urlFits } from '../server/url-fits';

/** Settings that several programs have. */

export const addressSchema = {
  /** Loopback unless told otherwise. */
  host: z.string().min(1).max(255).default('127.0.0.1'),
  /** 0 takes one that is free. */
  port: z.int().min(0).max(65_535).default(0),
};

export const routeSchema = {
  route: z.enum(ROUTE_IDS),
  /** The route's first mode when it is left out. */
  mode: z.string().max(40).optional(),
  /** Where the system is. When it is left out, what the environment names. */
  url: z.string().min(1).max(2_000).optional(),
  maxInFlight: z.int().min(1).max(100_000).default(1_000),
};

/** The mode's id; throws with a sentence when the route has none of that name. */
export function chooseMode(route: RouteId, mode: string | undefined): string {
  const chosen = modeOf(route, mode ?? modeHere(route));
  if (chosen === null) throw new Error(`The route ${route} has no mode ${mode}.`);
  return chosen.id;
}

/** What a person has set is wrong, and the message says how. */
export class SettingsError extends Error {}

/** Where the system is; throws with a sentence when nobody says it, and a `SettingsError` when it can be no such URL. */
export function urlOf(route: RouteId, url: string | undefined): string {
  const chosen = url ?? givenServer(route)?.url;
  const { serverVariable, title } = ROUTE_CATALOG[route];
  if (chosen !== undefined) {
    if (urlFits(route, chosen)) return chosen;
    // It may have a password in it, so it isn't repeated.
    throw new SettingsError(`That is no place where ${title} can be. Give it as --url ${URL_EXAMPLES[route]}.`);
  }
  const or = serverVariable === null ? '' : `, or in ${serverVariable}`;
  throw new Error(`It is not said where ${title} is. Give its URL with --url${or}.`);
}
