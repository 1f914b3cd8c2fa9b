import { Emitter, type Unsubscribe } from '../emitter';
import type { Frame } from '../frame';
import type { Clock, PingPath } from '../measure/probe';
import { type Outcome, outcomeCode } from '../measure/outcome';
import { type StampStore, takeStamps } from '../measure/take-stamps';
import { type EarlyEnd, emptyColumns, firstOf, type Round, type RoundCounts, stampStore } from './round-samples';
import { words } from '../messages/message';

/** A peer that lets so many pings in a row go by is not there. */
const SILENT_PINGS = 5;
/**
 * Asking for stages costs about a microsecond, a quarter of the fastest round trip. A loop has pings enough: those at its
 * start are asked, so that a short one has some, and then one in so many, which costs each round trip 1 % at most.
 */
const ASKED_AT_START = 32;
const ASKED_ONE_IN = 32;

export interface ClosedLoopOptions {
  clock: Clock;
  path: PingPath;
  payload: Uint8Array;
  cycles: number;
  /** So that pongs of an earlier loop on the same channel are not taken for this one's. */
  firstSequence: number;
  timeoutNs: number;
  /** Whether some pings ask for the stages of their round trip. */
  stages?: boolean | undefined;
  /** Puts a reading of the system's monotonic clock on `clock`. */
  sinceZeroNs?: ((monotonicNs: number) => number) | undefined;
}

/**
 * Ping-pong: the next ping goes out when the pong is there. This is how most IPC benchmarks measure, and what hides
 * stalls: while one ping waits, the others that would have waited with it are never sent. For those there is the open
 * loop.
 */
export class ClosedLoop {
  readonly #options: ClosedLoopOptions;
  readonly #samples;
  readonly #counts: Omit<RoundCounts, 'rejected'> = { late: 0, duplicate: 0, reordered: 0 };
  readonly #done = new Emitter<void>();
  #originNs = 0;
  /** Null while nobody asks for stages. */
  #stamps: StampStore | null = null;
  #lastSettledNs = 0;
  /** Index of the ping that goes out next. */
  #next = 0;
  #underWay = false;
  #sending = false;
  #silent = 0;
  #finished = false;
  #endedEarly: string | null = null;
  #broken = false;
  #endedNs = 0;

  constructor(options: ClosedLoopOptions) {
    this.#options = options;
    this.#samples = emptyColumns(options.cycles, options.stages);
  }

  /** How many pings have settled. */
  get settled(): number {
    return this.#underWay ? this.#next - 1 : this.#next;
  }

  get finished(): boolean {
    return this.#finished;
  }

  onDone(listener: () => void): Unsubscribe {
    return this.#done.on(listener);
  }

  start(): void {
    this.#originNs = this.#options.clock();
    this.#lastSettledNs = this.#originNs;
    const { stages, firstSequence } = this.#options;
    if (stages === true) this.#stamps = stampStore(this.#samples, firstSequence, this.#originNs);
    this.#advance();
  }

