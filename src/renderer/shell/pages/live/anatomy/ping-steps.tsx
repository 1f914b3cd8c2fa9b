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
      {(['before', 'after'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          className="small-button"
          disabled={ping === null}
          data-testid={`anatomy-${kind}`}
          onClick={() => ping !== null && choose({ kind, sequence: ping.sequence })}
        >
          The ping {kind}
        </button>
      ))}
      {ping === null && <small>or click at a line of the chart</small>}
      {ping !== null && ping.anatomy === null && <small>No stages were measured when that ping was sent.</small>}
    </div>
  );
}
