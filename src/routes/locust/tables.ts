/** The tables that Locust writes with `--csv`, read by the names of their columns. */

export interface LocustRow {
  /** The name of the requests, which is the route's path; `Aggregated` is all together. */
  name: string;
  requests: number;
  failures: number;
  requestsPerSecond: number;
  failuresPerSecond: number;
  /** Milliseconds. Locust rounds its percentiles: to two digits above 100. */
  responseMs: { min: number; mean: number; max: number; percentiles: Record<string, number | null> };
}

export interface LocustMoment {
  /** Seconds since 1970. */
  atS: number;
  name: string;
  users: number;
  requestsPerSecond: number;
  failuresPerSecond: number;
  /** Since the beginning. */
  requests: number;
  failures: number;
  /** Of the last seconds, milliseconds. */
  percentiles: Record<string, number | null>;
}

export interface LocustFailure {
  name: string;
  error: string;
  occurrences: number;
}

type Row = Record<string, string>;

export function readStats(text: string): LocustRow[] {
  return rowsOf(text).map((row) => ({
    name: row['Name'] ?? '',
    requests: numberIn(row, 'Request Count'),
    failures: numberIn(row, 'Failure Count'),
    requestsPerSecond: numberIn(row, 'Requests/s'),
    failuresPerSecond: numberIn(row, 'Failures/s'),
    responseMs: {
      min: numberIn(row, 'Min Response Time'),
      mean: numberIn(row, 'Average Response Time'),
      max: numberIn(row, 'Max Response Time'),
      percentiles: percentilesOf(row),
    },
  }));
}

export function readHistory(text: string): LocustMoment[] {
  return rowsOf(text).map((row) => ({
    atS: numberIn(row, 'Timestamp'),
    name: row['Name'] ?? '',
    users: numberIn(row, 'User Count'),
    requestsPerSecond: numberIn(row, 'Requests/s'),
    failuresPerSecond: numberIn(row, 'Failures/s'),
    requests: numberIn(row, 'Total Request Count'),
    failures: numberIn(row, 'Total Failure Count'),
    percentiles: percentilesOf(row),
  }));
}

export function readFailures(text: string): LocustFailure[] {
  return rowsOf(text).map((row) => ({
    name: row['Name'] ?? '',
    error: row['Error'] ?? '',
    occurrences: numberIn(row, 'Occurrences'),
  }));
}

/** `p50`, `p99.9` … by the columns `50%`, `99.9%` …; null where Locust has written N/A. */
function percentilesOf(row: Row): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => /^[\d.]+%$/.test(column))
      .map(([column, value]) => [`p${column.slice(0, -1)}`, value === 'N/A' || value === '' ? null : Number(value)]),
  );
}

function numberIn(row: Row, column: string): number {
  const value = Number(row[column]);
  return Number.isFinite(value) ? value : 0;
}

function rowsOf(text: string): Row[] {
  const [head = [], ...rows] = cellsOf(text);
  return rows.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])));
}

/** Comma-separated values with quotes, as Python writes them; lines without a cell are left out. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    if (row.length > 1) rows.push(row);
    row = [];
  }
  return rows;
}
