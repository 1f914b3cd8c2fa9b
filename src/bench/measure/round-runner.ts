import { warmUpOf } from '../../shared/bench/open-loop';
import type { EarlyEnd, Round } from '../../shared/bench/round-samples';
import { payloadOf } from '../../shared/measure/payload';
import { MessageError, render, say, words } from '../../shared/messages/message';
import { ClosedRound } from './closed-round';
import { OpenRound } from './open-round';
import type { CostMeter } from './costs';
import type { BenchPath, Phase } from './phase';
import type { Timing } from './timing';

export interface RoundSettings {
  mode: { kind: 'closed' } | { kind: 'open'; ratePerSecond: number };
  cycles: number;
  /** Closed-loop cycles before, not counted; before an open loop as many of its own pings too, for a second at most. */
  warmup: number;
  sizeBytes: number;
  timeoutMs: number;
  /** Whether pings ask for the stages of their round trip. */
  stages?: boolean | undefined;
}

/** Warm-up sequences lie far above the measured ones: a late pong of the warm-up is not taken for a measured one's. */
const WARMUP_SEQUENCE = 0x8000_0000;
const OPEN_WARMUP_SEQUENCE = 0xc000_0000;

/** Measures one round on one path: warm-up apart, then the closed or the open loop. */
export class RoundRunner {
  readonly #path: BenchPath;
  readonly #settings: RoundSettings;
  readonly #timing: Timing;
  readonly #meter: Pick<CostMeter, 'begin' | 'end'> | null;
  #phase: Phase | null = null;
  #measuring = false;
  #stopped: EarlyEnd | null = null;

  constructor(
    path: BenchPath,
    settings: RoundSettings,
    timing: Timing,
    meter: Pick<CostMeter, 'begin' | 'end'> | null = null,
  ) {
    this.#path = path;
    this.#settings = settings;
    this.#timing = timing;
    this.#meter = meter;
  }

  /** Measured pings that have settled: 0 during the warm-up. */
  get settled(): number {
    return this.#measuring ? (this.#phase?.settled ?? 0) : 0;
  }

  /** Ends it soon: `run` resolves with what there is. */
  stop(end: EarlyEnd): void {
    this.#stopped ??= end;
    this.#phase?.stop(this.#stopped);
  }

  /** @throws Error when the warm-up isn't answered. */
  async run(): Promise<Round> {
    const { mode, cycles, warmup, sizeBytes, timeoutMs, stages } = this.#settings;
    const common = { path: this.#path, timing: this.#timing, payload: payloadOf(sizeBytes), timeoutMs, stages };
    const offFrame = this.#path.onFrame((frame) => this.#phase?.receive(frame));
    const offClose = this.#path.onClose((reason) =>
      this.stop({ reason: words('run.channel-broke', { cause: render(reason).replace(/\.$/, '') }), broken: true }),
    );
    try {
      if (warmup > 0) {
        const { endedNs } = await this.#warmUp(
          new ClosedRound({ ...common, cycles: warmup, firstSequence: WARMUP_SEQUENCE }),
        );
        // The pacing has to be warm as well: the first pings would be late by what compiling it takes.
        if (mode.kind === 'open')
          await this.#warmUp(
            new OpenRound({
              ...common,
              ...warmUpOf(mode.ratePerSecond, warmup, endedNs / warmup),
              firstSequence: OPEN_WARMUP_SEQUENCE,
            }),
          );
      }
      const phase =
        mode.kind === 'closed'
          ? new ClosedRound({ ...common, cycles, firstSequence: 0 })
          : new OpenRound({ ...common, cycles, firstSequence: 0, ratePerSecond: mode.ratePerSecond });
      this.#meter?.begin();
      this.#measuring = true;
      const round = await this.#go(phase);
      this.#meter?.end();
      return round;
    } finally {
      offFrame();
      offClose();
    }
  }

  /** Nothing to measure where nobody answers. An interruption is another matter: the rest then ends by itself. */
  async #warmUp(phase: Phase): Promise<Round> {
    const round = await this.#go(phase);
    if (round.endedEarly !== null && (this.#stopped === null || this.#stopped.broken))
      throw new MessageError(say('run.warm-up-unanswered', { cause: round.endedEarly }));
    return round;
  }

  #go(phase: Phase): Promise<Round> {
    this.#phase = phase;
    const round = phase.run();
    if (this.#stopped !== null) phase.stop(this.#stopped);
    return round;
  }
}
