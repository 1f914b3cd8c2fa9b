import { expect, test } from 'vitest';
import { readFailures, readHistory, readStats } from './tables';

test('statistics', () => {
  const text = [
    'Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,99%,99.9%,100%',
    'POST,nats,900,3,4,5.25,1.5,80.1,3.0,90.5,0.3,4,22,N/A,80',
    ',Aggregated,900,3,4,5.25,1.5,80.1,3.0,90.5,0.3,4,22,70,80',
    '',
  ].join('\r\n');
  const rows = readStats(text);
  expect(rows.map(({ name }) => name)).toEqual(['nats', 'Aggregated']);
  expect(rows[0]).toEqual({
    name: 'nats',
    requests: 900,
    failures: 3,
    requestsPerSecond: 90.5,
    failuresPerSecond: 0.3,
    responseMs: { min: 1.5, mean: 5.25, max: 80.1, percentiles: { p50: 4, p99: 22, 'p99.9': null, p100: 80 } },
  });
});

test('history', () => {
  const text =
    'Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,Total Request Count,Total Failure Count\n1700000000,5,POST,nats,12.5,0,N/A,40,2\n';
  expect(readHistory(text)).toEqual([
    {
      atS: 1_700_000_000,
      name: 'nats',
      users: 5,
      requestsPerSecond: 12.5,
      failuresPerSecond: 0,
      requests: 40,
      failures: 2,
      percentiles: { p50: null },
    },
  ]);
});

test('failures, with commas, quotes and line ends in their reasons', () => {
  const text = 'Method,Name,Error,Occurrences\r\nPOST,nats,"503: ""away"", it says,\nagain",4\r\nPOST,http,502,1\r\n';
  expect(readFailures(text)).toEqual([
    { name: 'nats', error: '503: "away", it says,\nagain', occurrences: 4 },
    { name: 'http', error: '502', occurrences: 1 },
  ]);
});

test('an empty table has no rows', () => {
  expect(readFailures('Method,Name,Error,Occurrences\r\n')).toEqual([]);
  expect(readStats('')).toEqual([]);
});
