import { PAGE_IDS, PAGES } from '../../../shared/pages';
import { Segmented } from '../ui/segmented';
import { useShell } from '../store/shell-store';

/** The page that is shown. */
export function PageChoice() {
  const page = useShell((s) => s.page);
  const show = useShell((s) => s.showPage);
  const running = useShell((s) => s.bench?.run.kind === 'running');
  return (
    <div className={running ? 'page-choice is-running' : 'page-choice'} data-testid="page-choice">
      <Segmented
        legend={running ? 'View; a benchmark is running' : 'View'}
        name="page"
        options={PAGE_IDS.map((value) => ({
          value,
          label: PAGES[value].short,
          title: `${PAGES[value].about} (Ctrl+${PAGES[value].key})`,
        }))}
        value={page}
        onChange={show}
      />
    </div>
  );
}
