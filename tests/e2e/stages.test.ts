import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchResultSchema } from '../../src/shared/bench/schema';
import type { Sample } from '../../src/shared/measure/sample-columns';
import { STAGES, stagesOf } from '../../src/shared/measure/stages';
import { CommandUnderTest } from './support/command';

/** The pings of a benchmark's CSV. */
function pingsOf(csv: string) {
  const [header = [], ...rows] = csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  const numberOf = (row: string[], name: string) => {
    const text = row[header.indexOf(name)] ?? '';
    return text === '' ? Number.NaN : Number(text);
  };
  return rows.map((row) => ({
    fromIntendedNs: numberOf(row, 'rtt_from_intended_ns'),
    sample: {
      intendedNs: numberOf(row, 'intended_ns'),
      sentNs: numberOf(row, 'sent_ns'),
      rttNs: numberOf(row, 'rtt_ns'),
      wroteNs: numberOf(row, 'wrote_ns'),
      peerReadNs: numberOf(row, 'peer_read_ns'),
      peerTookNs: numberOf(row, 'peer_took_ns'),
      peerAnsweredNs: numberOf(row, 'peer_answered_ns'),
      peerWroteNs: numberOf(row, 'peer_wrote_ns'),
      readNs: numberOf(row, 'read_ns'),
      peerErrorNs: numberOf(row, 'peer_error_ns'),
    } satisfies Partial<Sample>,
  }));
}

test.each([
  ['fifo', ['--rate', '200', '--duration', '1'], STAGES.map(({ id }) => id)],
  [
    'message-port',
    ['-n', '200'],
    ['due-sent', 'sent-wrote', 'wrote-peerTook', 'peerTook-peerAnswered', 'peerAnswered-peerWrote', 'peerWrote-done'],
  ],
])('bench --anatomy over %s: the stages of each ping add up to its round trip', async (method, pace, seen) => {
  const command = CommandUnderTest.start(
    ...['bench', '--anatomy', '--method', method, ...pace, '--rounds', '1', '--warmup', '20', '--no-floor'],
    ...['--json', 'out/all.json', '--csv', 'out/all.csv'],
  );
  const { code, err } = await command.ended;
  expect(code, err).toBe(0);
  const folder = join(command.home, 'out');
  const pings = pingsOf(readFileSync(join(folder, 'all.csv'), 'utf8'));
  expect(pings).toHaveLength(200);
  for (const { sample, fromIntendedNs } of pings) {
    const stages = stagesOf(sample);
    expect(stages.reduce((sum, { ns }) => sum + ns, 0)).toBe(fromIntendedNs);
    expect(Math.min(...stages.map(({ ns }) => ns))).toBeGreaterThanOrEqual(0);
  }
  const [run] = benchResultSchema.parse(JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8'))).runs;
  expect(run?.detail?.anatomy?.p50.stages.map(({ id }) => id)).toEqual(seen);
  expect(run?.detail?.anatomy?.sentences).toHaveLength(4);
});
