import { columnsOfLog, firstOf, type Round, type SampleColumns } from '../../shared/bench/round-samples';
import type { Frame } from '../../shared/frame';
import { Probe } from '../../shared/measure/probe';
import { outcomeCode } from '../../shared/measure/sample-log';
import type { BenchPath, Stretch } from './round-runner';
import type { Timing } from './timing';

/** A timer is late by up to so much; the rest of the way to a ping's time is spun. */
const SPIN_NS = 2e6;
/** Losses are noticed at least this often. */
const LONGEST_SLEEP_MS = 25;

export interface OpenRoundOptions {
  path: BenchPath;
  timing: Timing;
  payload: Uint8Array;
  cycles: number;
  ratePerSecond: number;
  timeoutMs: number;
}

/**
 * An open loop: the probe of the live channels, paced by intended time. Timers alone would be up to a millisecond late,
 * and the corrected figures would be made of that. So the pinger spins for the last 2 ms, but only while nothing is
 * under way: a pong always meets a sleeping event loop, as in the closed loop and as in an application.
 */
export class OpenRound implements Stretch {
  readonly #options: OpenRoundOptions;
  readonly #probe: Probe;
  readonly #rejectedBefore: number;
  #settled = 0;
  #originNs = 0;
  #lastAnswerNs = 0;
  #stopped: string | null = null;
  #callOff = () => {};
  #finish = () => {};

  constructor(options: OpenRoundOptions) {
    this.#options = options;
    this.#rejectedBefore = options.path.rejectedTotal;
    const { timing, ratePerSecond, payload, timeoutMs } = options;
    this.#probe = new Probe({
      clock: timing.clock,
      settings: { ratePerSecond, payloadBytes: payload.byteLength, timeoutMs },
      phase: 1,
      isHidden: () => false,
    });
    this.#probe.onSettled(() => {
      this.#settled += 1;
    });
  }

  get settled(): number {
    return Math.min(this.#settled, this.#options.cycles);
  }

  receive(frame: Frame): void {
    const before = this.#settled;
    this.#probe.receive(frame);
    if (this.#settled === before) return;
    this.#lastAnswerNs = this.#options.timing.clock();
    // The way is free to spin towards the next ping; first let the event loop see what else has come.
    if (this.#underWay === 0) this.#options.timing.soon(() => this.#turn());
  }

  stop(reason: string): void {
    this.#stopped ??= reason;
    this.#options.timing.soon(() => this.#turn());
  }

  async run(): Promise<Round> {
    const { path, timing, cycles } = this.#options;
    this.#originNs = timing.clock();
    this.#lastAnswerNs = this.#originNs;
    await new Promise<void>((resolve) => {
      this.#finish = resolve;
      this.#probe.start(path);
      this.#turn();
    });
    this.#callOff();
    // What is still under way when a run is cut short was neither answered nor lost.
    this.#probe.stop(this.#stopped === null ? 'peer-gone' : 'skipped');
    const { late, duplicate, reordered } = this.#probe.totals(0);
    return {
      samples: withoutSkippedTail(columnsOfLog(this.#probe.log, cycles, this.#originNs)),
      counts: { late, duplicate, reordered, rejected: path.rejectedTotal - this.#rejectedBefore },
      elapsedNs: this.#lastAnswerNs - this.#originNs,
      endedEarly: this.#stopped,
    };
  }

  get #underWay(): number {
    return this.#probe.log.next - this.#settled;
  }

  #turn(): void {
    const { timing, cycles, timeoutMs } = this.#options;
    this.#callOff();
    if (this.#stopped !== null) return this.#finish();
    const sent = () => this.#probe.log.next >= cycles;
    if (!sent()) {
      const due = this.#probe.nextDueNs;
      if (this.#underWay === 0 && due - timing.clock() <= SPIN_NS) timing.spinUntil(due);
      this.#probe.tick();
    }
    if (sent()) {
      if (this.#underWay === 0) return this.#finish();
      // No tick would send nothing more: the last pings have one time limit to be answered.
      this.#callOff = timing.after(timeoutMs, () => this.#finish());
      return;
    }
    const waitNs = this.#probe.nextDueNs - timing.clock();
    // With a ping under way, wake after the next is due; its pong usually comes before, and `receive` takes over.
    const sleepMs = this.#underWay === 0 ? Math.floor((waitNs - SPIN_NS / 2) / 1e6) : Math.ceil(waitNs / 1e6);
    this.#callOff = timing.after(Math.min(LONGEST_SLEEP_MS, Math.max(0, sleepMs)), () => this.#turn());
  }
}

function withoutSkippedTail(columns: SampleColumns): SampleColumns {
  let length = columns.outcome.length;
  while (length > 0 && columns.outcome[length - 1] === outcomeCode.skipped) length -= 1;
  return firstOf(columns, length);
}
