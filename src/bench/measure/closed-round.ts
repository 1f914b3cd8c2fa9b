import { ClosedLoop } from '../../shared/bench/closed-loop';
import type { EarlyEnd, Round } from '../../shared/bench/round-samples';
import type { Frame } from '../../shared/frame';
import type { BenchPath, Phase } from './phase';
import type { Timing } from './timing';

export interface ClosedRoundOptions {
  path: BenchPath;
  timing: Timing;
  payload: Uint8Array;
  cycles: number;
  firstSequence: number;
  timeoutMs: number;
  stages?: boolean | undefined;
}

/** A closed loop with a timer that notices what was lost. */
export class ClosedRound implements Phase {
  readonly #options: ClosedRoundOptions;
  readonly #loop: ClosedLoop;
  readonly #rejectedBefore: number;

  constructor(options: ClosedRoundOptions) {
    this.#options = options;
    this.#rejectedBefore = options.path.rejectedTotal;
    const { path, timing, payload, cycles, firstSequence, timeoutMs, stages } = options;
    this.#loop = new ClosedLoop({
      clock: timing.clock,
      path,
      payload,
      cycles,
      firstSequence,
      timeoutNs: timeoutMs * 1e6,
      stages,
      sinceZeroNs: timing.sinceZeroNs,
    });
  }

  get settled(): number {
    return this.#loop.settled;
  }

  receive(frame: Frame): void {
    this.#loop.receive(frame);
  }

  stop(end: EarlyEnd): void {
    this.#loop.stop(end);
  }

  async run(): Promise<Round> {
    const { timing, timeoutMs, path } = this.#options;
    // Seldom enough that the timer itself is no part of the figures.
    const everyMs = Math.min(100, Math.max(5, timeoutMs / 4));
    let cancel = () => {};
    const tick = () => {
      this.#loop.tick();
      cancel = timing.after(everyMs, tick);
    };
    cancel = timing.after(everyMs, tick);
    await new Promise<void>((resolve) => {
      this.#loop.onDone(resolve);
      this.#loop.start();
    });
    cancel();
    return this.#loop.round(path.rejectedTotal - this.#rejectedBefore);
  }
}
