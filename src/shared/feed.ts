import type { BenchView } from './bench-window/view';
import type { PageId } from './pages';
import type { ExportFormat } from './export-formats';
import type { ExportOutcome } from './ipc-contract';
import type { Snapshot } from './snapshot';

/** What flows from the browser process to the shell over one MessagePort. */
export type FeedMessage =
  | { kind: 'snapshot'; snapshot: Snapshot }
  | { kind: 'samples'; nowNs: number; batches: SampleBatch[] }
  | { kind: 'export-progress'; progress: ExportProgress }
  | { kind: 'bench'; bench: BenchView }
  /** Draw a chart with the present window, scale and hidden lines for an export; answer with `chart:rendered`. */
  | { kind: 'render-chart'; requestId: number; view: ChartView; png: boolean; title: string }
  /** A menu item or shortcut that belongs to the shell. */
  | { kind: 'command'; command: ShellCommand }
  | { kind: 'show-page'; page: PageId };

/** `shown` is whichever of the two the person has open. */
export type ChartView = 'shown' | 'latency' | 'percentiles';

export type ShellCommand =
  | 'new-tab'
  | 'close-tab'
  | 'focus-address'
  | 'toggle-pause'
  | 'show-export'
  | 'show-about'
  | 'copy-chart'
  | 'copy-table';

export interface ExportProgress {
  jobId: number;
  format: ExportFormat;
  /** Rows written so far and in all; total 0 while it is not known. */
  done: number;
  total: number;
  /** How it went, once it is over: also for exports that a menu item or shortcut began. */
  outcome: ExportOutcome | null;
}

/** The samples of one channel that settled since the last batch (every 100 ms). Arrays of one length. */
export interface SampleBatch {
  channelId: string;
  /** Sequence numbers; not always rising within a batch, because losses settle late. */
  seq: Uint32Array;
  /** Nanoseconds since the recording began: when the ping was meant to be sent. */
  intendedNs: Float64Array;
  /** … and when it was. NaN when it never was. */
  sentNs: Float64Array;
  /** Round trip in nanoseconds from the actual send; NaN when lost. */
  rttNs: Float64Array;
}
