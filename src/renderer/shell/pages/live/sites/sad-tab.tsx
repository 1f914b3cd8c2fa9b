import { formatDuration } from '../../../../../shared/format';
import { describeTermination, type TerminationInfo } from '../../../../../shared/process-state';
import type { TabView } from '../../../../../shared/snapshot';
import { othersSentence } from '../../../../../shared/state-words';
import { act } from '../../../bridge';
import { selectProcesses } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Icon } from '../../../ui/icons';

interface Props {
  tab: TabView;
  termination: TerminationInfo;
  /** It died again shortly after a reload. */
  again: boolean;
}

/** Stands where the page was: how its process ended, and the way back. Nothing is reloaded unasked. */
export function SadTab({ tab, termination, again }: Props) {
  const { reason, exitCode, signal, pid, uptimeMs, atMs, requested } = termination;
  const others = useShell((s) => othersSentence(selectProcesses(s), tab.processId ?? ''));
  const facts: [string, string][] = [
    ['Reason', reason],
    ['Exit code', exitCode === null ? '–' : String(exitCode)],
    ['Signal', signal ?? '–'],
    ['Process', pid === null ? '–' : `pid ${pid}`],
    ['It lived for', formatDuration(uptimeMs * 1e6)],
    ['Died at', new Date(atMs).toLocaleTimeString('en-GB')],
    ['Asked for', requested ? 'yes, from Bulkhead' : 'no'],
  ];
  return (
    <div className="pane-message sad-tab" role="alert" data-testid="sad-tab" data-again={again}>
      <svg className="sad-face" width="76" height="64" viewBox="0 0 76 64" aria-hidden="true">
        <path d="M4 12h16l4-8h28l4 8h16v46H4z" className="sad-body" />
        <path d="M24 26l8 8M32 26l-8 8M44 26l8 8M52 26l-8 8M28 50c5-8 15-8 20 0" className="sad-lines" />
      </svg>
      <h2>{again ? 'It died again' : `${hostOf(tab)} ${describeTermination(termination)}`}</h2>
      <p>
        {again
          ? `${hostOf(tab)} ${describeTermination(termination)} within seconds of the reload. Reloading may not help. ${others}`
          : `Its process is gone. ${others}`}
      </p>
      <button
        type="button"
        className="button is-primary"
        data-testid="sad-reload"
        onClick={() => void act('tab:reload', tab.id)}
      >
        <Icon name="reload" /> {again ? 'Reload all the same' : 'Reload'}
      </button>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function hostOf(tab: TabView): string {
  return URL.canParse(tab.url) ? new URL(tab.url).host || tab.url : tab.url;
}
