import { percentilesOf } from '../measure/percentiles';
import { fromIntendedNs, type Sample } from '../measure/sample-columns';
import type { SampleLog } from '../measure/sample-log';
import type { ProcessKind } from '../snapshot';
import type { Recording, RecordedChannel, RecordedFloorSeries } from './schema';
import type { RecordedEvent, RecordedIncident } from './told';

/** Samples that are still in the log. */
interface CutSamples {
  sampleCount: number;
  /** Whether any has stage stamps. */
  stamped: boolean;
  /** All of them, or those that were due from this time on. */
  samples: (fromNs?: number) => Generator<Sample>;
  /** How many were due from this time on, those under way among them. */
  countSince: (fromNs: number) => number;
}

/** A channel of a recording that is being cut. */
export type CutChannel = Omit<RecordedChannel, 'samples'> & CutSamples;
/** A kernel floor of it. */
export type CutFloorSeries = Omit<RecordedFloorSeries, 'samples'> & CutSamples;

/** A process of a recording, for its trace. */
export interface CutProcess {
  id: string;
  name: string;
  kind: ProcessKind;
  /** Which one runs at the moment of the cut; null when none does. */
  pid: number | null;
}

/** What a process has used of one core, until this time. */
export interface CpuReading {
  tNs: number;
  pid: number;
  cpuPercent: number;
}

/** A recording as it stood at one moment, whose samples are read one by one: it may hold millions. */
export type CutRecording = Omit<Recording, 'channels' | 'floorSeries' | 'events' | 'incidents'> & {
  events: RecordedEvent[];
  incidents: RecordedIncident[];
  channels: CutChannel[];
  floorSeries: CutFloorSeries[];
  /** Not in the document: for the trace. The first is the browser process. */
  processes: CutProcess[];
  cpu: readonly CpuReading[];
};

/** The settled samples of one channel at the moment of the cut. */
export interface FrozenSamples {
  log: SampleLog;
  /** Sequence numbers that were under way: not in the recording, even if they settle while it is written. */
  pending: ReadonlySet<number>;
}

/** Samples looked at before the event loop gets a turn. */
const TURN_SAMPLES = 20_000;
/** No ping stays pending longer than the longest time limit, 10 s, and the timer's lateness. */
const LONGEST_PENDING_NS = 15e9;

/** Fixes what the log holds at this moment. Cheap: to be done for all channels in one turn. */
export function freezeSamples(log: SampleLog, nowNs: number): FrozenSamples {
  const frozen = log.freeze();
  const pending = new Set<number>();
  for (const sample of frozen.range(frozen.firstAtOrAfter(nowNs - LONGEST_PENDING_NS))) {
    if (sample.outcome === 'pending') pending.add(sample.sequence);
  }
  return { log: frozen, pending };
}

/**
 * Counts the samples and computes their exact percentiles, from these very samples, so that a person who recomputes
 * them from the export finds the same. `nextTurn` lets the event loop turn: there may be hundreds of thousands.
 */
export async function cutSamples(
  { log, pending }: FrozenSamples,
  nextTurn: () => Promise<void>,
): Promise<CutSamples & Pick<CutChannel, 'samplesOmitted' | 'fromSent' | 'fromIntended'>> {
  const sent: number[] = [];
  const intended: number[] = [];
  let sampleCount = 0;
  for (const sample of log.range()) {
    if (sample.sequence % TURN_SAMPLES === 0) await nextTurn();
    if (pending.has(sample.sequence)) continue;
    sampleCount += 1;
    if (sample.outcome !== 'answered') continue;
    sent.push(sample.rttNs);
    intended.push(fromIntendedNs(sample));
  }
  return {
    sampleCount,
    stamped: log.stamped,
    samplesOmitted: log.first,
    fromSent: percentilesOf(sent),
    fromIntended: percentilesOf(intended),
    *samples(fromNs = Number.NEGATIVE_INFINITY) {
      for (const sample of log.range(log.firstAtOrAfter(fromNs))) if (!pending.has(sample.sequence)) yield sample;
    },
    countSince: (fromNs) => log.next - log.firstAtOrAfter(fromNs),
  };
}
