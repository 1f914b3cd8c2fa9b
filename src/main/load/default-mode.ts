import { modeHere } from '../../routes/server/given-server';
import { modeOf, ROUTE_CATALOG, ROUTE_IDS, type RouteId } from '../../shared/routes/route-catalog';

const known = new Map<RouteId, string>();

/** The mode that a route has on this machine when nobody names one. */
export function defaultMode(route: RouteId): string {
  if (known.size === 0) for (const id of ROUTE_IDS) known.set(id, modeOf(id, here(id))?.id ?? firstOf(id));
  return known.get(route) ?? firstOf(route);
}

function here(route: RouteId): string | undefined {
  try {
    return modeHere(route);
  } catch {
    // What is wrong with the environment is told when the route is started.
    return undefined;
  }
}

function firstOf(route: RouteId): string {
  return ROUTE_CATALOG[route].modes[0].id;
}
