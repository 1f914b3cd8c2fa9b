import { expect, test } from 'vitest';
import { render } from '../messages/message';
import { loadExitCode } from './exit-code';
import { locustFiles } from './locust';
import { loadReportHtml } from './report-html';
import { loadText } from './report-text';
import { chooseRoutes } from './request';
import { type LoadResult, type LoadResultRoute, loadResultSchema } from './result';
import { judgeLoad, type LoadThreshold } from './thresholds';
import { verdictOn } from './verdict';

const FIGURES = { count: 10, min: 1, p50: 2, p90: 3, p95: 4, p99: 5, max: 6 };
const ROW: LoadResultRoute = {
  ...{ route: 'rabbitmq', mode: 'confirmed', server: 'rabbitmq-server' },
  ...{ sent: 12, accepted: 10, delivered: 9, duplicated: 1, refused: 1, failed: 1, lost: 0, arrived_anyway: 0 },
  ...{ response_ms: FIGURES, corrected_ms: null, end_to_end_ms: { ...FIGURES, p95: 40 } },
  ...{ per_second: 6, cpu_us_per_message: 100, queue_most: 7, unavailable: null },
  promise: { delivery: 'at least once', durable: true, ordered: true },
  kept: true,
  reasons: [
    { kind: 'refused', reason: '503: "away", <now>', count: 1 },
    { kind: 'failed', reason: 'No answer', count: 1 },
  ],
};
const HTTP: LoadResultRoute = {
  ...ROW,
  ...{ route: 'http', mode: 'direct', server: null, duplicated: 0, delivered: 10, reasons: [] },
  promise: { delivery: 'at most once', durable: false, ordered: false },
};
const RESULT: LoadResult = loadResultSchema.parse({
  version: 1,
  environment: {
    ...{ began_at: '2026-01-02T03:04:05.000Z', seconds: 2, interrupted: false, bulkhead: '1', electron: '2' },
    ...{ node: '3', os: 'o', cpu: 'c', cores: 2, memory_bytes: 1, lag_ms: null },
    load: {
      pace: { kind: 'rate', per_second: 6 },
      ...{
        distribute: 'all',
        loop: false,
        duration_s: null,
        file: null,
        records: 12,
        bad_records: 0,
        max_in_flight: 5,
      },
    },
  },
  routes: [HTTP, ROW],
  events: [{ at_s: 1.5, kind: 'kill', route: 'rabbitmq', role: 'server', text: 'RabbitMQ server killed <here>' }],
} satisfies LoadResult);
const point = (atS: number) => ({
  atS,
  users: 3,
  routes: {
    rabbitmq: {
      ...{ requestsPerSecond: 6, failuresPerSecond: 1, deliveredPerSecond: 5 },
      ...{ responseP50: 2, responseP95: 4, endToEndP50: 3, endToEndP95: null, queued: 4 },
    },
  },
});
const POINTS = [point(1), point(2)];

const lost = (row: LoadResultRoute) => ({ ...row, lost: 2, delivered: row.delivered - 2, kept: false });

test.each([
  [ROW, /^RabbitMQ promised to deliver at least once, and kept it: all 10 accepted messages arrived, 1 messages? more/],
  [HTTP, /^HTTP promised to deliver at most once, and kept it: all 10 accepted messages arrived\.$/],
  [
    lost(ROW),
    /^RabbitMQ promised to deliver at least once, and did not keep it: 2 of 10 accepted messages were lost\.$/,
  ],
  [
    lost({ ...ROW, route: 'pubsub', mode: 'emulator', promise: { ...ROW.promise, durable: false } }),
    /^Google Pub\/Sub, Google’s emulator promised to deliver at least once as long as its server lives, .* 2 of 10 accepted/,
  ],
  [lost(HTTP), /^HTTP promised to deliver at most once, which allows for loss: 2 of 10 accepted messages were lost\.$/],
  [
    { ...HTTP, duplicated: 1 },
    /^HTTP promised .* did not keep it: 1 of 10 accepted messages arrived more than once\.$/,
  ],
  [{ ...lost(ROW), kept: null }, /nothing can be said of these\.$/],
  [{ ...ROW, accepted: 0, kept: null }, /^RabbitMQ accepted none of 12 messages/],
  [
    { ...ROW, kept: null, unavailable: 'The collector can’t be asked.' },
    /^Of the 10 messages that RabbitMQ accepted nobody knows how many arrived in the end\. The collector/,
  ],
  [
    { ...ROW, sent: 0, accepted: 0, unavailable: 'It is not installed.' },
    /^RabbitMQ took no part\. It is not installed\.$/,
  ],
])('what a route kept is one sentence (%#)', (row, sentence) => {
  expect(render(verdictOn(row))).toMatch(sentence);
});

test.each<[string, LoadResult, number]>([
  ['all is kept', RESULT, 0],
  ['one lost what it promised to deliver', { ...RESULT, routes: [HTTP, lost(ROW)] }, 1],
  ['one lost what it may lose', { ...RESULT, routes: [lost(HTTP), ROW] }, 0],
  ['one could not be had', { ...RESULT, routes: [{ ...ROW, unavailable: 'no' }] }, 3],
  ['it was interrupted', { ...RESULT, environment: { ...RESULT.environment, interrupted: true } }, 130],
])('when %s, the exit code says so', (_what, result, code) => {
  expect(loadExitCode(result, [], true)).toBe(code);
});

