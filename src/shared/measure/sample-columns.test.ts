import { expect, test } from 'vitest';
import {
  readSampleColumnsTable,
  sampleColumnsTable,
  writeSampleColumnsTable,
} from '../../../tests/docs/sample-columns';
import {
  CSV_COLUMNS,
  csvText,
  newColumns,
  putSample,
  readRoundSample,
  readSample,
  ROUND_CSV_COLUMNS,
  type Sample,
  SAMPLE_COLUMNS,
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
  const row = (sample: Sample) => CSV_COLUMNS.map((name) => `${SAMPLE_COLUMNS[name].csv}=${csvText(name, sample)}`);
  expect(row(SAMPLE)).toEqual([
    'seq=7',
    'intended_ns=1000',
    'sent_ns=1005',
    'rtt_ns=42',
    'rtt_from_intended_ns=47',
    'outcome=answered',
    'payload_bytes=64',
    'hidden=1',
  ]);
  expect(row(NEVER_SENT).slice(2, 5)).toEqual(['sent_ns=', 'rtt_ns=', 'rtt_from_intended_ns=']);
});

test('CSV of a round has what a round keeps, and what follows from that', () => {
  expect(ROUND_CSV_COLUMNS).toEqual(['intendedNs', 'sentNs', 'rttNs', 'rttFromIntendedNs', 'outcome']);
});

test('docs/measuring.md has the columns of the table (UPDATE_DOCS=1 writes it anew)', () => {
  if (process.env['UPDATE_DOCS'] === '1') writeSampleColumnsTable();
  expect(readSampleColumnsTable()).toBe(sampleColumnsTable());
});
