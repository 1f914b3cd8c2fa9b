import type { MethodFacts } from '../shared/bench/plan';
import type { BenchRequest, Placement } from '../shared/bench/request';
import { ALL_ROUTES, chooseRoutes, type Route, ROUTES, routesOf } from '../shared/bench/routes';
import { TRANSPORT_IDS, type TransportId } from '../shared/transport-catalog';
import { render } from '../shared/messages/message';
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
}: Pick<BenchRequest, 'methods' | 'routes' | 'thresholds' | 'placement'>):
  | { methods: MethodFacts[] }
  | { error: string } {
  const names = [...new Set(asked ?? TRANSPORT_IDS)];
  for (const name of [...names, ...thresholds.map(({ method }) => method)]) {
    if (!isTransportId(name)) return { error: `There is no method “${name}”. There are: ${TRANSPORT_IDS.join(', ')}.` };
  }
  const strange = routes?.find((route) => route !== ALL_ROUTES && !Object.hasOwn(ROUTES, route));
  if (strange !== undefined)
    return { error: `There is no route “${strange}”. There are: ${Object.keys(ROUTES).join(', ')}; or ${ALL_ROUTES}.` };
  if (asked !== null && routes !== null) {
    for (const name of names) {
      const missing = routes.find((route) => chooseRoutes(name, [route], false).length === 0);
      if (missing !== undefined)
        return { error: `The method ${name} has no route ${missing}. It has: ${routesOf(name).join(', ')}.` };
    }
  }
  const methods = names
    .filter(isTransportId)
    .map((id) => factsOf(id, chooseRoutes(id, routes, asked === null), placement))
    .filter((method) => method.routes.length > 0);
  const unmeasured = thresholds.find(({ method }) => !methods.some(({ id }) => id === method));
  if (unmeasured !== undefined)
    return {
      error: `The threshold “${unmeasured.text}” is on a method that ${asked === null ? '--route' : '--method'} leaves out.`,
    };
  return { methods };
}

function factsOf(id: TransportId, routes: readonly Route[], placement: Placement): MethodFacts {
  const { info } = transports[id];
  const availability = transports[id].availability();
  return {
    id,
    title: info.title,
    maxPayloadBytes: info.maxPayloadBytes,
    routes,
    unavailable: availability.available ? placementRefusal(routes, placement) : render(availability.reason),
  };
}

/** Two cores are for two processes. */
function placementRefusal(routes: readonly Route[], placement: Placement): string | null {
  if (placement !== 'cross-core' || !routes.every((route) => ROUTES[route].answerer === 'kernel')) return null;
  return 'There is one process only: the kernel answers on the core that asks. Use --placement same-core or free.';
}

export function isTransportId(name: string): name is TransportId {
  return (TRANSPORT_IDS as readonly string[]).includes(name);
}
