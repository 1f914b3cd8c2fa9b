import type { LabEvent } from '../../shared/events';
import type { LoadEvent } from '../../shared/load/result';
import { render } from '../../shared/messages/message';
import type { RouteId } from '../../shared/routes/route-catalog';

/** What happened to a process of these routes, or to the collector, for the result of a load; null for anything else. */
export function loadEventOf(
  { kind, processId, label, detail }: LabEvent,
  atS: number,
  routes: { has(route: RouteId): boolean },
): LoadEvent | null {
  const match = /^(?:route:([a-z0-9-]+)\/(.+)|load:(collector))$/.exec(processId ?? '');
  if (match === null || kind === 'launched') return null;
  const [, route, role, part] = match;
  if (route !== undefined && !routes.has(route as RouteId)) return null;
  const text = `${render(label)}: ${render(detail)}`;
  return { at_s: atS, kind, route: route ?? null, role: role ?? part ?? null, text };
}
