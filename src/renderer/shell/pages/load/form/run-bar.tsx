import { useLayoutEffect, useRef } from 'react';
import type { LoadState, LoadView } from '../../../../../shared/load/view';
import { render } from '../../../../../shared/messages/message';
import { clockText } from '../../../charts/time-axis';
import { act } from '../../../bridge';
import { Icon } from '../../../ui/icons';
import { useNow } from '../../../ui/use-now';
import { prepareRoutes } from '../load-actions';
import { type ReadLoadDraft, refusalWords } from '../load-draft';
import { LOAD_FORM_ID } from './load-form';
import classes from './run-bar.module.css';

interface Props {
  view: LoadView | null;
  read: ReadLoadDraft;
}

/** Start, Stop and what goes on. As high in every state, so that nothing above it moves. */
export function RunBar({ view, read }: Props) {
  const kind = view?.state.kind ?? 'idle';
  const busy = isBusy(kind);
  /** Whether the button that goes had the focus. Its place takes it: a key held down must not press the next button. */
  const focused = useRef(false);
  const wasBusy = useRef(busy);
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (wasBusy.current !== busy && focused.current) place.current?.focus();
    wasBusy.current = busy;
  }, [busy]);
  return (
    <footer
      ref={place}
      tabIndex={-1}
      className={classes['bar']}
      data-testid="load-run"
      data-kind={kind}
      onFocus={() => (focused.current = true)}
      onBlur={({ target }) => (focused.current = !target.isConnected)}
    >
      <div className={classes['said']}>{view && <Said view={view} read={read} />}</div>
      <div className={classes['buttons']}>
        {busy ? (
          <button
            type="button"
            className="button is-danger"
            data-testid="load-stop"
            onClick={() => void act('load:stop')}
            title={
              isEnding(view?.state)
                ? 'End it at once, with what has arrived; what is on its way counts as lost'
                : 'No new posts; what is on its way is waited for'
            }
          >
            <Icon name="stop" /> {isEnding(view?.state) ? 'End at once' : 'Stop'}
          </button>
        ) : (
          <button
            type="submit"
            form={LOAD_FORM_ID}
            className="button is-primary"
            data-testid="load-start"
            disabled={view === null}
          >
            <Icon name="play" /> Start
          </button>
        )}
        {!busy && view && <Others view={view} read={read} />}
      </div>
    </footer>
  );
}

/** What is seldom wanted, under the one button that mostly is. */
function Others({ view, read }: { view: LoadView; read: ReadLoadDraft }) {
  if (view.state.kind === 'ended' || view.state.kind === 'failed')
    return (
      <button
        type="button"
        className="link-button"
        data-testid="load-reset"
        title="Forget this run and its figures"
        onClick={() => void act('load:reset')}
      >
        Reset
      </button>
    );
  const up = view.routes.some(({ status }) => status.kind !== 'off' && status.kind !== 'unavailable');
  return up ? (
    <button
      type="button"
      className="link-button"
      data-testid="load-close"
      title="End all processes of all routes"
      onClick={() => void act('load:close')}
    >
      End routes
    </button>
  ) : (
    <button
      type="button"
      className="link-button"
      data-testid="load-prepare"
      disabled={read.kind !== 'form'}
      title="Start the processes of the chosen routes, without a load"
      onClick={() => void prepareRoutes()}
    >
      Start routes
    </button>
  );
}

function Said({ view: { state, collector }, read }: { view: LoadView; read: ReadLoadDraft }) {
  switch (state.kind) {
    case 'idle':
      return read.kind === 'refused' ? (
        <p className={classes['bad']}>{refusalWords(read.refusals)}</p>
      ) : (
        <p className={classes['note']}>
          {collector.url === null ? 'Routes start with the load, each process by itself.' : 'The routes are up.'}
        </p>
      );
    case 'starting':
      return <p>Starting the routes…</p>;
    case 'running':
      return (
        <>
          <p>
            {state.stopping ? 'Stopping' : 'Running'} <Elapsed sinceMs={state.startedAtMs} />
          </p>
          <p className={classes['note']}>
            {state.stopping ? 'No new posts; those in flight are waited for.' : 'Kill something, and watch.'}
          </p>
        </>
      );
    case 'settling':
      return (
        <>
          <p>All is posted.</p>
          <p className={classes['note']}>Waiting until nothing more arrives, up to 15 s after the last message.</p>
        </>
      );
    case 'ended':
      return (
        <>
          <p data-testid="load-over">
            {state.result.environment.interrupted ? 'Stopped' : 'Over'} after{' '}
            {clockText(state.result.environment.seconds)}.
          </p>
          {read.kind === 'refused' && <p className={classes['bad']}>{refusalWords(read.refusals)}</p>}
        </>
      );
    case 'failed':
      return (
        <p className={classes['bad']} role="alert" data-testid="load-failure">
          {render(state.reason)}
        </p>
      );
  }
}

function Elapsed({ sinceMs }: { sinceMs: number }) {
  const now = useNow(500);
  return <time>{clockText(Math.max(0, now - sinceMs) / 1000)}</time>;
}

export function isBusy(kind: LoadState['kind']): boolean {
  return kind === 'starting' || kind === 'running' || kind === 'settling';
}

function isEnding(state: LoadState | undefined): boolean {
  return state?.kind === 'settling' || (state?.kind === 'running' && state.stopping);
}
