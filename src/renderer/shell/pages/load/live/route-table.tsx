import type { ReactNode } from 'react';
import { formatCount, formatDuration } from '../../../../../shared/format';
import type { LoadResult, LoadResultRoute } from '../../../../../shared/load/result';
import { verdictOn } from '../../../../../shared/load/verdict';
import { render } from '../../../../../shared/messages/message';
import type { LoadCounts, LoadRouteView } from '../../../../../shared/load/view';
import { modeOf, ROUTE_CATALOG } from '../../../../../shared/routes/route-catalog';
import { Swatch } from '../../../charts/swatch';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { COPIED_TABLE } from '../../copy';
import { Word } from '../../word';
import { KEPT_WORDS, keptOf, promiseWords } from './promise-words';
import { routeHue } from './route-looks';
import classes from './route-table.module.css';

interface Props {
  routes: readonly LoadRouteView[];
  /** Of the run, once it is over. */
  result: LoadResult | null;
}

type CountColumn = Exclude<keyof LoadCounts, 'inFlight'>;

const COUNTS: Array<{ id: CountColumn; head: ReactNode }> = [
  { id: 'sent', head: 'sent' },
  { id: 'accepted', head: <Word id="accepted">accepted</Word> },
  { id: 'delivered', head: <Word id="delivered">delivered</Word> },
  { id: 'duplicated', head: <Word id="duplicated">dup.</Word> },
  { id: 'refused', head: <Word id="refused">refused</Word> },
  { id: 'failed', head: <Word id="failed-post">failed</Word> },
  { id: 'lost', head: <Word id="lost-message">lost</Word> },
];
const COLUMNS = COUNTS.length + 7;

/** Every route by its counts and times, and under each what it promises, and at the end what it kept. */
export function RouteTable({ routes, result }: Props) {
  return (
    <section aria-labelledby="load-routes-title">
      <h2 id="load-routes-title" className={classes['title']}>
        <Word id="promise">What each route promised, and what it kept</Word>
      </h2>
      <div className={classes['scroll']} tabIndex={0} role="group" aria-label="Routes, scrolls sideways">
        <table className={`data-table ${classes['table']}`} data-testid="load-routes" {...COPIED_TABLE}>
          <thead>
            <tr>
              <th scope="col">Route</th>
              {COUNTS.map(({ id, head }) => (
                <th key={id} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col">
                <Word id="in-flight">in flight</Word>
              </th>
              <th scope="col">
                <Word id="queue-depth">queued</Word>
              </th>
              <th scope="col">p50</th>
              <th scope="col">p95</th>
              <th scope="col">p99</th>
              <th scope="col">
                <Word id="cpu-per-message">CPU/msg</Word>
              </th>
            </tr>
          </thead>
          {routes.map((route) => (
            <RouteRows
              key={route.route}
              view={route}
              row={result?.routes.find((row) => row.route === route.route) ?? null}
            />
          ))}
        </table>
      </div>
      <p className={classes['note']}>
        p50 to p99 are <Word id="end-to-end">end to end</Word>. Queued: what the system holds, and once the run is over
        the most it held; – where it doesn’t tell. Delivered, duplicated, refused, failed and lost add up to sent once
        the run is over.
      </p>
    </section>
  );
}

interface RowProps {
  view: LoadRouteView;
  /** What came of it, once that is known. */
  row: LoadResultRoute | null;
}

function RouteRows({ view, row }: RowProps) {
  const { route, counts, endToEndMs, cpuUsPerMessage, queue } = view;
  const theme = useChartTheme();
  return (
    <tbody data-testid={`load-route-${route}`}>
      <tr className={classes['figures']}>
        <th scope="row">
          <Swatch colour={routeHue(theme, route)} dash="none" /> {ROUTE_CATALOG[route].title}
        </th>
        {COUNTS.map(({ id }) => (
          <td key={id} data-column={id} className={isBad(id, counts) ? 'is-bad' : undefined}>
            {countText(counts?.[id] ?? null)}
          </td>
        ))}
        <td data-column="inFlight">{countText(counts?.inFlight ?? null)}</td>
        <td data-column="queued">{countText((row === null ? queue?.now : row.queue_most) ?? null)}</td>
        {([endToEndMs?.p50, endToEndMs?.p95, endToEndMs?.p99] as const).map((ms, index) => (
          // The columns are always the same three.
          <td key={index}>{formatDuration(ms === undefined ? null : ms * 1e6)}</td>
        ))}
        <td>{formatDuration(cpuUsPerMessage === null ? null : cpuUsPerMessage * 1000)}</td>
      </tr>
      <tr className={classes['words']}>
        <td colSpan={COLUMNS}>
          <Sentence view={view} row={row} />
        </td>
      </tr>
    </tbody>
  );
}

/** As wide as what can be seen, and as high before the end as after it. */
function Sentence({ view, row }: RowProps) {
  const kept = row === null ? 'running' : keptOf(row);
  return (
    <p className={classes['sentence']} data-testid={`load-kept-${view.route}`} data-kept={kept}>
      {row === null || kept === 'running' ? (
        <Meanwhile view={view} />
      ) : (
        <>
          <strong className={classes[kept]}>{KEPT_WORDS[kept]}</strong> {render(verdictOn(row))}
        </>
      )}
    </p>
  );
}

function Meanwhile({ view }: { view: LoadRouteView }) {
  const promise = modeOf(view.route, view.mode)?.promise;
  return (
    <>
      {modeName(view)}
      {promise && promiseWords(promise)} <Trouble status={view.status} />
      <OnTheWay view={view} />
    </>
  );
}

/** Why a route refuses, or could not be started, and what helps. */
function Trouble({ status }: { status: LoadRouteView['status'] }) {
  if (status.kind !== 'away' && status.kind !== 'unavailable') return null;
  return (
    <span className="is-bad">
      {render(status.reason)}{' '}
      {status.kind === 'unavailable' && status.install !== null && <code>{status.install}</code>}{' '}
    </span>
  );
}

/** Where there is more than one. */
function modeName({ route, mode }: LoadRouteView): string {
  const { modes } = ROUTE_CATALOG[route];
  return modes.length < 2 ? '' : `${modeOf(route, mode)?.title}. `;
}

/** Everything that is held on the way is bounded, and this is where it is seen. */
function OnTheWay({ view: { receiverInFlight, subscriberInFlight } }: { view: LoadRouteView }) {
  const parts = [...held(receiverInFlight, 'at the receiver'), ...held(subscriberInFlight, 'at the subscriber')];
  if (parts.length === 0) return null;
  return (
    <>
      <Word id="back-pressure">On the way</Word>: {parts.join(', ')}.
    </>
  );
}

function held(inFlight: LoadRouteView['receiverInFlight'], where: string): string[] {
  return inFlight === null ? [] : [`${formatCount(inFlight.now)} of ${formatCount(inFlight.most)} ${where}`];
}

function isBad(column: CountColumn, counts: LoadCounts | null): boolean {
  return (column === 'lost' || column === 'failed' || column === 'refused') && (counts?.[column] ?? 0) > 0;
}

function countText(count: number | null): string {
  return count === null ? '–' : formatCount(count);
}