  /** Takes a frame that came back. */
  receive(frame: Frame): void {
    const now = this.#options.clock();
    if (frame.type !== 'pong') return;
    const index = frame.sequence - this.#options.firstSequence;
    if (index < 0 || index >= this.#next || this.#finished) {
      this.#counts.late += 1;
      return;
    }
    if (index !== this.#next - 1 || !this.#underWay) {
      // With one ping under way at a time nothing can overtake: whatever else comes back is of one that has settled.
      if (this.#samples.outcome[index] === outcomeCode.answered) this.#counts.duplicate += 1;
      else this.#counts.late += 1;
      return;
    }
    const sentNs = this.#samples.sentNs[index] as number;
    this.#samples.rttNs[index] = now - this.#originNs - sentNs;
    if (this.#stamps !== null) this.#takeStamps(this.#stamps, frame, { sentNs: this.#originNs + sentNs, doneNs: now });
    this.#settle(index, 'answered', now);
    this.#advance();
  }

  /** Gives up a ping that is overdue. To be called now and then, from outside `sendPing`. */
  tick(): void {
    if (this.#finished) return;
    const now = this.#options.clock();
    if (this.#underWay) {
      const index = this.#next - 1;
      if (now - this.#originNs - (this.#samples.sentNs[index] as number) < this.#options.timeoutNs) return;
      this.#settle(index, 'timeout', now);
    }
    // Also after a refusal: the queue has had a tick to empty.
    this.#advance();
  }

  /** Ends before all cycles are done. The ping under way, if any, is lost when the path is broken, and else not counted. */
  stop({ reason, broken }: EarlyEnd): void {
    if (this.#finished) return;
    if (this.#underWay && broken) {
      this.#settle(this.#next - 1, 'peer-gone', this.#options.clock());
    } else if (this.#underWay) {
      this.#underWay = false;
      this.#next -= 1;
    }
    this.#finish(reason, broken);
  }

  /** Valid once finished. */
  round(rejected: number): Round {
    return {
      samples: firstOf(this.#samples, this.#next),
      counts: { ...this.#counts, rejected },
      beganNs: this.#originNs,
      elapsedNs: this.#lastSettledNs - this.#originNs,
      endedNs: this.#endedNs - this.#originNs,
      unsent: this.#broken ? this.#options.cycles - this.#next : 0,
      endedEarly: this.#endedEarly,
    };
  }

  /** A loop and not a recursion: a path that answers within `sendPing` would grow the stack with every cycle. */
  #advance(): void {
    if (this.#sending) return;
    this.#sending = true;
    while (!this.#underWay && !this.#finished) {
      if (this.#next === this.#options.cycles) this.#finish(null);
      else if (this.#silent >= SILENT_PINGS) this.#finish(words('run.unanswered', { pings: this.#silent }), true);
      else if (!this.#send()) break;
    }
    this.#sending = false;
  }

  /** False when a queue was full: the loop goes on at the next tick. */
  #send(): boolean {
    const { clock, path, payload, firstSequence } = this.#options;
    const index = this.#next;
    const asks = this.#stamps !== null && asksForStages(index);
    if (this.#stamps !== null) path.stampReads?.(asks);
    this.#next += 1;
    this.#underWay = true;
    const now = clock() - this.#originNs;
    this.#samples.intendedNs[index] = now;
    this.#samples.sentNs[index] = now;
    const outcome = path.sendPing(firstSequence + index, payload, asks);
    if (outcome === 'sent') {
      if (asks) this.#stamps?.stamp(firstSequence + index, 'wroteNs', clock());
      return true;
    }
    this.#samples.sentNs[index] = Number.NaN;
    this.#settle(index, outcome === 'refused' ? 'refused' : 'peer-gone', clock());
    return false;
  }

  #takeStamps(
    store: StampStore,
    { sequence, stamps, readAtNs }: Frame,
    { sentNs, doneNs }: { sentNs: number; doneNs: number },
  ): void {
    const { sinceZeroNs } = this.#options;
    if (readAtNs !== undefined && sinceZeroNs !== undefined) store.stamp(sequence, 'readNs', sinceZeroNs(readAtNs));
    // Who answers a benchmark is one of its own processes: what can't be true is left out, and not counted.
    if (stamps !== undefined) takeStamps(stamps, { sequence, sentNs, doneNs }, store);
  }

  #settle(index: number, outcome: Outcome, now: number): void {
    this.#underWay = false;
    this.#samples.outcome[index] = outcomeCode[outcome];
    this.#lastSettledNs = now;
    this.#silent = outcome === 'answered' ? 0 : this.#silent + 1;
  }

  #finish(endedEarly: string | null, broken = false): void {
    this.#broken = broken;
    this.#endedNs = this.#options.clock();
    this.#finished = true;
    this.#endedEarly = endedEarly;
    this.#done.emit();
  }
}

function asksForStages(index: number): boolean {
  return index < ASKED_AT_START || index % ASKED_ONE_IN === ASKED_ONE_IN - 1;
}
