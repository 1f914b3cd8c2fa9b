import { useEffect, useRef } from 'react';
import type { ProcessAction } from '../../../../../shared/ipc-contract';
import type { ProcessState } from '../../../../../shared/process-state';
import type { ProcessView } from '../../../../../shared/snapshot';
import { act } from '../../../bridge';
import { Icon, type IconName } from '../../../ui/icons';

interface Offer {
  action: ProcessAction;
  word: string;
  icon: IconName;
  title: string;
  tone?: 'danger' | 'primary';
}

const CRASH: Offer = {
  action: 'crash',
  word: 'Crash',
  icon: 'bolt',
  title: 'Make it crash (a fault inside the process)',
  tone: 'danger',
};
const KILL: Offer = {
  action: 'kill',
  word: 'Kill',
  icon: 'stop',
  title: 'SIGKILL by its pid, from outside',
  tone: 'danger',
};
const HANG: Offer = {
  action: 'hang',
  word: 'Hang',
  icon: 'hourglass',
  title: 'Keep it busy in a loop for 20 s',
  tone: 'danger',
};
const RELOAD: Offer = { action: 'reload', word: 'Reload', icon: 'reload', title: 'Load its tabs again' };
const RESTART: Offer = {
  action: 'restart',
  word: 'Restart',
  icon: 'reload',
  title: 'End this process and start it again',
};
const WAIT: Offer = { action: 'wait', word: 'Wait', icon: 'hourglass', title: 'Give it more time' };
const END: Offer = {
  action: 'end',
  word: 'End process',
  icon: 'dead',
  title: 'End the process that does not answer',
  tone: 'danger',
};

/** What a person can do to a process of this kind in this state. */
export function offersFor({ kind, state, waitsFor }: Pick<ProcessView, 'kind' | 'state' | 'waitsFor'>): Offer[] {
  // Neither the one that supervises, nor one that isn't there yet.
  if (kind === 'browser' || waitsFor !== null) return [];
  const again = kind === 'renderer' ? RELOAD : RESTART;
  switch (state.kind) {
    case 'launching':
      return [KILL];
    case 'running':
      // A program of its own takes no orders, only signals.
      if (kind === 'server') return [{ ...CRASH, title: 'Make it crash (SIGABRT)' }, KILL, again];
      return [CRASH, KILL, HANG, again];
    case 'unresponsive':
      return [WAIT, END];
    case 'exited':
    case 'given-up':
      return [
        { ...again, tone: 'primary', title: kind === 'renderer' ? 'Load its tabs in a new process' : 'Start it again' },
      ];
    case 'backing-off':
      return [{ ...again, word: 'Restart now', tone: 'primary', title: 'Start it without waiting' }];
  }
}

interface Props {
  process: ProcessView;
}

export function CompartmentActions({ process }: Props) {
  const group = useRef<HTMLDivElement>(null);
  const { kind } = process.state;
  /** The state in which a button was pressed; null when that is dealt with. */
  const actedIn = useRef<ProcessState['kind'] | null>(null);
  // The button that was pressed goes when the state changes; whoever uses the keyboard stays in the compartment.
  useEffect(() => {
    if (actedIn.current === null || actedIn.current === kind) return;
    if (document.activeElement === document.body) group.current?.querySelector('button')?.focus();
    actedIn.current = null;
  }, [kind]);
  return (
    <div className="compartment-actions" ref={group} role="group" aria-label={`Do to ${process.name}`}>
      {offersFor(process).map(({ action, word, icon, title, tone }) => (
        <button
          key={action}
          type="button"
          className={`small-button is-${tone ?? 'plain'}`}
          data-testid={`act-${action}`}
          title={title}
          aria-label={`${word} ${process.name}`}
          onClick={() => {
            actedIn.current = kind;
            void act('process:act', process.id, action);
          }}
        >
          <Icon name={icon} size={12} />
          <span>{word}</span>
        </button>
      ))}
    </div>
  );
}
