import type { MethodFacts } from '../shared/bench/plan';
import type { BenchRequest, Placement, Thread } from '../shared/bench/request';
import { ALL_ROUTES, chooseRoutes, type Route, ROUTES, routesOf } from '../shared/bench/routes';
import { TRANSPORT_IDS, type TransportId, TRANSPORTS } from '../shared/transport-catalog';
import { render, words } from '../shared/messages/message';
import { transports } from '../transports/registry';

/**
 * The methods that were asked for, or all, each with its routes, and what is known of it. A wrong name, a route that a
 * method hasn't, or a threshold on a method that isn't measured, is a mistake on the command line: it comes back as a
 * sentence. A full run on some routes is of the methods that have them.
 */
export function chooseMethods({
  methods: asked,
  routes,
  thresholds,
  placement,
  thread,
}: Pick<BenchRequest, 'methods' | 'routes' | 'thresholds' | 'placement' | 'thread'>):
  | { methods: MethodFacts[] }
  | { error: string } {
  const names = [...new Set(asked ?? TRANSPORT_IDS)];
  for (const name of [...names, ...thresholds.map(({ method }) => method)]) {
    if (!isTransportId(name))
      return { error: words('bench-command.no-method', { method: name, methods: TRANSPORT_IDS }) };
  }
  const strange = routes?.find((route) => route !== ALL_ROUTES && !Object.hasOwn(ROUTES, route));
  if (strange !== undefined)
    return { error: words('bench-command.no-route', { route: strange, routes: Object.keys(ROUTES), all: ALL_ROUTES }) };
  if (asked !== null && routes !== null) {
    for (const name of names) {
      const missing = routes.find((route) => chooseRoutes(name, [route], false).length === 0);
      if (missing !== undefined)
        return {
          error: words('bench-command.other-route', { method: name, route: missing, routes: routesOf(name) }),
        };
    }
  }
  const methods = names
    .filter(isTransportId)
    .map((id) => factsOf(id, chooseRoutes(id, routes, asked === null), { placement, thread }))
    .filter((method) => method.routes.length > 0);
  const unmeasured = thresholds.find(({ method }) => !methods.some(({ id }) => id === method));
  if (unmeasured !== undefined)
    return {
      error: words('bench-command.threshold-left-out', {
        threshold: unmeasured.text,
        option: asked === null ? '--route' : '--method',
      }),
    };
  return { methods };
}

function factsOf(
  id: TransportId,
  routes: readonly Route[],
  { placement, thread }: Pick<BenchRequest, 'placement' | 'thread'>,
): MethodFacts {
  const { info } = transports[id];
  const availability = transports[id].availability();
  return {
    id,
    title: info.title,
    maxPayloadBytes: info.maxPayloadBytes,
    routes,
    unavailable: availability.available
      ? (placementRefusal(routes, placement) ?? threadRefusal(id, thread))
      : render(availability.reason),
  };
}

/** Two cores are for two processes. */
function placementRefusal(routes: readonly Route[], placement: Placement): string | null {
  if (placement !== 'cross-core' || !routes.every((route) => ROUTES[route].answerer === 'kernel')) return null;
  return words('placement.one-process');
}

/** What is Chromium's, or an addon that only one thread may load, an application has in its main thread as well. */
function threadRefusal(id: TransportId, thread: Thread): string | null {
  return thread === 'worker' && TRANSPORTS[id].mainThreadOnly === true ? words('thread.main-only') : null;
}

export function isTransportId(name: string): name is TransportId {
  return (TRANSPORT_IDS as readonly string[]).includes(name);
}
