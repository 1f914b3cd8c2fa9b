import { isAlive } from '../../../../../shared/process-state';
import type { ProcessView } from '../../../../../shared/snapshot';
import { selectProcesses } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Compartment } from './compartment';

/** So many stand side by side at full size. */
const FULL_SIZE = 8;

/**
 * The ship: one compartment per process, with walls between. Its height never changes: more than eight are smaller, in
 * rows that scroll, and the dead ones come first, where nobody has to look for them.
 */
export function ProcessMap() {
  const processes = useShell(selectProcesses);
  const fading = useShell((s) => s.struck.length > 0);
  const many = processes.length > FULL_SIZE;
  return (
    <section className="process-map" aria-label="Process map">
      <ul className={many ? 'hull is-many' : 'hull'} data-fading={fading} tabIndex={-1}>
        {processes.length === 0 ? (
          <li className="compartment is-empty">Waiting for the browser process…</li>
        ) : (
          (many ? deadFirst(processes) : processes).map((process) => <Compartment key={process.id} process={process} />)
        )}
      </ul>
    </section>
  );
}

function deadFirst(processes: readonly ProcessView[]): ProcessView[] {
  const rank = ({ state }: ProcessView): number => (isAlive(state) ? (state.kind === 'unresponsive' ? 1 : 2) : 0);
  return processes.toSorted((a, b) => rank(a) - rank(b));
}
