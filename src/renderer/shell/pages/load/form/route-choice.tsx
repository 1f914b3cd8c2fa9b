import { render } from '../../../../../shared/messages/message';
import type { LoadRouteView } from '../../../../../shared/load/view';
import { modeOf, ROUTE_CATALOG, type RouteId } from '../../../../../shared/routes/route-catalog';
import { Swatch } from '../../../charts/swatch';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { useShell } from '../../../store/shell-store';
import { Word } from '../../word';
import { routeHue } from '../live/route-looks';
import { copyCommand } from '../load-actions';
import type { LoadDraft } from '../load-draft';
import classes from './route-choice.module.css';

interface Props {
  routes: readonly LoadRouteView[];
  refusal: string | null;
}

/** Every route that there is, with the way of using it; one that can't be had says why, and what installs it. */
export function RouteChoice({ routes, refusal }: Props) {
  const chosen = useShell((s) => s.loadDraft.routes);
  const set = useShell((s) => s.setLoadDraft);
  const change = (route: RouteId, patch: Partial<LoadDraft['routes'][RouteId]>) =>
    set({ routes: { ...chosen, [route]: { ...chosen[route], ...patch } } });
  return (
    <fieldset className={classes['routes']} data-testid="load-routes-choice">
      <legend className={classes['legend']}>
        <Word id="load-route">Routes</Word>
      </legend>
      <span className={classes['refusal']} aria-live="polite">
        {refusal}
      </span>
      <ul className={classes['list']}>
        {routes.map(({ route, status, missing }) => (
          <li key={route}>
            <Choice
              route={route}
              status={status}
              missing={missing[chosen[route].mode] ?? null}
              choice={chosen[route]}
              invalid={refusal !== null}
              onChange={(patch) => change(route, patch)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface ChoiceProps {
  route: RouteId;
  status: LoadRouteView['status'];
  /** Why the chosen mode can't be had. */
  missing: LoadRouteView['missing'][string] | null;
  choice: LoadDraft['routes'][RouteId];
  invalid: boolean;
  onChange(patch: Partial<LoadDraft['routes'][RouteId]>): void;
}

function Choice({ route, status, missing, choice, invalid, onChange }: ChoiceProps) {
  const { title, modes, client, server } = ROUTE_CATALOG[route];
  const theme = useChartTheme();
  const shown = shownStatus(status, missing);
  const off = shown.kind === 'unavailable';
  return (
    <>
      <div className={classes['row']}>
        <label className={classes['name']} title={server === null ? `By ${client}` : `${server}, by ${client}`}>
          <input
            type="checkbox"
            data-testid={`load-choose-${route}`}
            checked={choice.chosen}
            aria-invalid={invalid}
            onChange={(event) => onChange({ chosen: event.target.checked })}
          />
          <Swatch colour={routeHue(theme, route)} dash="none" dimmed={off} />
          <span>{title}</span>
        </label>
        {modes.length > 1 && (
          <select
            className={classes['mode']}
            aria-label={`How ${title} is used`}
            data-testid={`load-mode-${route}`}
            title={modeOf(route, choice.mode)?.title}
            value={choice.mode}
            onChange={(event) => onChange({ mode: event.target.value })}
          >
            {modes.map((mode) => (
              <option key={mode.id} value={mode.id}>
                {mode.title}
              </option>
            ))}
          </select>
        )}
        <Status status={shown} />
      </div>
      {off && (
        <div className={classes['missing']} data-testid={`load-missing-${route}`}>
          <p>
            {render(shown.reason)} {missing === null && 'Start tries it again.'}
          </p>
          {shown.install !== null && <Install command={shown.install} title={title} />}
        </div>
      )}
    </>
  );
}

/** What this machine lacks is known before a start, and what was installed since the last one needs no other. */
function shownStatus(status: LoadRouteView['status'], missing: ChoiceProps['missing']): LoadRouteView['status'] {
  if (status.kind === 'off' && missing !== null) return { kind: 'unavailable', ...missing };
  if (status.kind === 'unavailable' && status.install !== null)
    return missing === null ? { kind: 'off' } : { kind: 'unavailable', ...missing };
  return status;
}

function Install({ command, title }: { command: string; title: string }) {
  return (
    <p className={classes['install']}>
      <code>{command}</code>
      <button
        type="button"
        className="link-button"
        aria-label={`Copy the command that installs ${title}`}
        onClick={() => void copyCommand(command)}
      >
        Copy
      </button>
    </p>
  );
}

/** What can't be had has words of its own, below. */
function Status({ status }: { status: LoadRouteView['status'] }) {
  switch (status.kind) {
    case 'off':
    case 'unavailable':
      return null;
    case 'starting':
      return <span className={classes['status']}>starting…</span>;
    case 'running':
      return <span className={`${classes['status']} is-good`}>up</span>;
    case 'away':
      return (
        <span className={`${classes['status']} is-bad`} title={render(status.reason)}>
          refuses
        </span>
      );
  }
}
