import { ROUTE_CATALOG, ROUTE_IDS, type RouteId } from '../../../../../shared/routes/route-catalog';
import { processHue, type ChartTheme } from '../../../charts/chart-theme';

/** The hue of a route: by its place in the catalogue, so the same in every run. */
export function routeHue(theme: ChartTheme, route: RouteId): string {
  return processHue(theme, ROUTE_IDS.indexOf(route));
}

/** `NATS, JetStream`; without the mode where there is no other. */
export function routeTitle(route: RouteId, mode: string): string {
  const { title, modes } = ROUTE_CATALOG[route];
  const chosen = modes.find(({ id }) => id === mode);
  return modes.length < 2 || chosen === undefined ? title : `${title}, ${chosen.title}`;
}
