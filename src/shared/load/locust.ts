import type { LoadPoint } from './view';
import type { LoadResult } from './result';

/** The percentiles that Locust's tables of statistics have. */
export const LOCUST_PERCENTS = [50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 100] as const;

/** The response times of one route as Locust has them, milliseconds. */
export interface LocustFigures {
  mean: number;
  /** At `LOCUST_PERCENTS`. */
  percentiles: number[];
}

const PERCENT_HEADS = LOCUST_PERCENTS.map((percent) => `${percent}%`);
const STATS_HEAD = [
  'Type',
  'Name',
  'Request Count',
  'Failure Count',
  'Median Response Time',
  'Average Response Time',
  'Min Response Time',
  'Max Response Time',
  'Average Content Size',
  'Requests/s',
  'Failures/s',
  ...PERCENT_HEADS,
];
const HISTORY_HEAD = [
  'Timestamp',
  'User Count',
  'Type',
  'Name',
  'Requests/s',
  'Failures/s',
  ...PERCENT_HEADS,
  'Total Request Count',
  'Total Failure Count',
  'Total Median Response Time',
  'Total Average Response Time',
  'Total Min Response Time',
  'Total Max Response Time',
  'Total Average Content Size',
];
/** What Locust writes where it has no figure. */
const NONE = 'N/A';
/** A receiver answers with `{}`. */
const CONTENT_BYTES = 2;

export interface LocustInput {
  result: LoadResult;
  figures: ReadonlyMap<string, LocustFigures>;
  points: readonly LoadPoint[];
}

/** The files that `locust --csv` writes, with the same columns: other programs read them without a change. */
export function locustFiles({ result, figures, points }: LocustInput): Array<{ name: string; text: string }> {
  return [
    { name: 'bulkhead_stats.csv', text: statsCsv(result, figures) },
    { name: 'bulkhead_stats_history.csv', text: historyCsv(result, points) },
    { name: 'bulkhead_failures.csv', text: failuresCsv(result) },
  ];
}

function statsCsv({ routes, environment }: LoadResult, figures: ReadonlyMap<string, LocustFigures>): string {
  const rows = routes.map((row) => {
    const failures = row.reasons.reduce((sum, { count }) => sum + count, 0);
    const own = figures.get(row.route);
    const { seconds } = environment;
    return [
      'POST',
      row.route,
      row.sent,
      failures,
      row.response_ms?.p50 ?? 0,
      own?.mean ?? 0,
      row.response_ms?.min ?? 0,
      row.response_ms?.max ?? 0,
      CONTENT_BYTES,
      row.per_second ?? 0,
      seconds === 0 ? 0 : failures / seconds,
      ...(own?.percentiles ?? LOCUST_PERCENTS.map(() => NONE)),
    ];
  });
  return csv([STATS_HEAD, ...rows]);
}

/** A row for each route and second. Of a second only median and 95th percentile are kept. */
function historyCsv({ environment }: LoadResult, points: readonly LoadPoint[]): string {
  const began = Date.parse(environment.began_at) / 1_000;
  const totals = new Map<string, { requests: number; failures: number }>();
  let lastS = 0;
  const rows = points.flatMap(({ atS, users, routes }) => {
    const seconds = atS - lastS;
    lastS = atS;
    return Object.entries(routes).map(([route, point]) => {
      const total = totals.get(route) ?? { requests: 0, failures: 0 };
      total.requests += point.requestsPerSecond * seconds;
      total.failures += point.failuresPerSecond * seconds;
      totals.set(route, total);
      return [
        Math.round(began + atS),
        users,
        'POST',
        route,
        point.requestsPerSecond,
        point.failuresPerSecond,
        ...LOCUST_PERCENTS.map(
          (percent) => (percent === 50 ? point.responseP50 : percent === 95 ? point.responseP95 : null) ?? NONE,
        ),
        Math.round(total.requests),
        Math.round(total.failures),
        point.responseP50 ?? 0,
        NONE,
        NONE,
        NONE,
        CONTENT_BYTES,
      ];
    });
  });
  return csv([HISTORY_HEAD, ...rows]);
}

function failuresCsv({ routes }: LoadResult): string {
  const rows = routes.flatMap(({ route, reasons }) =>
    reasons.map(({ reason, count }) => ['POST', route, reason, count]),
  );
  return csv([['Method', 'Name', 'Error', 'Occurrences'], ...rows]);
}

function csv(rows: ReadonlyArray<ReadonlyArray<string | number>>): string {
  return `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
