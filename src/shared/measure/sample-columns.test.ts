import { expect, test } from 'vitest';
import {
  readSampleColumnsTable,
  sampleColumnsTable,
  writeSampleColumnsTable,
} from '../../../tests/docs/sample-columns';
import {
  csvColumns,
  csvFields,
  newColumns,
  putSample,
  readRoundSample,
  readSample,
  roundCsvColumns,
  type Sample,
  SAMPLE_COLUMNS,
  STAMP_COLUMNS,
} from './sample-columns';

const SAMPLE: Sample = {
  sequence: 7,
  intendedNs: 1000,
  sentNs: 1005,
  rttNs: 42,
  outcome: 'answered',
  payloadBytes: 64,
  hidden: true,
};
const NEVER_SENT: Sample = { ...SAMPLE, sentNs: Number.NaN, rttNs: Number.NaN, outcome: 'refused', hidden: false };

test.each([SAMPLE, NEVER_SENT])('what is put into the columns of a log is read from them', (sample) => {
  const columns = newColumns('log', 2);
  putSample('log', columns, 1, sample, 0);
  expect(readSample(columns, 1, 7)).toEqual(sample);
});

test('in a round times count from its beginning, and durations are what they are', () => {
  const columns = newColumns('round', 1);
  putSample('round', columns, 0, SAMPLE, 900);
  expect(readRoundSample(columns, 0)).toEqual({ intendedNs: 100, sentNs: 105, rttNs: 42, outcome: 'answered' });
});

test('stamps are kept where there is room for them', () => {
  const stamped = { ...SAMPLE, wroteNs: 1006, peerTookNs: 1020, peerErrorNs: 0 };
  const [without, room] = [newColumns('round', 1), newColumns('round', 1, true)];
  for (const columns of [without, room]) putSample('round', columns, 0, stamped, 900);
  expect(readRoundSample(without, 0)).not.toHaveProperty('wroteNs');
  expect(readRoundSample(room, 0)).toMatchObject({ wroteNs: 106, peerTookNs: 120, readNs: Number.NaN, peerErrorNs: 0 });
});

test('of a new sample no time is known', () => {
  expect(readSample(newColumns('log', 1), 0, 0)).toEqual({
    sequence: 0,
    intendedNs: Number.NaN,
    sentNs: Number.NaN,
    rttNs: Number.NaN,
    outcome: 'pending',
    payloadBytes: 0,
    hidden: false,
  });
});

test('CSV has every column once, and nothing where a value is missing', () => {
  expect(
    csvColumns(true)
      .map((name) => SAMPLE_COLUMNS[name].csv)
      .join(','),
  ).toBe(
    'seq,intended_ns,sent_ns,rtt_ns,rtt_from_intended_ns,outcome,payload_bytes,hidden,' +
      'wrote_ns,peer_read_ns,peer_took_ns,peer_answered_ns,peer_wrote_ns,read_ns,peer_error_ns',
  );
  expect(csvFields(csvColumns(false), SAMPLE)).toBe('7,1000,1005,42,47,answered,64,1');
  expect(csvFields(csvColumns(true), NEVER_SENT)).toBe('7,1000,,,,refused,64,0,,,,,,,');
  expect(csvFields(['sentNs', 'outcome'], NEVER_SENT)).toBe(',refused');
});

test('CSV of a round has what a round keeps, and what follows from that', () => {
  const without = ['intendedNs', 'sentNs', 'rttNs', 'rttFromIntendedNs', 'outcome'];
  expect(roundCsvColumns(false)).toEqual(without);
  expect(roundCsvColumns(true)).toEqual([...without, ...STAMP_COLUMNS]);
});

test('docs/measuring.md has the columns of the table (UPDATE_DOCS=1 writes it anew)', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeSampleColumnsTable();
  expect(readSampleColumnsTable()).toBe(sampleColumnsTable());
});
