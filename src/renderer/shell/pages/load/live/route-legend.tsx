import type { LoadRouteView } from '../../../../../shared/load/view';
import { titleOf } from '../../../../../shared/load/verdict';
import { ROUTE_CATALOG } from '../../../../../shared/routes/route-catalog';
import { Swatch } from '../../../charts/swatch';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { useShell } from '../../../store/shell-store';
import classes from './load-charts.module.css';
import { routeHue } from './route-looks';

/** The routes, to take off the charts and to put back; what the dashes are. */
export function RouteLegend({ routes }: { routes: readonly LoadRouteView[] }) {
  const hidden = useShell((s) => s.hiddenRoutes);
  const toggle = useShell((s) => s.toggleRoute);
  const theme = useChartTheme();
  return (
    <div className={classes['legend']} role="group" aria-label="Routes in the charts">
      {routes.map(({ route, mode }) => (
        <button
          key={route}
          type="button"
          className="legend-toggle"
          aria-pressed={!hidden.has(route)}
          title={`${titleOf({ route, mode })}. ${hidden.has(route) ? 'Show it in the charts' : 'Take it off the charts'}`}
          data-testid={`load-legend-${route}`}
          onClick={() => toggle(route)}
        >
          <Swatch colour={routeHue(theme, route)} dash="none" dimmed={hidden.has(route)} />
          <span className="legend-text">{ROUTE_CATALOG[route].title}</span>
        </button>
      ))}
      <span className={classes['dashes']}>
        <Swatch colour={theme.inkSoft} dash="none" /> p50 <Swatch colour={theme.inkSoft} dash="2 4" /> p95
      </span>
    </div>
  );
}
