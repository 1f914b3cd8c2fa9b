import { useShell } from '../store/shell-store';

/** In the live view: why nothing is measured at the moment. Beside a load: what disturbs it. */
export function BenchNote() {
  const run = useShell((s) => s.bench?.run);
  const page = useShell((s) => s.page);
  const show = useShell((s) => s.showPage);
  if (page === 'bench' || run?.kind !== 'running') return null;
  const live = run.keepLive
    ? 'A benchmark runs beside the live channels.'
    : 'The live channels rest: a benchmark is running.';
  return (
    <p className="bench-running-note" role="note" data-testid="bench-running-note">
      {page === 'live' ? live : 'A benchmark runs on this machine too, and slows this down.'}{' '}
      <button type="button" className="link-button" onClick={() => show('bench')}>
        Show it
      </button>
    </p>
  );
}
