import { formatList } from '../../../shared/format';
import { ROUTE_CATALOG } from '../../../shared/routes/route-catalog';
import { useShell } from '../store/shell-store';

const BUSY = new Set(['starting', 'running', 'settling']);

/** Beside what else is measured: a load runs on the same machine, which both share. */
export function LoadNote() {
  const state = useShell((s) => s.load?.state);
  const page = useShell((s) => s.page);
  const show = useShell((s) => s.showPage);
  if (page === 'load' || state === undefined || !BUSY.has(state.kind) || state.kind === 'idle') return null;
  const routes = formatList(state.form.routes.map(({ route }) => ROUTE_CATALOG[route].title));
  return (
    <p className="bench-running-note" role="note" data-testid="load-running-note">
      {`A load over ${routes} runs on this machine too: what is measured here is slower for it.`}{' '}
      <button type="button" className="link-button" onClick={() => show('load')}>
        Show it
      </button>
    </p>
  );
}
