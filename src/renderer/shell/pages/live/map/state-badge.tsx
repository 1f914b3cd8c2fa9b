import type { ProcessState } from '../../../../../shared/process-state';
import { Icon, type IconName } from '../../../ui/icons';

const BADGES: Record<ProcessState['kind'], { icon: IconName; word: string; tone: string }> = {
  launching: { icon: 'launching', word: 'starting', tone: 'plain' },
  running: { icon: 'running', word: 'running', tone: 'good' },
  unresponsive: { icon: 'hourglass', word: 'not answering', tone: 'warn' },
  exited: { icon: 'dead', word: 'dead', tone: 'bad' },
  'backing-off': { icon: 'clock', word: 'restarting', tone: 'bad' },
  'given-up': { icon: 'ban', word: 'given up', tone: 'bad' },
};

/** A process's state as icon and word, never as colour alone. */
export function StateBadge({ kind }: { kind: ProcessState['kind'] }) {
  const { icon, word, tone } = BADGES[kind];
  return (
    <span className={`state-badge is-${tone}`}>
      <Icon name={icon} size={13} /> {word}
    </span>
  );
}
