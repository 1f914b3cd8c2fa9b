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
  const groups = inGroups(processes);
  const fading = useShell((s) => s.struck.length > 0);
  const many = processes.length > FULL_SIZE;
  return (
    <section className="process-map" aria-label="Process map">
      <ul className={many ? 'hull is-many' : 'hull'} data-fading={fading} tabIndex={-1}>
        {processes.length === 0 ? (
          <li className="compartment is-empty">Waiting for the browser process…</li>
        ) : (
          (many ? deadFirst(groups) : groups).map((members) => <Group key={members[0]?.id} members={members} />)
        )}
      </ul>
    </section>
  );
}

/** The processes of one plugin share a compartment. */
function Group({ members }: { members: readonly ProcessView[] }) {
  const [first] = members;
  if (first === undefined) return null;
  if (members.length === 1) return <Compartment process={first} />;
  return (
    <li
      className="compartment-group"
      data-testid={`group-${first.group}`}
      style={{ '--members': members.length } as React.CSSProperties}
    >
      <ul aria-label={`Processes of ${first.name}`}>
        {members.map((process) => (
          <Compartment key={process.id} process={process} inGroup />
        ))}
      </ul>
    </li>
  );
}

function inGroups(processes: readonly ProcessView[]): ProcessView[][] {
  const groups = new Map<string, ProcessView[]>();
  for (const process of processes) {
    const key = process.group ?? process.id;
    groups.set(key, [...(groups.get(key) ?? []), process]);
  }
  return [...groups.values()];
}

function deadFirst(groups: readonly ProcessView[][]): ProcessView[][] {
  const rank = ({ state }: ProcessView): number => (isAlive(state) ? (state.kind === 'unresponsive' ? 1 : 2) : 0);
  const worst = (members: readonly ProcessView[]) => Math.min(...members.map(rank));
  return groups.toSorted((a, b) => worst(a) - worst(b));
}
