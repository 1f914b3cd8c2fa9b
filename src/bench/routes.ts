import type { TransportId } from '../shared/transport-catalog';

/** Which kinds of process a run goes between, the pinging one first. Utility processes are called plugins. */
export type Route = 'plugin-plugin' | 'plugin-browser';

/** A utility process's parent port leads to the browser process and nowhere else. */
export function routeOf(method: TransportId): Route {
  return method === 'utility-post' ? 'plugin-browser' : 'plugin-plugin';
}
