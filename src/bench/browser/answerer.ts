import type { MessagePortMain } from 'electron';
import type { Ticket } from '../../shared/control';
import type { Invokes } from '../../transports/ipc-invoke/invokes';

/** The answering end of one step. It takes no time. */
export interface Answerer {
  /** Its invokes, where it is a renderer. */
  readonly invokes: Invokes | undefined;
  /** Null before it has one, and where no process of its own answers. */
  readonly pid: number | null;
  ready(): Promise<void>;
  /** It takes its place and opens its end. */
  open(ticket: Ticket, ports: MessagePortMain[], cpus: number[] | null): Promise<void>;
  end(): Promise<void>;
  /** Rejects when it ends before it is told to; never resolves. */
  died(): Promise<never>;
}
