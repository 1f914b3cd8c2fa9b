import { type RouteOfTransport, type TransportInfo, TRANSPORTS } from '../transport-catalog';

/**
 * Which kinds of process a run goes between. The first pings and takes the time; a renderer never does, as its clock is
 * coarse. Utility processes are called plugins; the browser process is the benchmark's own; a child is a plain process
 * that the first has started; the kernel is no process at all.
 */
export const ROUTES = {
  'plugin-plugin': { pinger: 'plugin', answerer: 'plugin' },
  'plugin-browser': { pinger: 'plugin', answerer: 'browser' },
  'plugin-renderer': { pinger: 'plugin', answerer: 'renderer' },
  'plugin-child': { pinger: 'plugin', answerer: 'child' },
  'plugin-kernel': { pinger: 'plugin', answerer: 'kernel' },
  'browser-plugin': { pinger: 'browser', answerer: 'plugin' },
  'browser-renderer': { pinger: 'browser', answerer: 'renderer' },
} as const;
export type Route = keyof typeof ROUTES;
export type PingerKind = (typeof ROUTES)[Route]['pinger'];
export type AnswererKind = (typeof ROUTES)[Route]['answerer'];

const MAIN = 'plugin-plugin' satisfies RouteOfTransport & Route;

/** Of a row of the catalogue, whose routes are all of those above: the compiler sees to it. The first is the main one. */
export function routesOf(method: string): readonly [Route, ...Route[]] {
  const row = (TRANSPORTS as Record<string, TransportInfo | undefined>)[method];
  return (row?.routes ?? [MAIN]) as readonly [RouteOfTransport, ...RouteOfTransport[]];
}

/** Every route, in the list's order, of any method. */
export const ALL_ROUTES = 'all';

/**
 * The routes of a method that were asked for. Nothing was asked: all of them in a full run, otherwise the main one.
 * Empty when it has none of those.
 */
export function chooseRoutes(method: string, asked: readonly string[] | null, full: boolean): readonly Route[] {
  const all = routesOf(method);
  if (asked === null) return full ? all : [all[0]];
  return asked.includes(ALL_ROUTES) ? all : all.filter((route) => asked.includes(route));
}

/** `fifo`; `message-port plugin-renderer`, where it isn't the method's main route. */
export function nameOnRoute({ method, route }: { method: string; route: string }): string {
  return route === routesOf(method)[0] ? method : `${method} ${route}`;
}
