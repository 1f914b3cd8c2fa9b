import { setImmediate as nextTurn } from 'node:timers/promises';
import { givenServer } from '../../routes/server/given-server';
import type { MissingModes } from '../../shared/load/view';
import { type Message, saidBy, say } from '../../shared/messages/message';
import { ROUTE_CATALOG, ROUTE_IDS, type RouteId } from '../../shared/routes/route-catalog';
import type { LoadHouse } from './house';

/** Why each mode of each route can't be had on this machine, those that can left out. Starts nothing. */
export async function findMissing({
  env,
  serverRecipe,
}: Pick<LoadHouse, 'env' | 'serverRecipe'>): Promise<ReadonlyMap<RouteId, MissingModes>> {
  const missing = new Map<RouteId, MissingModes>();
  for (const route of ROUTE_IDS) {
    const modes: MissingModes = {};
    for (const { id } of ROUTE_CATALOG[route].modes) {
      const why = await whyMissing(route, id, { env, serverRecipe });
      if (why !== null) modes[id] = why;
    }
    missing.set(route, modes);
    // A few looks at the file system each: nothing else waits for all of them.
    await nextTurn();
  }
  return missing;
}

async function whyMissing(
  route: RouteId,
  mode: string,
  { env, serverRecipe }: Pick<LoadHouse, 'env' | 'serverRecipe'>,
): Promise<{ reason: Message; install: string | null } | null> {
  try {
    const elsewhere = givenServer(route, env);
    if (elsewhere !== null && (elsewhere.mode === undefined || elsewhere.mode === mode)) return null;
    const found = (await serverRecipe(route))?.find(mode);
    if (found === undefined || !('missing' in found)) return null;
    return { reason: say('verbatim', { text: found.missing }), install: found.install };
  } catch (error) {
    return { reason: saidBy(error), install: null };
  }
}
