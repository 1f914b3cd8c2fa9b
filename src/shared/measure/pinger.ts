import type { Frame } from '../frame';
import type { ProbeSettings } from '../probe-settings';
import type { Outcome } from './outcome';
import { payloadOf } from './payload';
import type { SampleLog } from './sample-log';
import { takeStamps } from './take-stamps';

/** Monotonic nanoseconds since the recording began. */
export type Clock = () => number;

/** What came of handing a frame to a channel: on its way, refused because a queue is full, or no channel any more. */
export type SendOutcome = 'sent' | 'refused' | 'closed';

/** The part of a channel that a probe uses. */
export interface PingPath {
  sendPing(sequence: number, payload: Uint8Array, asksForStamps?: boolean): SendOutcome;
  /** See `Channel`. */
  stampReads?(on: boolean): void;
}

/** At most so many pings, and so many bytes, sent and not yet acknowledged: a hung peer must not fill memory. */
const WINDOW_PINGS = 2048;
const WINDOW_BYTES = 4 * 1024 * 1024;
/** Pings overdue by more than this are skipped: the machine slept, or the browser process stood still. */
const CATCH_UP_NS = 10e9;
/** Overdue pings go out so many in one turn: a burst would overflow queues that hold as few as ten messages. */
const CATCH_UP_PINGS = 4;
/**
 * Pings of all channels are due at instants about this far apart, those of one channel always at the same part of its
 * interval. Waking up costs more than sending: with many channels several pings go out in one turn, and come back in
 * fewer; with few, each has an instant of its own.
 */
const TURN_NS = 2.5e6;

/** Hears what a pinger does. Everything else about a ping is in its log by then. */
export interface PingListener {
  sent(sequence: number): void;
  /** It was answered or given up. */
  settled(sequence: number): void;
  /** So many pings were due, the first at `firstDueNs` and then each `intervalNs`, and at `nowNs` are not sent any more. */
  missed(count: number, firstDueNs: number, intervalNs: number, nowNs: number): void;
  counted(pong: OddPong): void;
  /** It had settled, and a further stamp of it was put down. */
  stamped?(sequence: number): void;
}

/** A pong after its time limit, a second one, one that was overtaken, one whose stamps can't be true. */
export type OddPong = 'late' | 'duplicate' | 'reordered' | 'illStamped';

export interface PingerOptions {
  clock: Clock;
  /** Puts a reading of the system's monotonic clock on `clock`. Without it nobody sees when a pong was read. */
  sinceZeroNs?: ((monotonicNs: number) => number) | undefined;
  /** Where its pings are written. */
  log: SampleLog;
  listener: PingListener;
  settings: ProbeSettings;
  /** 0 to 1: where in the interval, on the recording's clock, it sends, so that channels don't all queue up. */
  phase: number;
  /** Whether what is measured is hidden now. */
  isHidden: () => boolean;
  /** Pings overdue by more than this are not sent any more. */
  skipAfterNs?: number;
}

/**
 * Sends pings on one channel at a rate and matches the pongs. Open loop: each ping has an intended time on a fixed
 * grid, whatever became of the ones before it, so a stall shows up in every ping that it delays.
 */
export class Pinger {
  readonly #log: SampleLog;
  readonly #listener: PingListener;
  readonly #clock: Clock;
  readonly #sinceZeroNs: ((monotonicNs: number) => number) | undefined;
  readonly #isHidden: () => boolean;
  readonly #phase: number;
  readonly #skipAfterNs: number;
  #settings: ProbeSettings;
  #payload: Uint8Array;
  #path: PingPath | null = null;
  #nextDueNs = Number.POSITIVE_INFINITY;
  /** Oldest ping that may still be pending. */
  #oldestPending = 0;
  /** Pings sent since the last acknowledged one, by sequence. */
  #acknowledged = -1;
  #lastSent = -1;
  #bytesPerPing = 0;
  /** When a ping was last sent through a full window, to find out whether the peer is back. */
  #windowProbedNs = Number.NEGATIVE_INFINITY;
  #highestPong = -1;

  constructor(options: PingerOptions) {
    this.#log = options.log;
    this.#listener = options.listener;
    this.#clock = options.clock;
    this.#sinceZeroNs = options.sinceZeroNs;
    this.#settings = options.settings;
    this.#phase = options.phase;
    this.#isHidden = options.isHidden;
    this.#skipAfterNs = options.skipAfterNs ?? CATCH_UP_NS;
    this.#payload = payloadOf(options.settings.payloadBytes);
  }

  /** When the next ping is due, or infinity while nothing is sent. */
  get nextDueNs(): number {
    return this.#nextDueNs;
  }

  get measuring(): boolean {
    return this.#path !== null;
  }

