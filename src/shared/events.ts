import type { EventKind } from './event-kinds';
import type { Message } from './messages/message';
import type { TerminationInfo } from './process-state';

/** Something that happened at a time: drawn on the charts and kept in the recording. */
export interface LabEvent {
  id: number;
  kind: EventKind;
  /** Nanoseconds since the recording began, on the browser process's monotonic clock. */
  tNs: number;
  /** The process it happened to, or null for the laboratory as a whole. */
  processId: string | null;
  /** Short label for a chart marker: `alpha.test crashed`. */
  label: Message;
  /** One sentence more, for tooltips and tables. */
  detail: Message;
  termination: TerminationInfo | null;
}
