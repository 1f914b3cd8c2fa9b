import {
  columnsOfLog,
  type EarlyEnd,
  emptyColumns,
  filtered,
  joined,
  type Round,
  type SampleColumns,
} from '../../shared/bench/round-samples';
import type { Frame } from '../../shared/frame';
import { Probe, type PingPath } from '../../shared/measure/probe';
import { outcomeCode } from '../../shared/measure/outcome';
import type { Alarm } from '../../transports/native/own-wait';
import type { BenchPath, Phase } from './phase';
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
  firstSequence: number;
  timeoutMs: number;
  stages?: boolean | undefined;
}

/**
 * An open loop: the probe of the live channels, paced by intended time. Timers alone would be up to a millisecond late,
 * and the corrected figures would be made of that. So the pinger spins for the last 2 ms, but only while nothing is
 * under way: a pong always meets a sleeping event loop, as in the closed loop and as in an application. Where there is an
 * alarm it sleeps until the very time instead, as the floor does.
 *
 * It ends one time limit after its last ping was due, whatever the path carries. Half of that limit is for sending what
 * a hold-up near the end has delayed; what is not sent by then is skipped. The other half is for the last answers.
 */
export class OpenRound implements Phase {
  readonly #options: OpenRoundOptions;
  readonly #alarm: Alarm | null;
  readonly #probe: Probe;
  readonly #rejectedBefore: number;
  readonly #intervalNs: number;
  readonly #timeoutNs: number;
  #settled = 0;
  #originNs = 0;
  #firstDueNs = 0;
  #lastAnswerNs = 0;
  #stopped: EarlyEnd | null = null;
  #over = false;
  #turnIsSoon = false;
  #cancelTimer = () => {};
  #finished = () => {};

