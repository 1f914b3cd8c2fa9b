import type { BenchPartial } from './bench/progress';
import type { BenchView } from './bench-window/view';
import type { PageId } from './pages';
import type { ExportFormat } from './export-formats';
import type { ExportOutcome } from './ipc-contract';
import type { LoadUpdate } from './load/view';
import type { SampleBatch } from './sample-batch';
import type { Snapshot } from './snapshot';

/** What flows from the browser process to the shell over one MessagePort. */
export type FeedMessage =
  | { kind: 'snapshot'; snapshot: Snapshot }
  | { kind: 'samples'; nowNs: number; batches: SampleBatch[] }
  | { kind: 'export-progress'; progress: ExportProgress }
  | { kind: 'bench'; bench: BenchView }
  /** Figures of the benchmark that runs. */
  | { kind: 'bench-partial'; partial: BenchPartial }
  /** The routes and the load on them: at the opening of the feed, and after each change. */
  | { kind: 'load'; load: LoadUpdate }
  /** Draw a chart with the present window, scale and hidden lines for an export; answer with `chart:rendered`. */
  | { kind: 'render-chart'; requestId: number; view: ChartView; png: boolean; title: string }
  /** A menu item or shortcut that belongs to the shell. */
  | { kind: 'command'; command: ShellCommand }
  | { kind: 'show-page'; page: PageId };

/** `shown` is whichever of the two the person has open. */
export type ChartView = 'shown' | 'latency' | 'percentiles';

export type ShellCommand =
  | 'show-first-steps'
  | 'forget-settings'
  | 'new-tab'
  | 'close-tab'
  | 'focus-address'
  | 'toggle-pause'
  | 'show-export'
  | 'show-anatomy'
  | 'show-glossary'
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
