import { words } from '../messages/message';
import type { CutChannel, CutRecording } from '../recording/cut';
import { TRANSPORTS } from '../transport-catalog';
import { lifeAt, livesOf } from './process-lives';
import type { Trace, TraceChannel, TraceCounter, TraceProcess } from './trace';

/** A trace holds the newest minute: a viewer takes it whole into memory. */
export const TRACE_SECONDS = 60;
/** And less of it when there are more pings than this, about 60 MB of text. */
export const MOST_PINGS = 50_000;

/** Which stretch of a recording its trace holds. */
export interface TraceExtent {
  fromNs: number;
  toNs: number;
  pings: number;
}

/** The newest minute, or so much of it that there aren't too many pings. */
export function traceExtent({ channels, endedAtNs }: Pick<CutRecording, 'channels' | 'endedAtNs'>): TraceExtent {
  let lengthNs = TRACE_SECONDS * 1e9;
  for (;;) {
    const fromNs = Math.max(0, endedAtNs - lengthNs);
    const pings = channels.reduce((sum, channel) => sum + channel.countSince(fromNs), 0);
    if (pings <= MOST_PINGS || lengthNs < 1e6) return { fromNs, toNs: endedAtNs, pings };
    lengthNs /= 2;
  }
}

/** The newest minute of a live recording. */
export function recordingTrace(recording: CutRecording): Trace {
  const extent = traceExtent(recording);
  const { fromNs, toNs } = extent;
  const lives = livesOf(recording);
  const browserPid = recording.processes[0]?.pid ?? 0;
  // Rows of one thread stand together.
  const measured = recording.channels
    .filter((channel) => channel.countSince(fromNs) > 0)
    .toSorted((a, b) => Number(a.thread === 'worker') - Number(b.thread === 'worker'));
  const events = recording.events.filter(({ tNs }) => tNs >= fromNs);
  const channels = measured.map((channel) =>
    channelOf(channel, extent, browserPid, (tNs) => lifeAt(lives, channel.process.id, tNs)),
  );
  const processes: TraceProcess[] = recording.processes.flatMap(({ id, name, kind }) => {
    const those = lives.filter((life) => life.processId === id && life.untilNs >= fromNs);
    return those.map(({ pid }) => ({ pid, name, kind }));
  });
  return {
    about: {
      format: 'bulkhead-trace',
      version: 1,
      bulkhead: recording.environment.bulkhead,
      recording_began_at: recording.beganAt,
      // Those of `ts`, which count from the recording's beginning.
      from_us: fromNs / 1000,
      to_us: toNs / 1000,
      bounds: words('trace.bounds', { seconds: TRACE_SECONDS, pings: MOST_PINGS }),
      environment: recording.environment,
      settings: recording.settings,
    },
    processes,
    channels,
    instants: events.map(({ tNs, processId, label, detail }) => ({
      tNs,
      pid: processId === null ? null : lifeAt(lives, processId, tNs),
      name: label,
      detail,
    })),
    counters: counters(recording, fromNs, new Set(processes.map(({ pid }) => pid)), browserPid),
  };
}

function channelOf(
  channel: CutChannel,
  { fromNs }: TraceExtent,
  nearPid: number,
  farPid: TraceChannel['farPid'],
): TraceChannel {
  const peer = words(channel.process.kind === 'plugin' ? 'trace.plugin' : 'trace.page');
  // What can be in a thread apart is so at both ends.
  const apart = channel.thread === 'worker';
  return {
    ...{ name: channel.label, nearPid, farPid, peer },
    nearThread: words(apart ? 'trace.measuring-thread' : 'trace.main-thread'),
    farThread: words(apart ? 'trace.answering-thread' : 'trace.main-thread'),
    samples: () => channel.samples(fromNs),
  };
}

/** The floors stand at the browser process, beside the round trips that are held against them. */
function* counters(
  { cpu, floorSeries }: CutRecording,
  fromNs: number,
  shown: ReadonlySet<number>,
  browserPid: number,
): Generator<TraceCounter> {
  for (const { transports, samples } of floorSeries) {
    const floor = words('trace.floor', { transports: transports.map((id) => TRANSPORTS[id].title).join(' · ') });
    for (const { sentNs, rttNs } of samples(fromNs))
      yield {
        ...{ tNs: sentNs + rttNs, pid: browserPid, name: floor },
        ...{ unit: words('trace.round-trip-unit'), value: rttNs / 1000 },
      };
  }
  const name = words('trace.cpu');
  const unit = words('trace.cpu-unit');
  for (const { tNs, pid, cpuPercent } of cpu)
    if (tNs >= fromNs && shown.has(pid)) yield { tNs, pid, name, unit, value: cpuPercent };
}
