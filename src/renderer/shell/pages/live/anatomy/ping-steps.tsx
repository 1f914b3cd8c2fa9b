import type { PingChoice, PingView } from '../../../../../shared/anatomy-view';
import { useShell } from '../../../store/shell-store';
import styles from './anatomy.module.css';

interface Props {
  channelId: string;
  ping: PingView | null;
}

/** From ping to ping without a mouse. */
export function PingSteps({ channelId, ping }: Props) {
  const open = useShell((s) => s.openDialog);
  const choose = (choice: PingChoice): void => open({ kind: 'anatomy', channelId, ping: choice });
  const step = (kind: 'before' | 'after') => () => ping !== null && choose({ kind, sequence: ping.sequence });
  return (
    <div className={styles['steps']} role="group" aria-label="One ping">
      <button
        type="button"
        className="small-button"
        data-testid="anatomy-slowest"
        onClick={() => choose({ kind: 'slowest' })}
      >
        The slowest ping
      </button>
      <button
        type="button"
        className="small-button"
        disabled={ping === null}
        data-testid="anatomy-before"
        onClick={step('before')}
      >
        The ping before
      </button>
      <button
        type="button"
        className="small-button"
        disabled={ping === null}
        data-testid="anatomy-after"
        onClick={step('after')}
      >
        The ping after
      </button>
    </div>
  );
}
