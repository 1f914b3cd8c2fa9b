import { SampleLog } from '../../src/shared/measure/sample-log';
import { type CutChannel, type CutRecording, cutSamples, freezeSamples } from '../../src/shared/recording/cut';
import { recordedEvent, recordedIncident } from '../../src/shared/recording/told';
import { say } from '../../src/shared/messages/message';

/** A small recording of every kind of sample, event and incident, for the tests of what is written from one. */

export const NOW_NS = 60e9;
const CAUSE = { exitCode: null, signal: 'SIGSEGV' };

/** Answered, lost in each way, skipped, and one still pending, which no recording holds. */
export function exampleLog(): SampleLog {
  const log = new SampleLog();
  const add = (outcome: Parameters<SampleLog['settle']>[1] | 'pending', rttNs = Number.NaN) => {
    const intendedNs = NOW_NS - 1e9 + log.next * 50e6;
    const sequence = log.append(intendedNs, 64, log.next === 1);
    if (outcome !== 'refused' && outcome !== 'window-full') log.markSent(sequence, intendedNs + 1500);
    if (outcome !== 'pending') log.settle(sequence, outcome, rttNs);
  };
  add('answered', 93_400);
  add('answered', 120_000);
  add('timeout');
  add('refused');
  add('window-full');
  add('peer-gone');
  add('skipped');
  add('pending');
  add('answered', 80_001);
  return log;
}

export async function exampleChannel(name = 'echo', log = exampleLog()): Promise<CutChannel> {
  return {
    id: `plugin:${name}/message-port`,
    label: `${name} · Message port`,
    process: { id: `plugin:${name}`, kind: 'plugin', name },
    transport: 'message-port',
    totals: { sent: 6, answered: 3, lost: 4, skipped: 1, late: 0, duplicate: 0, reordered: 0, rejected: 2 },
    ...(await cutSamples(freezeSamples(log, NOW_NS), () => Promise.resolve())),
  };
}

export function exampleRecording(channels: CutChannel[]): CutRecording {
  const termination = {
    reason: 'crashed' as const,
    exitCode: null,
    signal: 'SIGSEGV',
    pid: 4242,
    uptimeMs: 1234.5,
    atMs: 1_700_000_000_000,
    requested: false,
  };
  return {
    format: 'bulkhead-recording',
    version: 2,
    beganAt: '2026-01-31T12:00:00.000Z',
    endedAtNs: NOW_NS,
    environment: {
      bulkhead: '0.1.0',
      electron: '33.4.11',
      chrome: '130.0.0.0',
      node: '20.18.3',
      v8: '13.0',
      runtimeOrigin: 'downloaded',
      runtimeDetail: 'the official runtime',
      runtimeSupported: true,
      os: 'linux 6.1.0 x64',
      cpu: 'A processor',
      cores: 2,
      memoryBytes: 8 * 1024 ** 3,
      sandboxed: true,
      headless: false,
    },
    settings: { ratePerSecond: 20, payloadBytes: 64, timeoutMs: 1000 },
    events: [
      recordedEvent({
        id: 1,
        kind: 'crash',
        tNs: 59e9,
        processId: 'plugin:digest',
        label: say('event.ended', { name: 'digest', how: say('termination.crashed', CAUSE) }),
        detail: say('event.pid', { pid: 4242 }),
        termination,
      }),
    ],
    incidents: [
      recordedIncident({
        id: 1,
        eventId: 1,
        processId: 'plugin:digest',
        processName: 'digest',
        how: say('termination.crashed', CAUSE),
        atNs: 59e9,
        startKnownFrom: 'notice',
        noticedNs: 59e9,
        windowNs: 5e9,
        status: 'final',
        survivors: [
          {
            channelId: 'plugin:echo/message-port',
            label: 'echo · Message port',
            answeredBefore: 100,
            answeredAfter: 99,
            lost: 1,
            p50BeforeNs: 90_000,
            p50AfterNs: 95_000,
            p99BeforeNs: 200_000,
            p99AfterNs: 2_000_000,
            comparison: { kind: 'compared', p50LimitNs: 12_000, p99LimitNs: 400_000 },
          },
        ],
        survivorsLost: 1,
        verdict: {
          kind: 'slowed',
          slower: [
            {
              channelId: 'plugin:echo/message-port',
              label: 'echo · Message port',
              percentile: 'p99',
              changeNs: 1_800_000,
            },
          ],
          channels: 1,
          comparisons: 11,
        },
        measuredAgainAfterNs: 1_250_000_000,
      }),
    ],
    floors: [{ transport: 'fifo', payloadBytes: 64, p50: 9000, p99: 31_000 }],
    channels,
    floorSeries: [],
    processes: [
      { id: 'browser', name: 'Browser', kind: 'browser', pid: 100 },
      { id: 'plugin:echo', name: 'echo', kind: 'plugin', pid: 200 },
      { id: 'plugin:digest', name: 'digest', kind: 'plugin', pid: 300 },
    ],
    cpu: [
      { tNs: 58e9, pid: 100, cpuPercent: 12.5 },
      { tNs: 59.5e9, pid: 100, cpuPercent: 25 },
    ],
  };
}
