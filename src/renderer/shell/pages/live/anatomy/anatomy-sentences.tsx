import type { AnatomyView } from '../../../../../shared/anatomy-view';
import { headlineOf, tailOf } from '../../../../../shared/measure/anatomy';
import { render } from '../../../../../shared/messages/message';
import styles from './anatomy.module.css';
import type { AnatomyState } from './use-anatomy';

interface Props {
  state: AnatomyState;
  peer: string;
  /** The time shown goes on. */
  live: boolean;
}

/** What the bars show, in words; or why there is nothing to show, and what to do. */
export function AnatomySentences({ state, peer, live }: Props) {
  const lines = state.kind === 'read' ? sentences(state.view, peer, live) : [];
  return (
    <div className={styles['sentences']} data-testid="anatomy-sentences">
      {state.kind === 'reading' && <p>Reading the pings…</p>}
      {state.kind === 'failed' && <p className="is-bad">{state.why}</p>}
      {lines.map((line, at) => (
        <p key={at}>{line}</p>
      ))}
    </div>
  );
}

function sentences({ anatomies, answered, staged }: AnatomyView, peer: string, live: boolean): string[] {
  if (answered === 0)
    return [
      live
        ? 'No ping was answered in the last 30 s. The channel is switched off, or its process does not answer.'
        : 'No ping was answered in this stretch of time. Choose another one.',
    ];
  if (staged === 0)
    return [
      live
        ? 'Stages are being measured from now on. The first pings come in this moment.'
        : 'Stages were not measured in this stretch of time. In the live view they are while this is open.',
    ];
  const { p50, p99 } = anatomies;
  const said = [p50 && headlineOf('p50', p50, peer), p99 && headlineOf('p99', p99, peer)].flatMap((message) =>
    message === undefined ? [] : [render(message)],
  );
  const tail = p50 === undefined || p99 === undefined ? null : tailOf(p50, p99, peer);
  return tail === null ? said : [...said, render(tail)];
}
