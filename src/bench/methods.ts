import type { MethodFacts } from '../shared/bench/plan';
import type { Placement, Threshold } from '../shared/bench/request';
import { TRANSPORT_IDS, type TransportId } from '../shared/transport-catalog';
import { transports } from '../transports/registry';
import { placementRefusal } from './placement';
import { routeOf } from './routes';

/**
 * The methods that were asked for, or all, and what is known of each. A wrong name, or a threshold on a method that
 * isn't measured, is a mistake on the command line: it comes back as a sentence.
 */
export function chooseMethods(
  asked: readonly string[] | null,
  thresholds: readonly Threshold[],
  placement: Placement,
): { methods: MethodFacts[] } | { error: string } {
  const names = asked ?? TRANSPORT_IDS;
  for (const name of [...names, ...thresholds.map(({ method }) => method)]) {
    if (!isTransportId(name)) return { error: `There is no method “${name}”. There are: ${TRANSPORT_IDS.join(', ')}.` };
  }
  const unmeasured = thresholds.find(({ method }) => !names.includes(method));
  if (unmeasured !== undefined)
    return { error: `The threshold “${unmeasured.text}” is on a method that --method does not name.` };
  return { methods: [...new Set(names)].filter(isTransportId).map((id) => factsOf(id, placement)) };
}

function factsOf(id: TransportId, placement: Placement): MethodFacts {
  const { info } = transports[id];
  const availability = transports[id].availability();
  return {
    id,
    title: info.title,
    maxPayloadBytes: info.maxPayloadBytes,
    unavailable: availability.available ? placementRefusal(placement, routeOf(id)) : availability.reason,
  };
}

export function isTransportId(name: string): name is TransportId {
  return (TRANSPORT_IDS as readonly string[]).includes(name);
}
