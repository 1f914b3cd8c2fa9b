import type { Frame } from '../frame';
import type { ProbeSettings } from '../probe-settings';
import type { ChannelStats, ChannelTotals } from '../snapshot';
import { PingFigures } from './ping-figures';
import { Pinger, type PingerOptions, type PingPath } from './pinger';
import { SampleLog } from './sample-log';

export type { Clock, PingPath, SendOutcome } from './pinger';

export interface ProbeOptions extends Omit<PingerOptions, 'log' | 'listener'> {
  /** Samples that the log keeps. */
  logCapacity?: number;
}

/** A pinger, its log and what its pings add up to, in one thread. */
export class Probe {
  readonly figures: PingFigures;
  readonly #pinger: Pinger;

  constructor({ logCapacity, ...options }: ProbeOptions) {
    this.figures = new PingFigures(new SampleLog(logCapacity), options.clock);
    this.#pinger = new Pinger({ ...options, log: this.log, listener: this.figures });
  }

  get log(): SampleLog {
    return this.figures.log;
  }

  /** When the next ping is due, or infinity while nothing is sent. */
  get nextDueNs(): number {
    return this.#pinger.nextDueNs;
  }

  get measuring(): boolean {
    return this.#pinger.measuring;
  }

  /** Hears the sequence number of every ping that was answered or given up. */
  onSettled(listener: (sequence: number) => void): () => void {
    return this.figures.onSettled(listener);
  }

  start(path: PingPath): void {
    this.#pinger.start(path);
  }

  stop(outcome: 'peer-gone' | 'timeout' | 'skipped'): void {
    this.#pinger.stop(outcome);
  }

  configure(settings: ProbeSettings): void {
    this.#pinger.configure(settings);
  }

  tick(): void {
    this.#pinger.tick();
  }

  sendDue(): void {
    this.#pinger.sendDue();
  }

  expire(): void {
    this.#pinger.expire();
  }

  receive(frame: Frame): void {
    this.#pinger.receive(frame);
  }

  totals(rejected: number): ChannelTotals {
    return this.figures.totals(rejected);
  }

  stats(rejected: number): ChannelStats {
    return this.figures.stats(rejected);
  }
}
