import type { ProbeSettings } from '../../shared/probe-settings';
import { Pinger } from '../../shared/measure/pinger';
import { SampleLog } from '../../shared/measure/sample-log';
import { type Message, saidBy } from '../../shared/messages/message';
import type { TransportId } from '../../shared/transport-catalog';
import { nowNs, sinceZeroNs } from '../../node/clock';
import type { Channel } from '../../transports/channel';
import { transports } from '../../transports/registry';
import type { Paced } from '../channels/pacer';
import type { FromMeasuringThread } from './messages';
import { PingRecorder } from './ping-records';
import type { RingWriter } from './record-ring';

/**
 * Pings that are under way have to be in it, no more: at the highest rate 20,000, when a catch-up of 10 s goes before the
 * longest time limit. The main thread has the log of all.
 */
const LOG_CAPACITY = 24_000;

export interface PacedEndOptions {
  channel: number;
  transport: TransportId;
  phase: number;
  settings: ProbeSettings;
}

/** A channel's near end in the measuring thread: sends, receives, and writes what becomes of it into the ring. */
export class PacedEnd implements Paced {
  readonly #number: number;
  readonly #transport: TransportId;
  readonly #ring: RingWriter;
  readonly #tell: (message: FromMeasuringThread) => void;
  readonly #recorder: PingRecorder;
  readonly #pinger: Pinger;
  #channel: Channel | null = null;
  #opening = 0;
  #rejectedBefore = 0;
  #rejectedTold = 0;

  constructor(
    { channel, transport, phase, settings }: PacedEndOptions,
    ring: RingWriter,
    tell: (message: FromMeasuringThread) => void,
  ) {
    this.#number = channel;
    this.#transport = transport;
    this.#ring = ring;
    this.#tell = tell;
    const log = new SampleLog(LOG_CAPACITY);
    this.#recorder = new PingRecorder(ring, log, channel);
    // What a page would be hidden in has its end in the main thread.
    const isHidden = () => false;
    this.#pinger = new Pinger({ clock: nowNs, sinceZeroNs, log, listener: this.#recorder, settings, phase, isHidden });
  }

  get nextDueNs(): number {
    return this.#pinger.nextDueNs;
  }

  get measuring(): boolean {
    return this.#pinger.measuring;
  }

  sendDue(): void {
    this.#pinger.sendDue();
  }

  expire(): void {
    this.#pinger.expire();
    this.#recorder.writeHeld();
    this.#tellRejected();
  }

  async listen(opening: number, directory: string, name: string): Promise<void> {
    this.#opening = opening;
    try {
      const { channel, ticket } = await transports[this.#transport].listen({ directory, name, createPortPair });
      if (opening !== this.#opening) return channel.close();
      this.#channel = channel;
      this.#tell({ kind: 'listening', channel: this.#number, opening, ticket });
    } catch (error) {
      if (opening === this.#opening)
        this.#tell({ kind: 'failed', channel: this.#number, opening, reason: saidBy(error) });
    }
  }

  start(opening: number): void {
    const channel = this.#channel;
    if (channel === null || opening !== this.#opening) return;
    channel.onFrame((frame) => this.#pinger.receive(frame));
    channel.onClose((reason: Message) => this.#tell({ kind: 'broken', channel: this.#number, opening, reason }));
    this.#pinger.start(channel);
  }

  /** Whatever is open, of this or an earlier opening, is closed. */
  close(opening: number, outcome: 'peer-gone' | 'skipped'): void {
    this.#opening = opening;
    this.#pinger.stop(outcome);
    if (this.#channel !== null) {
      this.#tellRejected();
      this.#rejectedBefore += this.#channel.rejectedTotal;
      this.#channel.close();
      this.#channel = null;
    }
    this.#ring.whenWritten(() => this.#tell({ kind: 'closed' }));
  }

  configure(settings: ProbeSettings): void {
    this.#pinger.configure(settings);
  }

  #tellRejected(): void {
    const rejected = this.#rejectedBefore + (this.#channel?.rejectedTotal ?? 0);
    if (rejected === this.#rejectedTold) return;
    this.#rejectedTold = rejected;
    this.#recorder.rejected(rejected);
  }
}

function createPortPair(): never {
  throw new Error('Chromium’s message ports stay in the main thread.');
}
