import { ROUTE_CATALOG } from '../../../shared/routes/route-catalog';
import { useShell } from '../store/shell-store';

/** There is room for one line. */
const MOST_NAMED = 2;
const BUSY = new Set(['starting', 'running', 'settling']);

/** Beside what else is measured: a load runs on the same machine, which both share. */
export function LoadNote() {
  const state = useShell((s) => s.load?.state);
  const page = useShell((s) => s.page);
  const show = useShell((s) => s.showPage);
  if (page === 'load' || state === undefined || !BUSY.has(state.kind) || state.kind === 'idle') return null;
  const { routes } = state.form;
  const over =
    routes.length > MOST_NAMED
      ? `${routes.length} routes`
      : routes.map(({ route }) => ROUTE_CATALOG[route].title).join(' and ');
  return (
    <p className="bench-running-note" role="note" data-testid="load-running-note">
      {`A load over ${over} runs on this machine too, and slows this down.`}{' '}
      <button type="button" className="link-button" onClick={() => show('load')}>
        Show it
      </button>
    </p>
  );
}
