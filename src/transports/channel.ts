import { randomBytes } from 'node:crypto';
import { DisposableStore, Emitter, type Unsubscribe } from '../shared/emitter';
import {
  FRAME_REJECTIONS,
  FRAME_TICK_MS,
  type Frame,
  frameReader,
  type FrameRejection,
  type FrameType,
  FrameWriter,
  type Stamping,
  StreamDeframer,
} from '../shared/frame';
import { STAMP_TRAILER_BYTES } from '../shared/stamp-trailer';
import type { PingPath, SendOutcome } from '../shared/measure/probe';
import type { TransportInfo } from '../shared/transport-catalog';
import type { Message } from '../shared/messages/message';
import type { Link } from './link';

export interface ChannelCounters {
  /** Frames handed to the transport. */
  sent: number;
  /** Frames that the transport had no room for. */
  refused: number;
  received: number;
  /** Bytes that came in and were no frame of this channel, by reason; unauthenticated peers at the meeting place are `foreign`. */
  rejected: Record<FrameRejection, number>;
}

export function newRunKey(): Uint8Array {
  return new Uint8Array(randomBytes(8));
}

/** One open, framed, two-way path to one peer over one transport. */
export class Channel implements PingPath {
  readonly info: TransportInfo;
  readonly counters: ChannelCounters = {
    sent: 0,
    refused: 0,
    received: 0,
    rejected: Object.fromEntries(FRAME_REJECTIONS.map((rejection) => [rejection, 0])) as Record<FrameRejection, number>,
  };
  readonly #link: Link;
  readonly #frames = new Emitter<Frame>();
  readonly #closed = new Emitter<Message>();
  readonly #rejections = new Emitter<FrameRejection>();
  readonly #disposables = new DisposableStore();
  readonly #writer: FrameWriter;
  #stampsReads = false;

  constructor(info: TransportInfo, link: Link, runKey: Uint8Array) {
    this.info = info;
    this.#link = link;
    this.#writer = new FrameWriter(runKey);
    this.#disposables.add(link.onClose((reason) => this.#closed.emit(reason)));
    this.#disposables.add(
      link.onBytes(info.framing === 'stream' ? this.#streamReader(runKey) : this.#messageReader(runKey)),
    );
    const offUnauthenticatedPeer = link.onUnauthenticatedPeer?.(() => this.#reject('foreign'));
    if (offUnauthenticatedPeer !== undefined) this.#disposables.add(offUnauthenticatedPeer);
    this.#disposables.add(() => link.close());
  }

  get rejectedTotal(): number {
    return Object.values(this.counters.rejected).reduce((sum, count) => sum + count, 0);
  }

  /** Hears every sound frame of this channel. Its payload is valid until the listener returns. */
  onFrame(listener: (frame: Frame) => void): Unsubscribe {
    return this.#frames.on(listener);
  }

  onClose(listener: (reason: Message) => void): Unsubscribe {
    return this.#closed.on(listener);
  }

  /** Hears of everything that came in and was no frame of this channel, once it is counted. */
  onRejection(listener: (rejection: FrameRejection) => void): Unsubscribe {
    return this.#rejections.on(listener);
  }

  /** As `send`; but a payload that is too large, which a person may have set for all channels at once, is refused. */
  sendPing(sequence: number, payload: Uint8Array, asksForStamps = false): SendOutcome {
    if (payload.byteLength > this.info.maxPayloadBytes) {
      this.counters.refused += 1;
      return 'refused';
    }
    return this.send('ping', sequence, payload, asksForStamps ? 'ask' : null);
  }

  /** From now on frames say when they were read, where that can be seen; or no longer. */
  stampReads(on: boolean): void {
    if (on === this.#stampsReads) return;
    this.#stampsReads = on;
    this.#link.stampReads?.(on);
  }

  /**
   * Stamps for which the largest frame has no room are left away.
   *
   * @throws RangeError when the payload is larger than the transport's stated maximum.
   */
  send(type: FrameType, sequence: number, payload: Uint8Array, stamping: Stamping = null): SendOutcome {
    if (payload.byteLength > this.info.maxPayloadBytes) {
      throw new RangeError(
        `${this.info.title} carries at most ${this.info.maxPayloadBytes} bytes of payload, not ${payload.byteLength}. Send less, or in parts.`,
      );
    }
    if (this.#disposables.disposed) return 'closed';
    const told =
      type === 'pong' && payload.byteLength + STAMP_TRAILER_BYTES > this.info.maxPayloadBytes ? null : stamping;
    const outcome = this.#link.send(this.#writer.write(type, sequence, payload, told));
    if (outcome === 'sent') this.counters.sent += 1;
    else if (outcome === 'refused') this.counters.refused += 1;
    return outcome;
  }

  /** Closes this end. A second call does nothing. */
  close(): void {
    this.#disposables.dispose();
    this.#frames.clear();
    this.#closed.clear();
    this.#rejections.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #messageReader(runKey: Uint8Array): (bytes: Uint8Array) => void {
    const read = frameReader(runKey, this.info.maxPayloadBytes);
    return (bytes) => {
      const decoded = read(bytes);
      if (decoded.ok) this.#deliver(decoded.frame);
      else this.#reject(decoded.rejection);
    };
  }

  #streamReader(runKey: Uint8Array): (bytes: Uint8Array) => void {
    const deframer = new StreamDeframer(
      runKey,
      this.info.maxPayloadBytes,
      (frame) => this.#deliver(frame),
      (rejection) => this.#reject(rejection),
    );
    // Armed while a frame is incomplete, and only then. It fires anew each time instead of at an interval: what comes in
    // is read between two ticks, however long this process was busy.
    let timer: NodeJS.Timeout | null = null;
    const arm = () => {
      timer = setTimeout(() => {
        deframer.tick();
        if (deframer.waiting && !this.#disposables.disposed) arm();
        else timer = null;
      }, FRAME_TICK_MS);
      timer.unref();
    };
    this.#disposables.add(() => {
      if (timer !== null) clearTimeout(timer);
    });
    return (bytes) => {
      deframer.push(bytes);
      if (timer === null && deframer.waiting && !this.#disposables.disposed) arm();
    };
  }

  #deliver(frame: Frame): void {
    this.counters.received += 1;
    if (this.#stampsReads) {
      const readAtNs = this.#link.readAtNs?.();
      if (readAtNs !== undefined) frame.readAtNs = readAtNs;
    }
    this.#frames.emit(frame);
  }

  #reject(rejection: FrameRejection): void {
    this.counters.rejected[rejection] += 1;
    this.#rejections.emit(rejection);
  }
}
