import type { TransportId } from '../shared/transport-catalog';

/**
 * Which kinds of process a run goes between, the pinging one first. Utility processes are called plugins; `child` is a
 * plain process that the pinging one has started, `kernel` is no process at all.
 */
export type Route = 'plugin-plugin' | 'plugin-browser' | 'plugin-child' | 'plugin-kernel';

/** The ways that some methods go because they lead nowhere else. */
const ONLY_WAYS: Partial<Record<TransportId, Route>> = {
  'utility-post': 'plugin-browser',
  stdout: 'plugin-child',
  'stdout-alloc': 'plugin-child',
  icmp: 'plugin-kernel',
};

export function routeOf(method: TransportId): Route {
  return ONLY_WAYS[method] ?? 'plugin-plugin';
}
