import { Segmented } from '../components/segmented';
import { useShell } from '../store/shell-store';

/** Live or Benchmark. */
export function PageChoice() {
  const page = useShell((s) => s.page);
  const show = useShell((s) => s.showPage);
  const running = useShell((s) => s.bench?.run.kind === 'running');
  return (
    <div className={running ? 'page-choice is-running' : 'page-choice'} data-testid="page-choice">
      <Segmented
        legend={running ? 'View; a benchmark is running' : 'View'}
        name="page"
        options={[
          { value: 'live', label: 'Live', title: 'Processes and channels, measured all the time (Ctrl+1)' },
          { value: 'bench', label: 'Benchmark', title: 'What each path costs when nothing else runs (Ctrl+2)' },
        ]}
        value={page}
        onChange={show}
      />
    </div>
  );
}
