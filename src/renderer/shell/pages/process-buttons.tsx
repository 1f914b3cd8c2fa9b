import { useEffect, useRef } from 'react';
import { offeredActions } from '../../../shared/process-actions';
import type { ProcessState } from '../../../shared/process-state';
import type { ProcessView } from '../../../shared/snapshot';
import { act } from '../bridge';
import { Icon } from '../ui/icons';

interface Props {
  process: ProcessView;
}

export function ProcessButtons({ process }: Props) {
  const group = useRef<HTMLDivElement>(null);
  const { kind } = process.state;
  /** The state in which a button was pressed; null when that is dealt with. */
  const actedIn = useRef<ProcessState['kind'] | null>(null);
  // The button that was pressed goes when the state changes; whoever uses the keyboard stays where it was.
  useEffect(() => {
    if (actedIn.current === null || actedIn.current === kind) return;
    if (document.activeElement === document.body) group.current?.querySelector('button')?.focus();
    actedIn.current = null;
  }, [kind]);
  return (
    <div className="compartment-actions" ref={group} role="group" aria-label={`Do to ${process.name}`}>
      {offeredActions(process).map(({ action, label, icon, about, tone }) => (
        <button
          key={action}
          type="button"
          className={`small-button is-${tone}`}
          data-testid={`act-${action}`}
          title={about}
          aria-label={`${label} ${process.name}`}
          onClick={() => {
            actedIn.current = kind;
            void act('process:act', process.id, action);
          }}
        >
          <Icon name={icon} size={12} />
          <span>{label}</span>
        </button>
      ))}
    </div>
  );
}
