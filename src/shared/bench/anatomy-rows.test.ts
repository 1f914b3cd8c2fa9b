import { expect, test } from 'vitest';
import { EMPTY_RESULT } from '../../main/bench-runs/fixtures';
import { ANATOMY_COLUMNS, anatomyRows } from './anatomy-rows';
import { CLOSED, recordOf, roundOf } from './fixtures';
import { emptyColumns, stampStore } from './round-samples';
import { runsCsv } from './report-csv';
import { benchReportHtml } from './report-html';
import { textReport } from './report-text';
import { resultOf } from './result';
import { benchResultSchema } from './schema';

/** Every fiftieth ping waits 800 µs for its peer's JavaScript to run. */
function stagedRound() {
  const round = roundOf(Array.from({ length: 400 }, (_, i) => (i % 50 === 0 ? 900_000 : 100_000 + i)));
  const samples = emptyColumns(400, true);
  const store = stampStore(samples, 0, 0);
  for (let at = 0; at < 400; at += 1) {
    for (const name of ['intendedNs', 'sentNs', 'rttNs', 'outcome'] as const)
      samples[name][at] = round.samples[name][at] as number;
    const [sent, rtt] = [samples.sentNs[at] as number, samples.rttNs[at] as number];
    store.stamp(at, 'wroteNs', sent + 10_000);
    store.stamp(at, 'peerTookNs', sent + rtt - 50_000);
    store.stamp(at, 'peerAnsweredNs', sent + rtt - 40_000);
  }
  return { ...round, samples };
}

const run = resultOf(recordOf([stagedRound()]), CLOSED);
const result = { ...EMPTY_RESULT, runs: [run] };
const plain = resultOf(recordOf([roundOf([1000, 2000])]), CLOSED);

test('a row for each stage, in order, with its time and share at p50, p90 and p99', () => {
  expect(anatomyRows(run).map(({ id }) => id)).toEqual([
    'due-sent',
    'sent-wrote',
    'wrote-peerTook',
    'peerTook-peerAnswered',
    'peerAnswered-done',
  ]);
  expect(anatomyRows(run)[1]?.parts.map((part) => part?.ns)).toEqual([10_000, 10_000, 10_000]);
  expect(anatomyRows(run)[2]?.parts[2]?.share).toBeGreaterThan(0.9);
  expect(anatomyRows(plain)).toEqual([]);
});

test('the text of one method has them as a table, that of several the sentences', () => {
  const text = textReport(result, () => 'Named pipe');
  expect(text).toContain('where the time goes');
  expect(text).toMatch(/p99: 9\d % waiting for the plugin’s JavaScript to run/);
  expect(text).toMatch(/our call that sent it +10\.0 µs/);
  expect(textReport({ ...EMPTY_RESULT, runs: [plain] }, () => '')).not.toContain('where the time goes');
  const table = textReport({ ...EMPTY_RESULT, runs: [run, { ...plain, method: 'tcp' }] }, () => '');
  expect(table).toMatch(/^fifo at 64 B, p99: 9\d % waiting/m);
});

test('CSV: columns of their own, empty where there are none', () => {
  const [head, row, other] = runsCsv([run, plain])
    .split('\r\n')
    .map((line) => line.split(','));
  const at = head?.indexOf('p50_sent_to_wrote_ns') ?? -1;
  expect([row?.[at], other?.[at]]).toEqual(['10000', '']);
  expect(Object.keys(ANATOMY_COLUMNS)).toContain('p99_wrote_to_peer_took_ns');
});

test('the report has bars and a table, and nothing where no stages were measured', () => {
  expect(benchResultSchema.safeParse(result).error).toBeUndefined();
  const html = benchReportHtml(result, null);
  expect(html).toContain('Where the time goes');
  expect(html.match(/<div class="stages">/g)).toHaveLength(3);
  expect(benchReportHtml({ ...EMPTY_RESULT, runs: [plain] }, null)).not.toContain('Where the time goes');
});
