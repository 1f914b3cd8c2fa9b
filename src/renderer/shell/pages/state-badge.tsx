import { isAskedFor, type ProcessState } from '../../../shared/process-state';
import { PROCESS_STATE_WORDS } from '../../../shared/state-words';
import { Icon, type IconName } from '../ui/icons';

const BADGES: Record<ProcessState['kind'], { icon: IconName; tone: string }> = {
  launching: { icon: 'launching', tone: 'plain' },
  running: { icon: 'running', tone: 'good' },
  unresponsive: { icon: 'hourglass', tone: 'warn' },
  exited: { icon: 'dead', tone: 'bad' },
  'backing-off': { icon: 'clock', tone: 'bad' },
  'given-up': { icon: 'ban', tone: 'bad' },
};

/** A process's state as icon and word, never as colour alone. An end that was asked for is no alarm. */
export function StateBadge({ state }: { state: ProcessState }) {
  const { kind } = state;
  const { icon } = BADGES[kind];
  const tone = 'termination' in state && isAskedFor(state.termination) ? 'plain' : BADGES[kind].tone;
  return (
    <span className={`state-badge is-${tone}`}>
      <Icon name={icon} size={13} /> {PROCESS_STATE_WORDS[kind]}
    </span>
  );
}
