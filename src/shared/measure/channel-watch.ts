import { isLost } from './outcome';
import type { SampleLog } from './sample-log';
import { WindowSeries } from './window-series';

/** Losses are remembered so long: a window, the longest time limit, and the longest that an incident takes to be noticed. */
const KEPT_LOSSES_NS = 30e9;
const FORGOTTEN_AT_ONCE = 1024;
/** Longer than windows are kept to compare with. */
const KEPT_TROUBLES_NS = 600e9;

export interface Loss {
  intendedNs: number;
  settledNs: number;
}

/** A time in which the process at the far end had failed itself: what its channel loses then is its own. */
export interface Trouble {
  fromNs: number;
  /** When it was answered again; null while it lasts. */
  untilNs: number | null;
}

/** What is kept of one channel for the verdicts: when it was last answered, what it lost when, and its windows. */
export class ChannelWatch {
  readonly log: SampleLog;
  readonly windows: WindowSeries;
  readonly #clock: () => number;
  #answeredNs = Number.NEGATIVE_INFINITY;
  #losses: Loss[] = [];
  /** Losses that are no longer remembered. */
  #forgotten = 0;
  #troubles: Trouble[] = [];
  #troubleCount = 0;
  #open: Trouble | null = null;

  constructor(log: SampleLog, clock: () => number) {
    this.log = log;
    this.windows = new WindowSeries(log);
    this.#clock = clock;
  }

  /** When the last pong came. */
  get answeredNs(): number {
    return this.#answeredNs;
  }

  /** Grows with each trouble: what was counted as lost before may be its own now. */
  get troubles(): number {
    return this.#troubleCount;
  }

  /** A ping was answered or given up. Runs for every ping. */
  settled(sequence: number): void {
    const sample = this.log.get(sequence);
    if (sample === null) return;
    if (sample.outcome === 'answered') {
      this.#answeredNs = sample.sentNs + sample.rttNs;
      if (this.#open === null) return;
      this.#open.untilNs = this.#answeredNs;
      this.#open = null;
    } else if (isLost(sample.outcome)) {
      this.#addLoss({ intendedNs: sample.intendedNs, settledNs: this.#clock() });
    }
  }

  /**
   * The process died or hangs, and its last sign of life was at `fromNs`. What the channel loses from then on is its
   * own until it is answered again. A process that dies while it hangs goes on with the same trouble.
   */
  trouble(fromNs: number): Trouble {
    if (this.#open === null) {
      this.#open = { fromNs, untilNs: null };
      this.#troubles = this.#troubles.filter(({ untilNs }) => untilNs !== null && untilNs > fromNs - KEPT_TROUBLES_NS);
      this.#troubles.push(this.#open);
      this.#troubleCount += 1;
    }
    return this.#open;
  }

  hadTrouble(fromNs: number, toNs: number): boolean {
    return this.#troubles.some(
      (trouble) => trouble.fromNs < toNs && (trouble.untilNs === null || trouble.untilNs > fromNs),
    );
  }

  /** Losses by number, oldest first, from `from` on; `next` is the number after the last. */
  lossesFrom(from: number): { losses: Loss[]; next: number } {
    return {
      losses: this.#losses.slice(Math.max(0, from - this.#forgotten)),
      next: this.#forgotten + this.#losses.length,
    };
  }

  isOwn({ intendedNs, settledNs }: Loss): boolean {
    return this.#troubles.some(
      ({ fromNs, untilNs }) => settledNs >= fromNs && (untilNs === null || intendedNs < untilNs),
    );
  }

  #addLoss(loss: Loss): void {
    this.#losses.push(loss);
    // In batches: taking away the first of many moves all the others.
    const oldest = this.#losses[FORGOTTEN_AT_ONCE - 1];
    if (oldest === undefined || oldest.settledNs >= loss.settledNs - KEPT_LOSSES_NS) return;
    this.#losses.splice(0, FORGOTTEN_AT_ONCE);
    this.#forgotten += FORGOTTEN_AT_ONCE;
  }
}