  /** Starts pinging over `path`. The first ping is due within one interval from now. */
  start(path: PingPath): void {
    this.#path = path;
    path.stampReads?.(this.#settings.stages === true);
    this.#acknowledged = this.#log.next - 1;
    this.#lastSent = this.#acknowledged;
    this.#schedule();
  }

  /**
   * Stops pinging. Every ping still under way settles: as lost when the peer is gone or the time is up, as skipped when
   * the channel is closed on purpose before the answer was due. Nothing waits for a peer that can't answer.
   */
  stop(outcome: 'peer-gone' | 'timeout' | 'skipped'): void {
    this.#skipDue(this.#clock());
    this.#path = null;
    this.#nextDueNs = Number.POSITIVE_INFINITY;
    for (let sequence = this.#oldestPending; sequence < this.#log.next; sequence += 1)
      this.#settle(sequence, outcome, Number.NaN);
    this.#oldestPending = this.#log.next;
  }

  configure(settings: ProbeSettings): void {
    const rateChanged = settings.ratePerSecond !== this.#settings.ratePerSecond && this.#path !== null;
    if (rateChanged) this.#skipDue(this.#clock());
    this.#settings = settings;
    this.#path?.stampReads?.(settings.stages === true);
    this.#payload = payloadOf(settings.payloadBytes);
    if (rateChanged) this.#schedule();
  }

  /** Sends what is due and gives up what is overdue. Cheap when nothing is. */
  tick(): void {
    this.expire();
    this.sendDue();
  }

  sendDue(): void {
    const now = this.#clock();
    const interval = 1e9 / this.#settings.ratePerSecond;
    // The last that is due goes out.
    if (now - this.#nextDueNs > this.#skipAfterNs) this.#skipDue(now - interval);
    for (let i = 0; i < CATCH_UP_PINGS && this.#path !== null && this.#nextDueNs <= now; i += 1) {
      const intended = Math.round(this.#nextDueNs);
      this.#nextDueNs += interval;
      this.#send(this.#path, intended);
    }
  }

  /** Takes a frame that came back. Anything but a pong is not for the pinger. */
  receive(frame: Frame): void {
    if (frame.type !== 'pong') return;
    const now = this.#clock();
    const sequence = frame.sequence;
    const sample = this.#log.get(sequence);
    if (sample === null || Number.isNaN(sample.sentNs)) {
      this.#listener.counted('late');
      return;
    }
    if (sequence > this.#acknowledged) this.#acknowledged = sequence;
    if (sample.outcome === 'answered') {
      this.#listener.counted('duplicate');
      return;
    }
    if (sample.outcome !== 'pending') {
      this.#listener.counted('late');
      return;
    }
    if (sequence < this.#highestPong) this.#listener.counted('reordered');
    else this.#highestPong = sequence;
    // One that was sent without is none of these.
    if (sample.wroteNs !== undefined && !Number.isNaN(sample.wroteNs)) this.#takeStamps(frame, sample.sentNs, now);
    this.#settle(sequence, 'answered', now - sample.sentNs);
  }

  #takeStamps({ sequence, stamps, readAtNs }: Frame, sentNs: number, doneNs: number): void {
    const log = this.#log;
    if (readAtNs !== undefined && this.#sinceZeroNs !== undefined)
      log.stamp(sequence, 'readNs', this.#sinceZeroNs(readAtNs));
    if (stamps === undefined) return;
    const taken = takeStamps(stamps, { sequence, sentNs, doneNs }, log);
    if (taken === 'nothing') this.#listener.counted('illStamped');
    else if (taken === 'own-and-earlier') this.#listener.stamped?.(stamps.earlierSequence);
  }

  #schedule(): void {
    const now = this.#clock();
    const interval = 1e9 / this.#settings.ratePerSecond;
    const turns = Math.max(1, Math.round(interval / TURN_NS));
    const offset = (Math.floor(this.#phase * turns) / turns) * interval;
    this.#nextDueNs = offset + Math.ceil((now - offset) / interval) * interval;
  }

  /** Counts what was due by `untilNs` and isn't sent any more. */
  #skipDue(untilNs: number): void {
    if (this.#path === null) return;
    const interval = 1e9 / this.#settings.ratePerSecond;
    const missed = Math.floor((untilNs - this.#nextDueNs) / interval) + 1;
    if (missed <= 0) return;
    this.#listener.missed(missed, this.#nextDueNs, interval, this.#clock());
    this.#nextDueNs += missed * interval;
  }

  #send(path: PingPath, intendedNs: number): void {
    const payload = this.#payload;
    const sequence = this.#log.append(intendedNs, payload.byteLength, this.#isHidden());
    if (this.#windowFull()) {
      this.#settle(sequence, 'window-full', Number.NaN);
      return;
    }
    this.#bytesPerPing = payload.byteLength;
    const sentNs = this.#clock();
    const outcome = path.sendPing(sequence, payload, this.#settings.stages);
    if (outcome === 'sent') {
      this.#log.markSent(sequence, sentNs);
      if (this.#settings.stages === true) this.#log.stamp(sequence, 'wroteNs', this.#clock());
      this.#lastSent = sequence;
      this.#listener.sent(sequence);
    } else {
      this.#settle(sequence, outcome === 'refused' ? 'refused' : 'peer-gone', Number.NaN);
    }
  }

  #windowFull(): boolean {
    const unacknowledged = this.#lastSent - this.#acknowledged;
    if (
      unacknowledged < WINDOW_PINGS &&
      (unacknowledged <= 0 || (unacknowledged + 1) * this.#bytesPerPing <= WINDOW_BYTES)
    )
      return false;
    // A transport that loses messages may have lost them all: without a window probe now and then the window would stay
    // full.
    const now = this.#clock();
    if (now - this.#windowProbedNs < this.#settings.timeoutMs * 1e6) return true;
    this.#windowProbedNs = now;
    return false;
  }

  /** Gives up what is overdue. */
  expire(): void {
    const now = this.#clock();
    const limit = this.#settings.timeoutMs * 1e6;
    while (this.#oldestPending < this.#log.next) {
      if (this.#log.isPending(this.#oldestPending)) {
        if (now - this.#log.sentNsOf(this.#oldestPending) < limit) return;
        this.#settle(this.#oldestPending, 'timeout', Number.NaN);
      }
      this.#oldestPending += 1;
    }
  }

  #settle(sequence: number, outcome: Exclude<Outcome, 'pending'>, rttNs: number): void {
    if (this.#log.settle(sequence, outcome, rttNs)) this.#listener.settled(sequence);
  }
}