  constructor(options: OpenRoundOptions) {
    this.#options = options;
    this.#alarm = options.timing.alarm;
    this.#rejectedBefore = options.path.rejectedTotal;
    const { timing, ratePerSecond, payload, timeoutMs, cycles, stages } = options;
    this.#intervalNs = 1e9 / ratePerSecond;
    this.#timeoutNs = timeoutMs * 1e6;
    this.#probe = new Probe({
      clock: timing.clock,
      settings: { ratePerSecond, payloadBytes: payload.byteLength, timeoutMs, stages },
      sinceZeroNs: timing.sinceZeroNs,
      phase: 1,
      isHidden: () => false,
      skipAfterNs: Number.POSITIVE_INFINITY,
      logCapacity: cycles,
    });
    this.#probe.onSettled(() => {
      this.#settled += 1;
    });
  }

  get settled(): number {
    return Math.min(this.#settled, this.#options.cycles);
  }

  receive(frame: Frame): void {
    if (this.#over) return;
    const before = this.#settled;
    this.#probe.receive(shifted(frame, this.#options.firstSequence));
    const now = this.#options.timing.clock();
    // Answers may come so fast that no timer gets its turn.
    if (now >= this.#deadlineNs) return this.#finish();
    if (this.#settled === before) return;
    this.#lastAnswerNs = now;
    // The way is free to spin towards the next ping; first let the event loop see what else has come. An alarm is set.
    if (this.#underWay === 0 && (this.#alarm === null || this.#allSent)) this.#turnSoon();
  }

  stop(end: EarlyEnd): void {
    this.#stopped ??= end;
    this.#turnSoon();
  }

  async run(): Promise<Round> {
    const { path, timing, firstSequence } = this.#options;
    const from: PingPath = {
      sendPing: (sequence, payload, asks) => path.sendPing(firstSequence + sequence, payload, asks),
      stampReads: (on) => path.stampReads?.(on),
    };
    this.#originNs = timing.clock();
    this.#lastAnswerNs = this.#originNs;
    await new Promise<void>((resolve) => {
      this.#finished = resolve;
      this.#probe.start(from);
      this.#firstDueNs = this.#probe.nextDueNs;
      this.#turn();
    });
    return this.#round(timing.clock());
  }

  get #underWay(): number {
    return this.#probe.log.next - this.#settled;
  }

  get #scheduleEndNs(): number {
    return this.#firstDueNs + this.#options.cycles * this.#intervalNs;
  }

  get #deadlineNs(): number {
    return this.#scheduleEndNs + this.#timeoutNs;
  }

  get #allSent(): boolean {
    return (
      this.#probe.log.next >= this.#options.cycles ||
      this.#options.timing.clock() >= this.#scheduleEndNs + this.#timeoutNs / 2
    );
  }

  #turnSoon(): void {
    if (this.#turnIsSoon) return;
    this.#turnIsSoon = true;
    this.#options.timing.soon(() => {
      this.#turnIsSoon = false;
      this.#turn();
    });
  }

  #turn(): void {
    const { timing } = this.#options;
    this.#cancelTimer();
    if (this.#over) return;
    if (this.#stopped !== null || timing.clock() >= this.#deadlineNs) return this.#finish();
    if (!this.#allSent) {
      const due = this.#probe.nextDueNs;
      if (this.#alarm === null && this.#underWay === 0 && due - timing.clock() <= SPIN_NS) timing.spinUntil(due);
      this.#probe.tick();
    }
    if (this.#allSent) {
      this.#probe.expire();
      if (this.#underWay === 0) return this.#finish();
      this.#turnAfter((this.#deadlineNs - timing.clock()) / 1e6);
      return;
    }
    const waitNs = this.#probe.nextDueNs - timing.clock();
    // A timer takes a millisecond at least: at thousands per second the backlog would be the timer's.
    if (waitNs <= 0) return this.#turnSoon();
    if (this.#alarm !== null) return this.#alarm.set(waitNs, () => this.#turn());
    // With a ping under way, wake after the next is due; its pong usually comes before, and `receive` takes over.
    this.#turnAfter(this.#underWay === 0 ? Math.floor((waitNs - SPIN_NS / 2) / 1e6) : Math.ceil(waitNs / 1e6));
  }

  #turnAfter(delayMs: number): void {
    this.#cancelTimer = this.#options.timing.after(Math.min(LONGEST_SLEEP_MS, Math.max(0, delayMs)), () =>
      this.#turn(),
    );
  }

  #finish(): void {
    this.#over = true;
    this.#cancelTimer();
    this.#alarm?.clear();
    this.#finished();
  }

  #round(endedNs: number): Round {
    const { cycles, path } = this.#options;
    const broken = this.#stopped?.broken ?? false;
    // Whatever is under way has had a time limit since it was due, unless the round was cut short.
    this.#probe.stop(this.#stopped === null ? 'timeout' : broken ? 'peer-gone' : 'skipped');
    const log = columnsOfLog(this.#probe.log, cycles, this.#originNs);
    // What is still under way when a run is interrupted was neither answered nor lost.
    const tried = this.#stopped === null || broken ? log : filtered(log, (outcome) => outcome !== 'skipped');
    const overdue = this.#overdue(endedNs);
    const samples = overdue.outcome.length === 0 ? tried : joined([tried, overdue]);
    const { late, duplicate, reordered } = this.#probe.totals(0);
    return {
      samples,
      counts: { late, duplicate, reordered, rejected: path.rejectedTotal - this.#rejectedBefore },
      beganNs: this.#originNs,
      elapsedNs: this.#lastAnswerNs - this.#originNs,
      endedNs: endedNs - this.#originNs,
      unsent: broken ? cycles - samples.outcome.length : 0,
      endedEarly: this.#stopped?.reason ?? null,
    };
  }

  /** Pings that were due, and by more than a hold-up, and not sent. */
  #overdue(endedNs: number): SampleColumns {
    const dueBefore = endedNs - this.#timeoutNs / 2;
    const dueByThen = Math.max(0, Math.ceil((dueBefore - this.#firstDueNs) / this.#intervalNs));
    const next = this.#probe.log.next;
    const columns = emptyColumns(Math.max(0, Math.min(this.#options.cycles, dueByThen) - next));
    for (let at = 0; at < columns.outcome.length; at += 1) {
      columns.intendedNs[at] = Math.round(this.#firstDueNs + (next + at) * this.#intervalNs) - this.#originNs;
      columns.outcome[at] = outcomeCode.skipped;
    }
    return columns;
  }
}

/** With sequence numbers that count from the first of the round. */
function shifted({ sequence, stamps, ...frame }: Frame, first: number): Frame {
  return stamps === undefined
    ? { ...frame, sequence: sequence - first }
    : { ...frame, sequence: sequence - first, stamps: { ...stamps, earlierSequence: stamps.earlierSequence - first } };
}
