import type { Ticket } from '../../shared/control';
import type { ClockOrigin } from '../../shared/clock';
import type { Message } from '../../shared/messages/message';
import type { ProbeSettings } from '../../shared/probe-settings';
import type { TransportId } from '../../shared/transport-catalog';
import type { SharedRing } from './record-ring';

/** What the main thread and the measuring thread tell each other, now and then; pings are records of a ring. */

/** Comes with the thread's start. */
export interface ThreadData {
  clock: ClockOrigin;
  ring: SharedRing;
}

/** `channel` is a channel's number, `opening` that of its opening. */
export type ToMeasuringThread =
  | { kind: 'add'; channel: number; transport: TransportId; phase: number; settings: ProbeSettings }
  | { kind: 'listen'; channel: number; opening: number; directory: string; name: string }
  /** The peer is there. */
  | { kind: 'start'; channel: number; opening: number }
  /** Pings under way end like this. Answered with `closed`. */
  | { kind: 'close'; channel: number; opening: number; outcome: 'peer-gone' | 'skipped' }
  | { kind: 'configure'; channel: number; settings: ProbeSettings }
  /** Close everything; the thread ends once that is done. */
  | { kind: 'end' };

export type FromMeasuringThread =
  | { kind: 'listening'; channel: number; opening: number; ticket: Ticket }
  | { kind: 'failed'; channel: number; opening: number; reason: Message }
  /** It closed by itself. */
  | { kind: 'broken'; channel: number; opening: number; reason: Message }
  /** One that was asked to close; what was under way is in the ring. */
  | { kind: 'closed' }
  | { kind: 'stalled'; durationMs: number }
  /** An error that nobody caught. */
  | { kind: 'bug'; error: unknown };