test('a route that was not named may be missing', () => {
  expect(loadExitCode({ ...RESULT, routes: [{ ...ROW, unavailable: 'no' }] }, [], false)).toBe(0);
});

const threshold = (more: Partial<LoadThreshold>): LoadThreshold => ({
  ...{ text: 't', route: 'rabbitmq', of: 'end-to-end', metric: 'p95', operator: '<', limitMs: 50 },
  ...more,
});
test.each<[Partial<LoadThreshold>, string]>([
  [{}, 'held'],
  [{ limitMs: 40 }, 'failed'],
  [{ limitMs: 40, operator: '<=' }, 'held'],
  [{ of: 'response', limitMs: 5 }, 'held'],
  [{ route: 'nats' }, 'unchecked'],
])('a threshold %j is %s', (more, verdict) => {
  const judged = judgeLoad(threshold(more), RESULT.routes);
  expect(judged.result).toBe(verdict);
  // One that nobody could check is no good news.
  expect(loadExitCode(RESULT, [judged], true)).toBe(verdict === 'held' ? 0 : 1);
});

test('the files have the columns of those of Locust', () => {
  const figures = new Map([['rabbitmq', { mean: 2.5, percentiles: [2, 2, 2, 2, 3, 4, 5, 5, 6, 6, 6] }]]);
  const files = Object.fromEntries(
    locustFiles({ result: RESULT, figures, points: POINTS }).map(({ name, text }) => [name, text.split('\r\n')]),
  );
  const percents = '50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%';
  const stats = files['bulkhead_stats.csv'] ?? [];
  expect(stats[0]).toBe(
    `Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,${percents}`,
  );
  expect(stats[2]).toBe('POST,rabbitmq,12,2,2,2.5,1,6,2,6,1,2,2,2,2,3,4,5,5,6,6,6');
  const history = files['bulkhead_stats_history.csv'] ?? [];
  expect(history[0]).toBe(
    `Timestamp,User Count,Type,Name,Requests/s,Failures/s,${percents},Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size`,
  );
  expect(history[2]?.split(',').slice(0, 8)).toEqual(['1767323047', '3', 'POST', 'rabbitmq', '6', '1', '2', 'N/A']);
  expect(history[2]?.split(',').slice(17, 19)).toEqual(['12', '2']);
  expect(files['bulkhead_failures.csv']).toEqual([
    'Method,Name,Error,Occurrences',
    'POST,rabbitmq,"503: ""away"", <now>",1',
    'POST,rabbitmq,No answer,1',
    '',
  ]);
});

test('the text has a table, a sentence for each route, reasons and events', () => {
  const lines = loadText(RESULT).split('\n');
  expect(lines[0]).toMatch(/^Route +Sent +Accepted/);
  expect(lines[2]).toMatch(/^RabbitMQ +12 +10 +9 +1 +1 +1 +0 +7 /);
  expect(lines).toContain('rabbitmq: 1 refused: 503: "away", <now>');
  expect(lines).toContain('1.5 s  RabbitMQ server killed <here>');
});

test('the report is one page that runs nothing, with its texts escaped and a line for each route', () => {
  const html = loadReportHtml(RESULT, POINTS);
  expect(html).not.toMatch(/<script|https?:/);
  expect(html).toContain('RabbitMQ server killed &#60;here&#62;');
  expect(html).not.toContain('<now>');
  expect(html.match(/<figure>/g)).toHaveLength(5);
  // Nobody tells what waits: no chart of it.
  const silent = POINTS.map(({ routes: { rabbitmq }, ...at }) => ({
    ...at,
    routes: { rabbitmq: { ...rabbitmq, queued: null } },
  }));
  expect(loadReportHtml(RESULT, silent).match(/<figure>/g)).toHaveLength(4);
  expect(html).not.toMatch(/NaN|undefined|Infinity/);
});

test('routes and modes are chosen by name', () => {
  const choose = (routes: string[] | null, modes = {}) => chooseRoutes({ routes, modes, thresholds: [] });
  expect(choose(['nats', 'nats', 'http'], { nats: 'jetstream' })).toEqual({
    chosen: [
      { route: 'nats', mode: 'jetstream' },
      { route: 'http', mode: 'direct' },
    ],
    named: true,
  });
  expect(choose(null)).toMatchObject({ named: false });
  expect(choose(['all'])).toMatchObject({ named: false });
  expect(choose(['all', 'pigeon'])).toMatchObject({ refused: { code: 'load.unknown-route' } });
  expect(choose(['pigeon'])).toMatchObject({ refused: { code: 'load.unknown-route' } });
  expect(choose(['http'], { nats: 'core' })).toMatchObject({ refused: { code: 'load.route-left-out' } });
  expect(choose(['nats'], { nats: 'wings' })).toMatchObject({ refused: { code: 'load.unknown-mode' } });
});
