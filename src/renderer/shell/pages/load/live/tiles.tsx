import type { ReactNode } from 'react';
import { formatCount, formatDuration } from '../../../../../shared/format';
import type { LoadPoint, LoadRouteView, LoadView } from '../../../../../shared/load/view';
import { titleOf } from '../../../../../shared/load/verdict';
import { Word } from '../../word';
import classes from './tiles.module.css';

interface Props {
  view: LoadView;
  /** Those of the run. */
  routes: readonly LoadRouteView[];
}

/** The figures of the moment; once the run is over, those of the whole. */
export function Tiles({ view, routes }: Props) {
  const { state, users, inFlight, lagMs } = view;
  const ended = state.kind === 'ended';
  const perSecond = ended
    ? sum(state.result.routes.map((route) => route.per_second ?? 0))
    : sum(routes.map(({ requestsPerSecond }) => requestsPerSecond));
  const failures = ended
    ? sum(routes.map(({ counts }) => (counts?.refused ?? 0) + (counts?.failed ?? 0)))
    : sum(routes.map(({ failuresPerSecond }) => failuresPerSecond));
  const slowest = slowestOf(routes, ended ? null : (view.points.at(-1) ?? null));
  const open = state.kind !== 'idle' && state.form.pace.kind === 'rate';
  return (
    <dl className={classes['tiles']} data-testid="load-tiles" aria-label={ended ? 'Of the whole run' : 'At the moment'}>
      <Tile name="Requests/s" value={rate(perSecond)} testId="tile-requests" />
      <Tile
        name={ended ? 'Failures' : 'Failures/s'}
        value={ended ? formatCount(failures) : rate(failures)}
        bad={failures > 0}
        testId="tile-failures"
      />
      <Tile
        name="Response p50"
        value={formatDuration(nsOf(slowest?.p50))}
        note={slowest && routes.length > 1 ? slowest.title : undefined}
        testId="tile-p50"
      />
      <Tile
        name="Response p95"
        value={formatDuration(nsOf(slowest?.p95))}
        note={slowest && routes.length > 1 ? slowest.title : undefined}
        testId="tile-p95"
      />
      <Tile
        name="Users"
        value={open ? '–' : formatCount(users.now)}
        note={open ? 'constant rate' : users.now === users.wanted ? undefined : `of ${formatCount(users.wanted)}`}
        testId="tile-users"
      />
      <Tile
        name={<Word id="in-flight">In flight</Word>}
        value={formatCount(inFlight.now)}
        note={`at most ${formatCount(inFlight.most)}`}
        testId="tile-in-flight"
      />
      <Tile
        name={<Word id="schedule-lag">Schedule lag</Word>}
        value={formatDuration(nsOf(lagMs?.p99))}
        note={open ? 'p99' : 'no schedule'}
        testId="tile-lag"
      />
    </dl>
  );
}

interface TileProps {
  name: ReactNode;
  value: string;
  note?: string | undefined;
  bad?: boolean;
  testId: string;
}

function Tile({ name, value, note, bad = false, testId }: TileProps) {
  return (
    <div className={classes['tile']}>
      <dt>{name}</dt>
      <dd className={bad ? `${classes['value']} is-bad` : classes['value']} data-testid={testId}>
        {value}
      </dd>
      <dd className={classes['note']}>{note}</dd>
    </div>
  );
}

interface Response {
  title: string;
  p50: number;
  p95: number;
}

/** Percentiles of several routes can't be made one; the slowest is what somebody waits for. Milliseconds. */
function slowestOf(routes: readonly LoadRouteView[], latest: LoadPoint | null): Response | undefined {
  return routes
    .flatMap(({ route, mode, responseMs: whole }): Response[] => {
      const point = latest?.routes[route];
      const [p50, p95] = latest === null ? [whole?.p50, whole?.p95] : [point?.responseP50, point?.responseP95];
      return p50 == null || p95 == null ? [] : [{ title: titleOf({ route, mode }), p50, p95 }];
    })
    .toSorted((a, b) => b.p95 - a.p95)[0];
}

function rate(perSecond: number): string {
  return perSecond > 0 && perSecond < 9.95 ? perSecond.toFixed(1) : formatCount(perSecond);
}

function nsOf(ms: number | undefined): number | null {
  return ms === undefined ? null : ms * 1e6;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
