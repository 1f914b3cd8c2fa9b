import { ROUTE_IDS, type RouteId } from '../../../../../shared/routes/route-catalog';
import { processHue, type ChartTheme } from '../../../charts/chart-theme';

/** The hue of a route: by its place in the catalogue, so the same in every run. */
export function routeHue(theme: ChartTheme, route: RouteId): string {
  return processHue(theme, ROUTE_IDS.indexOf(route));
}
