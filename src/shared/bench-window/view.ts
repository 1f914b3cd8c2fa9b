import type { BenchProgress } from '../bench/progress';
import type { Message } from '../messages/message';
import type { TransportId } from '../transport-catalog';

/** What the shell shows of the benchmark; sent whole whenever it changes. Results are fetched one by one. */
export interface BenchView {
  methods: BenchMethod[];
  run: BenchRunState;
  /** Kept, measured or opened, in order. */
  results: ResultSummary[];
  /** What could not be read or kept, for a person. */
  problems: readonly Message[];
}

export interface BenchMethod {
  id: TransportId;
  title: string;
  maxPayloadBytes: number;
  /** Why it can't be had on this machine, or null. */
  unavailable: Message | null;
}

export type BenchRunState =
  | { kind: 'idle'; last: LastRun }
  | {
      kind: 'running';
      /** Wall-clock milliseconds. */
      startedAtMs: number;
      keepLive: boolean;
      /** The person pressed Stop. */
      stopping: boolean;
      /** Null before the first step. */
      progress: BenchProgress | null;
    };

/** What came of the latest run of this session. */
export type LastRun =
  | { kind: 'none' }
  | { kind: 'measured'; resultId: number }
  /** Stopped before anything was measured. */
  | { kind: 'nothing' }
  | { kind: 'failed'; reason: Message };

export interface ResultSummary {
  id: number;
  /** `12:34:56 · fifo, tcp`, the name of the file, or what the person calls it. */
  name: string;
  note: string;
  /** On disk, until it is deleted. */
  kept: boolean;
  /** Where it was opened from, or null: it was measured here. */
  path: string | null;
  /** ISO 8601. */
  beganAt: string;
  interrupted: boolean;
  /** Rows with figures, of all. */
  measured: number;
  runs: number;
}

export type OpenOutcome =
  | { status: 'opened'; ids: number[] }
  | { status: 'cancelled' }
  | { status: 'failed'; message: Message };
