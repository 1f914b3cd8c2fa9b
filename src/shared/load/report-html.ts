import { formatBytes, formatDuration } from '../format';
import { render } from '../messages/message';
import { HUES } from '../palette';
import { escape, REPORT_STYLE, reportPage, section, table } from '../report-page';
import type { RouteId } from '../routes/route-catalog';
import { LOAD_COLUMNS } from './report-columns';
import type { LoadEvent, LoadResult } from './result';
import { titleOf, verdictOn } from './verdict';
import type { LoadPoint, LoadRoutePoint } from './view';

const WIDTH = 1000;
const HEIGHT = 260;
const LEFT = 70;
const BOTTOM = 24;
/** Lines differ by their dashes too. */
const DASHES = ['', '7 3', '2 3', '9 3 2 3', '14 4', '4 4'];

/** A result as one page for a person: what each route kept, charts, tables. Asks the network for nothing. */
export function loadReportHtml(result: LoadResult, points: readonly LoadPoint[]): string {
  const { environment, routes, events } = result;
  const began = `${environment.began_at.replace('T', ' ').slice(0, 19)} UTC`;
  const chart = (id: string, heading: string, read: (point: LoadRoutePoint) => number | null, scale: Scale) =>
    section(id, heading, chartHtml(result, points, read, scale));
  return reportPage({
    title: `Bulkhead load, ${began}`,
    summary: summaryOf(result),
    style: `${REPORT_STYLE}${STYLE}`,
    body: [
      ...(environment.interrupted ? ['<p class="warn">Interrupted: this is what was posted until then.</p>'] : []),
      section(
        'kept',
        'What each route promised, and what it kept',
        `<ul>${routes.map((row) => `<li>${escape(render(verdictOn(row)))}</li>`).join('')}</ul>`,
      ),
      section(
        'figures',
        'Figures',
        table(
          LOAD_COLUMNS.map(({ head }) => head),
          routes.map((row) => LOAD_COLUMNS.map(({ text }) => text(row))),
          1,
        ),
      ),
      ...(points.length < 2
        ? []
        : [
            chart('end-to-end', 'End-to-end latency, median of each second', ({ endToEndP50 }) => endToEndP50, 'ms'),
            chart('response', 'Response time, 95th percentile of each second', ({ responseP95 }) => responseP95, 'ms'),
            chart('requests', 'Requests per second', ({ requestsPerSecond }) => requestsPerSecond, 'count'),
            chart('failures', 'Failures per second', ({ failuresPerSecond }) => failuresPerSecond, 'count'),
            ...(points.some(({ routes: at }) => Object.values(at).some(({ queued }) => queued !== null))
              ? [chart('queued', 'Messages that each system holds', ({ queued }) => queued, 'count')]
              : []),
          ]),
      ...failuresHtml(result),
      ...eventsHtml(events),
      section('env', 'Measured on', environmentHtml(result, began)),
    ].join('\n'),
  });
}

type Scale = 'ms' | 'count';

function chartHtml(
  { routes, events }: LoadResult,
  points: readonly LoadPoint[],
  read: (point: LoadRoutePoint) => number | null,
  scale: Scale,
): string {
  const valuesOf = (route: string) =>
    points.map(({ atS, routes: at }) => {
      const point = at[route as RouteId];
      return { atS, value: point === undefined ? null : read(point) };
    });
  const all = routes.flatMap(({ route }) => valuesOf(route).flatMap(({ value }) => value ?? []));
  if (all.length === 0) return '<p>There was nothing to draw.</p>';
  const lastS = Math.max(1, points.at(-1)?.atS ?? 1);
  const x = (atS: number) => (LEFT + (atS / lastS) * (WIDTH - LEFT - 10)).toFixed(1);
  const { y, ticks } = scale === 'ms' ? logScale(all) : linearScale(all);
  const grid = ticks.map(
    ({ value, label }) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - 10}" y1="${y(value)}" y2="${y(value)}"/><text x="${LEFT - 8}" y="${y(value)}" dy="4" class="end">${escape(label)}</text>`,
  );
  const times = Array.from({ length: 6 }, (_, index) => (lastS * index) / 5).map(
    (atS, index) =>
      `<text x="${x(atS)}" y="${HEIGHT - 4}" class="${index === 5 ? 'end' : 'middle'}">${atS.toFixed(lastS < 10 ? 1 : 0)} s</text>`,
  );
  const marks = events.map(
    ({ at_s: atS, text }) =>
      `<line class="event" x1="${x(Math.min(lastS, atS))}" x2="${x(Math.min(lastS, atS))}" y1="6" y2="${HEIGHT - BOTTOM}"><title>${escape(text)}</title></line>`,
  );
  const lines = routes.map(({ route }, index) => lineOf(valuesOf(route), index, x, y));
  const legend = routes.map(
    (row, index) =>
      `<li><svg class="h${index % HUES.light.length}" width="36" height="10"><line x1="0" x2="36" y1="5" y2="5" stroke-dasharray="${DASHES[index % DASHES.length]}"/></svg> ${escape(titleOf(row))}</li>`,
  );
  return `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="A line for each route over time">${[...grid, ...times, ...marks, ...lines].join('')}</svg></figure><ul class="legend">${legend.join('')}</ul>`;
}

