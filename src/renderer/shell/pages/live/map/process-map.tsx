import { selectProcesses } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Compartment } from './compartment';

/** The ship: one compartment per process, with walls between. Its height never changes; many processes scroll. */
export function ProcessMap() {
  const processes = useShell(selectProcesses);
  return (
    <section className="process-map" aria-label="Process map">
      <ul className="hull" tabIndex={-1}>
        {processes.length === 0 ? (
          <li className="compartment is-empty">Waiting for the browser process…</li>
        ) : (
          processes.map((process) => <Compartment key={process.id} process={process} />)
        )}
      </ul>
    </section>
  );
}
