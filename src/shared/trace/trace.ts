import type { Sample, Stamps } from '../measure/sample-columns';

/** What a trace shows, wherever it was measured: processes, the pings between them, and what happened. Times are nanoseconds on one clock. */
export interface Trace {
  /** For whoever opens the file: versions, environment, which stretch of time. */
  about: Readonly<Record<string, unknown>>;
  /** In the order in which they are to stand. */
  processes: readonly TraceProcess[];
  channels: readonly TraceChannel[];
  instants: readonly TraceInstant[];
  counters: Iterable<TraceCounter>;
}

export interface TraceProcess {
  pid: number;
  name: string;
  /** What it is: `plugin`. */
  kind: string;
}

export interface TraceChannel {
  name: string;
  /** The process that pings. */
  nearPid: number;
  /** In which of its threads, by name. */
  nearThread: string;
  /** The process that answers at this time; null when there is none, or it isn't known. */
  farPid: (atNs: number) => number | null;
  farThread: string;
  /** What answers, in one word: `plugin`. */
  peer: string;
  samples: () => Iterable<TraceSample>;
}

export type TraceSample = Pick<Sample, 'sequence' | 'intendedNs' | 'sentNs' | 'rttNs' | 'outcome'> & Partial<Stamps>;

/** Something that happened, to a process, or with `pid` null to all of them. */
export interface TraceInstant {
  tNs: number;
  pid: number | null;
  name: string;
  detail: string;
}

/** A value of a process from this time on. */
export interface TraceCounter {
  tNs: number;
  pid: number;
  name: string;
  unit: string;
  value: number;
}
