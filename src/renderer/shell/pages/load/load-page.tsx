import { useEffect, useRef } from 'react';
import type { LoadRouteView, LoadView } from '../../../../shared/load/view';
import { useShell } from '../../store/shell-store';
import { LoadForm } from './form/load-form';
import { isBusy, RunBar } from './form/run-bar';
import { RunningControls } from './form/running-controls';
import { EventTable } from './live/event-table';
import { FailureTable } from './live/failure-table';
import { LoadCharts } from './live/load-charts';
import { RouteTable } from './live/route-table';
import { Tiles } from './live/tiles';
import { lookForServers, startLoad } from './load-actions';
import { readDraft } from './load-draft';
import classes from './load-page.module.css';
import { SaveBar } from './save-bar';

const NONE: readonly LoadRouteView[] = [];

/** A load over messaging routes: what to post on the left, what becomes of it on the right. */
export function LoadPage() {
  const view = useShell((s) => s.load);
  const draft = useShell((s) => s.loadDraft);
  const form = useRef<HTMLFormElement>(null);
  const read = readDraft(draft, view?.routes ?? NONE);
  const { state } = view ?? { state: { kind: 'idle' } as const };
  useEffect(() => {
    lookForServers();
    // Who installs a server does so elsewhere, and comes back.
    window.addEventListener('focus', lookForServers);
    return () => window.removeEventListener('focus', lookForServers);
  }, []);
  return (
    <main className={classes['page']} data-testid="load-page">
      <section className={`panel ${classes['side']}`} aria-label="Load">
        {view !== null && state.kind !== 'idle' && isBusy(state.kind) ? (
          <RunningControls view={view} form={state.form} routes={routesOf(view)} />
        ) : (
          <LoadForm
            form={form}
            routes={view?.routes ?? NONE}
            read={read}
            onSubmit={(event) => {
              event.preventDefault();
              if (read.kind === 'form') void startLoad();
              else form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
            }}
          />
        )}
        <RunBar view={view} read={read} />
      </section>
      <section className={`panel ${classes['results']}`} aria-label="What becomes of it">
        {view === null || !hasFigures(view) ? <Empty /> : <Results view={view} />}
      </section>
    </main>
  );
}

function Results({ view }: { view: LoadView }) {
  const routes = routesOf(view);
  return (
    <>
      <header className={classes['head']}>
        <Tiles view={view} routes={routes} />
        <SaveBar view={view} />
      </header>
      <div className={classes['figures']} tabIndex={0} role="region" aria-label="Charts and tables">
        <LoadCharts
          points={view.points}
          events={view.events}
          routes={routes}
          pace={view.state.kind === 'idle' ? 'users' : view.state.form.pace.kind}
        />
        <RouteTable routes={routes} result={view.state.kind === 'ended' ? view.state.result : null} />
        <FailureTable failures={view.failures} />
        <EventTable events={view.events} />
      </div>
    </>
  );
}

/** Those that the present run, or the last one, is about, each in the mode of that run. */
export function routesOf({ state, routes }: LoadView): LoadRouteView[] {
  if (state.kind === 'idle') return [];
  return state.form.routes.flatMap(({ route, mode }) => {
    const found = routes.find((view) => view.route === route);
    return found === undefined ? [] : [{ ...found, mode }];
  });
}

/** One that failed before its first post has nothing to show. */
function hasFigures({ state, points }: LoadView): boolean {
  return state.kind === 'failed' ? points.length > 0 : state.kind !== 'idle';
}

function Empty() {
  return (
    <div className={classes['empty']}>
      <h2>Which system keeps its word when its server dies?</h2>
      <p>
        Choose routes and press Start. Each record is posted to a receiver, crosses a real messaging system, and is
        counted by the collector: from process to process, each of which can be killed on the way.
      </p>
      <p>
        One chart shows how long each route takes, and a table what it promised and what it kept. Nothing is lost
        silently.
      </p>
    </div>
  );
}
