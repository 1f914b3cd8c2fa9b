import { Emitter, type Unsubscribe } from '../emitter';
import type { ChannelStats, ChannelTotals } from '../snapshot';
import { isLost } from './outcome';
import { ROLLING_WINDOW_NS, RollingPercentiles } from './percentiles';
import type { OddPong, PingListener } from './pinger';
import { fromIntendedNs, type Sample } from './sample-columns';
import type { SampleLog } from './sample-log';

/**
 * What is known of the pings of one log, wherever they are sent: counts since its beginning, percentiles of the last 30 s.
 */
export class PingFigures implements PingListener {
  readonly log: SampleLog;
  readonly #clock: () => number;
  readonly #fromSent = new RollingPercentiles();
  readonly #fromIntended = new RollingPercentiles();
  readonly #totals = { sent: 0, answered: 0, lost: 0, skipped: 0, late: 0, duplicate: 0, reordered: 0 };
  readonly #settled = new Emitter<number>();
  #illStamped = 0;
  #answeredTimes: number[] = [];
  #recentP50Ns: number | null = null;

  constructor(log: SampleLog, clock: () => number) {
    this.log = log;
    this.#clock = clock;
  }

  /** The median from the actual send when `stats` was last asked for. */
  get recentP50Ns(): number | null {
    return this.#recentP50Ns;
  }

  /** Hears the sequence number of every ping that was answered or given up. */
  onSettled(listener: (sequence: number) => void): Unsubscribe {
    return this.#settled.on(listener);
  }

  sent(): void {
    this.#totals.sent += 1;
  }

  settled(sequence: number): void {
    const sample = this.log.get(sequence);
    if (sample !== null) this.#count(sample);
    this.#settled.emit(sequence);
  }

  /**
   * They enter the figures from the intended send with the time that they have waited until now: left out, these would be
   * of the pings that an overload let through.
   */
  missed(count: number, firstDueNs: number, intervalNs: number, nowNs: number): void {
    this.#totals.skipped += count;
    // The figures are of the last 30 s, and so are the pings that they are of.
    for (let i = Math.max(0, count - Math.ceil(ROLLING_WINDOW_NS / intervalNs)); i < count; i += 1)
      this.#fromIntended.record(nowNs - (firstDueNs + i * intervalNs), nowNs);
  }

  counted(pong: OddPong): void {
    if (pong === 'illStamped') this.#illStamped += 1;
    else this.#totals[pong] += 1;
  }

  totals(rejected: number): ChannelTotals {
    return { ...this.#totals, rejected, ...(this.#illStamped > 0 && { illStamped: this.#illStamped }) };
  }

  stats(rejected: number): ChannelStats {
    const now = this.#clock();
    this.#answeredTimes = this.#answeredTimes.filter((at) => now - at <= 1e9);
    const fromSent = this.#fromSent.read(now);
    this.#recentP50Ns = fromSent?.p50 ?? null;
    return {
      fromSent,
      fromIntended: this.#fromIntended.read(now),
      totals: this.totals(rejected),
      answeredPerSecond: this.#answeredTimes.length,
    };
  }

  #count(sample: Sample): void {
    if (sample.outcome === 'answered') {
      const answeredNs = sample.sentNs + sample.rttNs;
      this.#totals.answered += 1;
      this.#fromSent.record(sample.rttNs, answeredNs);
      this.#fromIntended.record(fromIntendedNs(sample), answeredNs);
      this.#answeredTimes.push(answeredNs);
    } else if (sample.outcome === 'skipped') {
      this.#totals.skipped += 1;
    } else if (isLost(sample.outcome)) {
      this.#totals.lost += 1;
    }
  }
}
