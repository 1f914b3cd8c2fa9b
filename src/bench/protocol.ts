import type { ClockFacts } from '../shared/bench/clock-check';
import type { EarlyEnd, Round, SampleColumns } from '../shared/bench/round-samples';
import type { Ticket } from '../shared/control';
import type { ClockOrigin } from '../shared/clock';
import type { TransportId } from '../shared/transport-catalog';
import type { RoundSettings } from './measure/round-runner';

/**
 * What the browser process and a benchmark's children tell each other over `parentPort`, and a pinger and a child of its
 * own over Node's channel between them. Frames ride beside it.
 */

export type ToPinger =
  /** Pin yourself, then make the meeting place. A message port comes along, for transports that want one. */
  | {
      kind: 'prepare';
      /** The zero of the browser process's clock: rounds of all pingers are on it. */
      clock: ClockOrigin;
      transport: TransportId;
      directory: string;
      name: string;
      cpus: number[] | null;
      /** The program of the child, for transports that lead to one. */
      childEntry: string;
    }
  /** Hand your child the ticket: it is the answerer. */
  | { kind: 'connect-child'; ticket: Ticket; cpus: number[] | null }
  | { kind: 'measure'; settings: RoundSettings }
  /** Send what there is. */
  | { kind: 'stop'; end: EarlyEnd }
  | { kind: 'shutdown' };

export type FromPinger =
  | { kind: 'ready' }
  | { kind: 'prepared'; ticket: Ticket; wantsPort: boolean }
  | { kind: 'child-connected' }
  | { kind: 'progress'; settled: number }
  /** A piece of the samples, in order; all come before `measured`. */
  | { kind: 'samples'; columns: SampleColumns }
  | { kind: 'measured'; round: Omit<Round, 'samples'>; clock: ClockFacts }
  | { kind: 'failed'; reason: string };

export type ToAnswerer =
  /** Pin yourself, then open your end. */
  { kind: 'connect'; clock: ClockOrigin; ticket: Ticket; cpus: number[] | null } | { kind: 'shutdown' };

export type FromAnswerer = { kind: 'ready' } | { kind: 'connected' } | { kind: 'failed'; reason: string };
