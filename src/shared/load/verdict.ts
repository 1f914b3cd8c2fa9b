import { type Message, say } from '../messages/message';
import { modeOf, ROUTE_CATALOG, ROUTE_IDS, type RouteId } from '../routes/route-catalog';
import type { LoadResultRoute } from './result';

/** `NATS, JetStream`; the mode is left out where there is only one. */
export function titleOf({ route, mode }: { route: string; mode: string }): string {
  const id = ROUTE_IDS.find((each): each is RouteId => each === route);
  if (id === undefined) return route;
  const { title, modes } = ROUTE_CATALOG[id];
  return modes.length === 1 ? title : `${title}, ${modeOf(id, mode)?.title ?? mode}`;
}

/** What a route promised, and what it kept: one sentence. */
export function verdictOn(row: LoadResultRoute): Message {
  const { sent, accepted, lost, duplicated, kept, unavailable } = row;
  const title = titleOf(row);
  const { delivery } = row.promise;
  if (unavailable !== null)
    return sent === 0
      ? say('load.verdict-unavailable', { title, cause: unavailable })
      : say('load.verdict-unknown', { title, accepted, cause: unavailable });
  if (accepted === 0) return say('load.verdict-nothing', { title, sent });
  if (kept === null) return say('load.verdict-open', { title, delivery, accepted, lost });
  if (lost > 0) {
    if (delivery === 'at most once') return say('load.verdict-lost', { title, accepted, lost });
    return say(row.promise.durable ? 'load.verdict-broken' : 'load.verdict-undurable', { title, accepted, lost });
  }
  if (duplicated > 0 && delivery === 'at most once') return say('load.verdict-twice', { title, accepted, duplicated });
  return say('load.verdict-kept', { title, delivery, accepted, duplicated, anyway: row.arrived_anyway });
}

/** Whether it broke what it promises. */
export function brokeItsWord({ promise, lost, kept, duplicated }: LoadResultRoute): boolean {
  return promise.delivery === 'at least once' ? kept === false && lost > 0 : duplicated > 0;
}
