import type { Frame } from '../../shared/frame';
import type { SendOutcome } from '../../shared/measure/probe';
import { type Message, say } from '../../shared/messages/message';
import type { Alarm } from '../../transports/native/own-wait';
import type { BenchPath } from './phase';
import type { Timing } from './timing';

/** What becomes of a ping in a test: its pongs' delays in nanoseconds, none for a lost one; or a refusal. */
export type Fate = number[] | 'refused' | 'closed';

interface TimedCall {
  atNs: number;
  order: number;
  call: () => void;
}

/**
 * One thread, its time and one link, all simulated, for the engine to run in: nothing happens while the thread is busy,
 * and time passes only when it waits, spins or is held up. For tests.
 */
export class Simulation {
  nowNs = 1e9;
  readonly path: BenchPath;
  readonly timing: Timing;
  readonly sentSequences: number[] = [];
  /** How long the thread is busy with each send. */
  sendTakesNs = 0;
  /** The clock's steps, nanoseconds. */
  clockStepNs = 1;
  #timedCalls: TimedCall[] = [];
  #order = 0;
  #onFrame: (frame: Frame) => void = () => {};
  #onClose: (reason: Message) => void = () => {};

  /** @param hasAlarm whether the thread waits by itself, with an alarm */
  constructor(fateOf: (sequence: number, nowNs: number) => Fate, hasAlarm = false) {
    this.path = {
      rejectedTotal: 0,
      onFrame: (listener) => {
        this.#onFrame = listener;
        return () => {};
      },
      onClose: (listener) => {
        this.#onClose = listener;
        return () => {};
      },
      sendPing: (sequence, payload) => this.#send(sequence, payload, fateOf),
    };
    this.timing = {
      clock: () => Math.floor(this.nowNs / this.clockStepNs) * this.clockStepNs,
      after: (delayMs, callback) => this.at(this.nowNs + Math.max(1, delayMs) * 1e6, callback),
      soon: (callback) => void this.at(this.nowNs, callback),
      spinUntil: (atNs) => {
        this.nowNs = Math.max(this.nowNs, atNs);
      },
      alarm: hasAlarm ? this.#alarm() : null,
    };
  }

  #alarm(): Alarm {
    let clear = () => {};
    return {
      set: (inNs, ring) => {
        clear();
        clear = this.at(this.nowNs + inNs, ring);
      },
      clear: () => clear(),
    };
  }

  /** Has something happen at a time. The result calls it off. */
  at(atNs: number, call: () => void): () => void {
    this.#order += 1;
    const timedCall = { atNs, order: this.#order, call };
    this.#timedCalls.push(timedCall);
    return () => {
      this.#timedCalls = this.#timedCalls.filter((each) => each !== timedCall);
    };
  }

  /** The thread is held up from this time on, for so long. */
  stallAt(atNs: number, durationNs: number): void {
    this.at(atNs, () => {
      this.nowNs += durationNs;
    });
  }

  closePath(reason: string): void {
    this.#onClose(say('verbatim', { text: reason }));
  }

  /** Lets time pass until `work` is done. */
  async until<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const settled = work.finally(() => {
      done = true;
    });
    settled.catch(() => undefined);
    for (;;) {
      for (let i = 0; i < 10; i += 1) await Promise.resolve();
      if (done) return settled;
      const next = this.#takeNext();
      if (next === null) throw new Error('Nothing more happens, and the work is not done.');
      this.nowNs = Math.max(this.nowNs, next.atNs);
      next.call();
    }
  }

  #takeNext(): TimedCall | null {
    const next = this.#timedCalls.reduce<TimedCall | null>(
      (first, each) =>
        first === null || each.atNs < first.atNs || (each.atNs === first.atNs && each.order < first.order)
          ? each
          : first,
      null,
    );
    this.#timedCalls = this.#timedCalls.filter((each) => each !== next);
    return next;
  }

  #send(sequence: number, payload: Uint8Array, fateOf: (sequence: number, nowNs: number) => Fate): SendOutcome {
    this.sentSequences.push(sequence);
    this.nowNs += this.sendTakesNs;
    const fate = fateOf(sequence, this.nowNs);
    if (typeof fate === 'string') return fate;
    for (const delayNs of fate) this.at(this.nowNs + delayNs, () => this.#onFrame({ type: 'pong', sequence, payload }));
    return 'sent';
  }
}
