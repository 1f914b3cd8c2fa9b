import { PingFigures } from '../../shared/measure/ping-figures';
import { SampleLog } from '../../shared/measure/sample-log';
import { type Message, MessageError } from '../../shared/messages/message';
import type { ProbeSettings } from '../../shared/probe-settings';
import type { MeetingContext, MeetingPlace, NearEnd } from '../channels/near-end';
import { nowNs } from '../clock';
import type { FromMeasuringThread, ToMeasuringThread } from './messages';
import type { RecordTaker } from './ping-records';

/** What of the thread's words is about one opening. */
type Said = Extract<FromMeasuringThread, { kind: 'listening' | 'failed' | 'broken' }>;

/** A near end in the measuring thread, as this thread has it: its log and figures, and how to tell it. */
export class ThreadEnd implements NearEnd, RecordTaker {
  readonly thread = 'worker';
  readonly figures = new PingFigures(new SampleLog(), nowNs);
  rejected = 0;
  readonly #number: number;
  readonly #tell: (message: ToMeasuringThread) => void;
  #opening = 0;
  #isOpen = false;
  #settleListen: { resolve: (place: MeetingPlace | null) => void; reject: (error: Error) => void } | null = null;
  #broken: (reason: Message) => void = () => undefined;

  constructor(channel: number, tell: (message: ToMeasuringThread) => void) {
    this.#number = channel;
    this.#tell = tell;
  }

  listen({ directory, name }: MeetingContext): Promise<MeetingPlace | null> {
    this.#opening += 1;
    this.#isOpen = true;
    this.#tell({ kind: 'listen', channel: this.#number, opening: this.#opening, directory, name });
    return new Promise((resolve, reject) => (this.#settleListen = { resolve, reject }));
  }

  start(broken: (reason: Message) => void): void {
    this.#broken = broken;
    this.#tell({ kind: 'start', channel: this.#number, opening: this.#opening });
  }

  close(outcome: 'peer-gone' | 'skipped'): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#opening += 1;
    this.#settleListen?.resolve(null);
    this.#settleListen = null;
    this.#tell({ kind: 'close', channel: this.#number, opening: this.#opening, outcome });
  }

  configure(settings: ProbeSettings): void {
    this.#tell({ kind: 'configure', channel: this.#number, settings });
  }

  /** What is said of an earlier opening is not for the present one. */
  heard(said: Said): void {
    if (said.opening !== this.#opening) return;
    switch (said.kind) {
      case 'listening':
        this.#settleListen?.resolve({ ticket: said.ticket, ports: [] });
        this.#settleListen = null;
        break;
      case 'failed':
        this.#settleListen?.reject(new MessageError(said.reason));
        this.#settleListen = null;
        break;
      case 'broken':
        this.#broken(said.reason);
        break;
    }
  }
}
