import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchResultSchema } from '../../src/shared/bench/schema';
import type { Sample } from '../../src/shared/measure/sample-columns';
import { STAGES, stagesOf } from '../../src/shared/measure/stages';
import { launchMeasuring, until } from './support/app';
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
  ['fifo', ['--rate', '200', '--duration', '1'], [200, 200] as const, STAGES.map(({ id }) => id)],
  [
    'message-port',
    ['-n', '2000'],
    // Of a closed loop the first 32, and then one in 32.
    [2000, 93] as const,
    ['due-sent', 'sent-wrote', 'wrote-peerTook', 'peerTook-peerAnswered', 'peerAnswered-peerWrote', 'peerWrote-done'],
  ],
])(
  'bench --anatomy over %s: the stages of each ping add up to its round trip',
  async (method, pace, [all, asked], seen) => {
    const command = CommandUnderTest.start(
      ...['bench', '--anatomy', '--method', method, ...pace, '--rounds', '1', '--warmup', '20', '--no-floor'],
      ...['--json', 'out/all.json', '--csv', 'out/all.csv'],
    );
    const { code, err } = await command.ended;
    expect(code, err).toBe(0);
    const folder = join(command.home, 'out');
    const pings = pingsOf(readFileSync(join(folder, 'all.csv'), 'utf8'));
    expect(pings).toHaveLength(all);
    expect(pings.filter(({ sample }) => !Number.isNaN(sample.wroteNs))).toHaveLength(asked);
    for (const { sample, fromIntendedNs } of pings) {
      const stages = stagesOf(sample);
      expect(stages.reduce((sum, { ns }) => sum + ns, 0)).toBe(fromIntendedNs);
      expect(Math.min(...stages.map(({ ns }) => ns))).toBeGreaterThanOrEqual(0);
    }
    const [run] = benchResultSchema.parse(JSON.parse(readFileSync(join(folder, 'all.json'), 'utf8'))).runs;
    expect(run?.detail?.anatomy?.taken_apart).toBe(asked);
    expect(run?.detail?.anatomy?.p50.stages.map(({ id }) => id)).toEqual(seen);
    expect(run?.detail?.anatomy?.sentences).toHaveLength(4);
  },
);

test('live: a plugin that works for its answer shows in that stage, one that is stopped in its waking', async () => {
  const app = await launchMeasuring();
  try {
    await app.request('probe:configure', { ratePerSecond: 50, payloadBytes: 32_000, timeoutMs: 5000, stages: true });
    const answered = async (id: string) => {
      const samples = (await app.recording()).channels.find((channel) => channel.id === id)?.samples;
      return (samples?.seq ?? []).flatMap((_, at) => {
        const of = (column: Array<number | null> | undefined) => column?.[at] ?? Number.NaN;
        const stages = stagesOf({
          intendedNs: samples?.intendedNs[at] ?? Number.NaN,
          sentNs: of(samples?.sentNs),
          rttNs: of(samples?.rttNs),
          wroteNs: of(samples?.wroteNs),
          peerReadNs: of(samples?.peerReadNs),
          peerTookNs: of(samples?.peerTookNs),
          peerAnsweredNs: of(samples?.peerAnsweredNs),
          peerWroteNs: of(samples?.peerWroteNs),
          readNs: of(samples?.readNs),
          peerErrorNs: of(samples?.peerErrorNs),
        });
        return stages.some(({ id: stage }) => stage === 'peerTook-peerAnswered') ? [stages] : [];
      });
    };
    await until(async () => expect((await answered('plugin:digest/fifo')).length).toBeGreaterThan(50));
    const least = (pings: Array<ReturnType<typeof stagesOf>>) =>
      Math.min(...pings.map((stages) => stages.find(({ id }) => id === 'peerTook-peerAnswered')?.ns ?? Infinity));
    expect(least(await answered('plugin:digest/fifo'))).toBeGreaterThan(3 * least(await answered('plugin:echo/fifo')));

    const pid = (await app.processPid('plugin:echo')) as number;
    process.kill(pid, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(pid, 'SIGCONT');
    await until(async () => {
      const longest = (await answered('plugin:echo/fifo'))
        .flat()
        .toSorted((a, b) => b.ns - a.ns)
        .at(0);
      expect(longest?.from).toBe('wrote');
      expect(longest?.ns).toBeGreaterThan(100e6);
    });
  } finally {
    await app.close();
  }
});