/** A line is interrupted where there is no value. */
function lineOf(
  values: ReadonlyArray<{ atS: number; value: number | null }>,
  index: number,
  x: (atS: number) => string,
  y: (value: number) => string,
): string {
  let up = false;
  const path = values.map(({ atS, value }) => {
    if (value === null) {
      up = false;
      return '';
    }
    const step = `${up ? 'L' : 'M'}${x(atS)} ${y(value)}`;
    up = true;
    return step;
  });
  return `<path class="h${index % HUES.light.length}" d="${path.join('')}" stroke-dasharray="${DASHES[index % DASHES.length]}"/>`;
}

interface Axis {
  y: (value: number) => string;
  ticks: Array<{ value: number; label: string }>;
}

function placed(share: number): string {
  const top = 8;
  return (top + (1 - Math.min(1, Math.max(0, share))) * (HEIGHT - BOTTOM - top)).toFixed(1);
}

function logScale(values: readonly number[]): Axis {
  const floor = 0.001;
  const low = Math.floor(Math.log10(Math.max(floor, Math.min(...values))));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(floor, ...values))));
  return {
    y: (ms) => placed((Math.log10(Math.max(floor, ms)) - low) / (high - low)),
    ticks: Array.from({ length: high - low + 1 }, (_, index) => {
      const ms = 10 ** (low + index);
      return { value: ms, label: formatDuration(ms * 1e6).replace(/\.0+(?=\D)/, '') };
    }),
  };
}

function linearScale(values: readonly number[]): Axis {
  const most = Math.max(1, ...values);
  const step = [1, 2, 5].map((each) => each * 10 ** Math.floor(Math.log10(most))).findLast((each) => each <= most) ?? 1;
  const top = Math.ceil(most / step) * step;
  return {
    y: (value) => placed(value / top),
    ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, index) => ({
      value: index * step,
      label: (index * step).toLocaleString('en'),
    })),
  };
}

function failuresHtml({ routes }: LoadResult): string[] {
  const rows = routes.flatMap((row) =>
    row.reasons.map(({ kind, reason, count }) => [titleOf(row), kind, reason, count.toLocaleString('en')]),
  );
  return rows.length === 0
    ? []
    : [section('failures', 'Refused or failed', table(['Route', 'What', 'Reason', 'Posts'], rows, 3))];
}

function eventsHtml(events: readonly LoadEvent[]): string[] {
  if (events.length === 0) return [];
  const rows = events.map(({ at_s: atS, text }) => [`${atS.toFixed(1)} s`, text]);
  return [section('events', 'What happened meanwhile', table(['After', 'What'], rows, 2))];
}

function summaryOf({ environment: env }: LoadResult): string {
  const { pace } = env.load;
  return [
    pace.kind === 'users' ? `${pace.users} users` : `${pace.per_second} posts/s`,
    `${env.seconds.toFixed(1)} s`,
    `Bulkhead ${env.bulkhead}`,
    env.os,
    `${env.cores} × ${env.cpu}`,
  ].join(' · ');
}

function environmentHtml({ environment: env }: LoadResult, began: string): string {
  const { load } = env;
  const { pace } = load;
  return table(
    ['What', 'Which'],
    [
      ['Began', began],
      ['Records', `${load.records.toLocaleString('en')} of ${load.file ?? 'the file that ships'}`],
      ...(load.bad_records === 0 ? [] : [['Left out', load.bad_records.toLocaleString('en')]]),
      pace.kind === 'users'
        ? ['Users', `${pace.users}, ${pace.spawn_rate} more a second, waiting ${pace.wait_ms.join(' to ')} ms`]
        : ['Constant rate', `${pace.per_second} posts a second`],
      ['Each record', load.distribute === 'all' ? 'over every route' : 'over one route, in turn'],
      ['Over and over', load.loop ? 'yes' : 'no'],
      ['In flight at most, each route', load.max_in_flight.toLocaleString('en')],
      ...(env.lag_ms === null ? [] : [['Posts went out late by', `${formatDuration(env.lag_ms.p99 * 1e6)} (p99)`]]),
      ['Bulkhead', env.bulkhead],
      ['Electron', env.electron],
      ['Node', env.node],
      ['Operating system', env.os],
      ['Processor', `${env.cpu}, ${env.cores} cores`],
      ['Memory', formatBytes(env.memory_bytes)],
    ],
    0,
  );
}

const STYLE = `
:root{color-scheme:light dark}
.warn{padding:4px 12px;border-left:4px solid #8a5300;background:var(--head)}
td{font-size:14px}td.n{white-space:nowrap}td:first-child{min-width:110px}th,td{padding:5px 8px}
figure svg{display:block;width:100%}
figure text{fill:var(--soft);font-size:12px;font-variant-numeric:tabular-nums}.end{text-anchor:end}.middle{text-anchor:middle}
figure path{fill:none;stroke:var(--c);stroke-width:2}
figure .grid{stroke:var(--line)}figure .event{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:3 3}
.legend{display:flex;flex-wrap:wrap;gap:2px 20px;margin:10px 0;padding:0;list-style:none;font-size:13px}
.legend svg{vertical-align:middle}.legend line{stroke:var(--c);stroke-width:2.5}
${HUES.light.map((hue, index) => `.h${index}{--c:${hue}}`).join('')}
@media (prefers-color-scheme:dark){:root{--ink:#e6eef3;--soft:#a3b4c0;--line:#2b3d4a;--head:#1a2832;--ground:#121d26}${HUES.dark.map((hue, index) => `.h${index}{--c:${hue}}`).join('')}}
@media (max-width:700px){body{padding:12px}}
@media print{figure,tr{break-inside:avoid}}
`;
