import type { TerminationInfo } from './process-state';

/** What happened, as the charts label it. */
export type EventKind =
  | 'launched'
  | 'crash'
  | 'kill'
  | 'exit'
  | 'hang'
  | 'unresponsive'
  | 'responsive'
  | 'restart'
  | 'given-up'
  | 'stall'
  | 'settings'
  /** The run directory was removed, or made anew. */
  | 'directory'
  | 'benchmark';

/** Something that happened at a time: drawn on the charts and kept in the recording. */
export interface LabEvent {
  id: number;
  kind: EventKind;
  /** Nanoseconds since the recording began, on the browser process's monotonic clock. */
  tNs: number;
  /** The process it happened to, or null for the laboratory as a whole. */
  processId: string | null;
  /** Short label for a chart marker: `alpha.test crashed`. */
  label: string;
  /** One sentence more, for tooltips and tables. */
  detail: string;
  termination: TerminationInfo | null;
}

/** Whether a chart draws a marker for this kind by itself (the rest stand in the event list only). */
export function isMarked(kind: EventKind): boolean {
  switch (kind) {
    case 'crash':
    case 'kill':
    case 'exit':
    case 'hang':
    case 'unresponsive':
    case 'responsive':
    case 'restart':
    case 'given-up':
    case 'stall':
    case 'benchmark':
    case 'directory':
      return true;
    case 'launched':
    case 'settings':
      return false;
  }
}
