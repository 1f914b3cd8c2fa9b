import { Emitter, type Unsubscribe } from '../shared/emitter';
import { FRAME_HEADER_BYTES } from '../shared/frame';
import { DurationHistogram } from '../shared/measure/duration-histogram';
import { RollingPercentiles } from '../shared/measure/percentiles';
import { SampleLog } from '../shared/measure/sample-log';
import type { Message } from '../shared/messages/message';
import type { Recording } from '../shared/recording/schema';
import type { FloorView } from '../shared/snapshot';
import type { TransportId } from '../shared/transport-catalog';
import {
  followFloor,
  type FollowedFloor,
  type FollowOptions,
  type FloorRoundTrips,
  floorMethodOf,
} from '../transports/native/floor';
import { sinceZeroNs } from '../node/clock';
import { nowNs } from './clock';
import type { SampleSource } from './feed';
import type { Laboratory } from './laboratory';

/** The start has enough to do, and settings may be on their way from one to the next. */
const WAIT_MS = 2500;
/** One that broke off, or could not start for want of descriptors, is tried again after so long. */
const AGAIN_MS = 5000;
/**
 * Round trips per second of one floor, on average: what it costs the channels beside it stays the same at any rate.
 * Above, it sends bursts at the rate, so that both ends sleep as long between two messages as a channel's do.
 */
export const FLOOR_AT_MOST_PER_SECOND = 50;
/** As long as the longest chart, and half as much again. */
const KEPT_SAMPLES = FLOOR_AT_MOST_PER_SECOND * 900;

type Follow = (options: FollowOptions) => FollowedFloor;
type RecordedFloor = NonNullable<Recording['floors']>[number];

/** What is measured now: another rate or payload is another floor. */
interface Work {
  payloadBytes: number;
  ratePerSecond: number;
}

/** One mechanism of the kernel, all that was measured of it. */
class FloorSeries implements SampleSource {
  readonly method: string;
  readonly id: string;
  readonly probe: SampleSource['probe'];
  readonly #log = new SampleLog(KEPT_SAMPLES);
  readonly #settled = new Emitter<number>();
  readonly #works: { work: Work; all: DurationHistogram; recent: RollingPercentiles }[] = [];
  follower: FollowedFloor | null = null;
  /** Why there is no floor with the present work, or null. */
  reason: Message | null = null;
  /** Not to be tried before, milliseconds of `performance.now()`. */
  notBeforeMs = 0;
  follows: Work | null = null;

  constructor(method: string) {
    this.method = method;
    this.id = `floor:${method}`;
    this.probe = { log: this.#log, onSettled: (listener) => this.#settled.on(listener) };
  }

  begin(work: Work, follower: FollowedFloor): void {
    this.reason = null;
    this.follows = work;
    this.follower = follower;
  }

  take({ sentNs, rttNs }: FloorRoundTrips, work: Work): void {
    const { all, recent } = this.#figuresOf(work);
    for (const [i, rtt] of rttNs.entries()) {
      const at = sinceZeroNs(sentNs[i] as number);
      const sequence = this.#log.append(at, work.payloadBytes, false);
      this.#log.markSent(sequence, at);
      this.#log.settle(sequence, 'answered', rtt);
      all.record(rtt);
      recent.record(rtt, nowNs());
      this.#settled.emit(sequence);
    }
  }

  view(work: Work): Pick<FloorView, 'p50' | 'p99' | 'reason'> {
    const percentiles = this.#works.find((known) => isSame(known.work, work))?.recent.read(nowNs()) ?? null;
    return { p50: percentiles?.p50 ?? null, p99: percentiles?.p99 ?? null, reason: this.reason };
  }

  recorded(transport: TransportId): RecordedFloor[] {
    return this.#works.map(({ work, all }) => {
      const [p50, p99] = all.percentiles([50, 99]) as [number, number];
      return { transport, ...work, count: all.total, p50, p99 };
    });
  }

  #figuresOf(work: Work) {
    const known = this.#works.find((each) => isSame(each.work, work));
    if (known !== undefined) return known;
    const made = { work, all: new DurationHistogram(), recent: new RollingPercentiles() };
    this.#works.push(made);
    return made;
  }
}

/**
 * The kernel floor of every transport that is switched on, measured all the time and beside its channels: two native
 * processes that send each other as many bytes over the same mechanism at the same rate, both asleep in between.
 */
export class FloorMeter {
  readonly #laboratory: Pick<Laboratory, 'channels' | 'settings' | 'onChanged'>;
  readonly #follow: Follow;
  readonly #series = new Map<string, FloorSeries>();
  /** Transports that were measured so far: each has its floor in the recording. */
  readonly #transports = new Set<TransportId>();
  readonly #added = new Emitter<SampleSource>();
  readonly #ends = new Set<Promise<unknown>>();
  readonly #unsubscribe: () => void;
  #stopped = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(laboratory: Pick<Laboratory, 'channels' | 'settings' | 'onChanged'>, follow: Follow = followFloor) {
    this.#laboratory = laboratory;
    this.#follow = follow;
    this.#unsubscribe = laboratory.onChanged(() => this.#soon());
  }

  /** Hears of each mechanism whose round trips begin to come. */
  onAdded(listener: (source: SampleSource) => void): Unsubscribe {
    return this.#added.on(listener);
  }

  /** Those of the present rate and payload. */
  present(): FloorView[] {
    const work = this.#work;
    return [...this.#transports].flatMap((transport) => {
      const series = this.#series.get(floorMethodOf(transport) ?? '');
      if (series === undefined) return [];
      return [
        { transport, seriesId: series.id, ...work, atMostPerSecond: FLOOR_AT_MOST_PER_SECOND, ...series.view(work) },
      ];
    });
  }

  /** All that were measured, for the recording. */
  measured(): RecordedFloor[] {
    return [...this.#transports].flatMap(
      (transport) => this.#series.get(floorMethodOf(transport) ?? '')?.recorded(transport) ?? [],
    );
  }

  /** Everything that was measured of each mechanism, ping by ping. */
  series(): Array<{ id: string; transports: TransportId[]; log: SampleLog }> {
    return [...this.#series.values()].map(({ id, method, probe }) => ({
      id,
      transports: [...this.#transports].filter((transport) => floorMethodOf(transport) === method),
      log: probe.log,
    }));
  }

  /** Resolves when no process of it is left. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const series of this.#series.values()) this.#release(series);
    await Promise.all(this.#ends);
  }

  get #work(): Work {
    const { payloadBytes, ratePerSecond } = this.#laboratory.settings;
    return { payloadBytes, ratePerSecond };
  }

  /** Transports of which a channel measures now, by mechanism. */
  #wanted(): Map<string, TransportId[]> {
    const wanted = new Map<string, TransportId[]>();
    for (const { enabled, measuring, transport } of this.#laboratory.channels) {
      const method = floorMethodOf(transport);
      if (!enabled || !measuring || method === null) continue;
      wanted.set(method, [...(wanted.get(method) ?? []), transport]);
    }
    return wanted;
  }

  /** What is no longer wanted ends at once; what is begins after a while. */
  #soon(): void {
    const wanted = this.#wanted();
    const work = this.#work;
    for (const series of this.#series.values())
      if (series.follows !== null && !(wanted.has(series.method) && isSame(series.follows, work)))
        this.#release(series);
    this.#startLater(wanted);
  }

  #startLater(wanted = this.#wanted()): void {
    if (this.#timer !== null || this.#stopped) return;
    const missing = [...wanted.keys()].map((method) => this.#series.get(method)).filter((series) => !series?.follows);
    if (missing.length === 0) return;
    const soonest = Math.min(...missing.map((series) => series?.notBeforeMs ?? 0));
    if (soonest === Infinity) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        for (const [method, transports] of this.#wanted()) this.#start(method, transports);
        this.#startLater();
      },
      Math.max(WAIT_MS, soonest - performance.now()),
    );
  }

  #start(method: string, transports: readonly TransportId[]): void {
    for (const transport of transports) this.#transports.add(transport);
    const series = this.#seriesOf(method);
    if (series.follows !== null || series.notBeforeMs > performance.now()) return;
    const work = this.#work;
    const follower = this.#follow({
      method,
      bytes: work.payloadBytes + FRAME_HEADER_BYTES,
      ratePerSecond: work.ratePerSecond,
      atMostPerSecond: FLOOR_AT_MOST_PER_SECOND,
      onRoundTrips: (roundTrips) => series.take(roundTrips, work),
    });
    series.begin(work, follower);
    void follower.ended.then((end) => {
      if (end === null || series.follower !== follower) return;
      series.reason = end.reason;
      series.notBeforeMs = end.again ? performance.now() + AGAIN_MS : Infinity;
      series.follower = series.follows = null;
      this.#startLater();
    });
  }

  #seriesOf(method: string): FloorSeries {
    const known = this.#series.get(method);
    if (known !== undefined) return known;
    const series = new FloorSeries(method);
    this.#series.set(method, series);
    this.#added.emit(series);
    return series;
  }

  #release(series: FloorSeries): void {
    const { follower } = series;
    series.follower = series.follows = null;
    if (follower === null) return;
    const end = follower.stop();
    this.#ends.add(end);
    void end.finally(() => this.#ends.delete(end));
  }
}

function isSame(a: Work, b: Work): boolean {
  return a.payloadBytes === b.payloadBytes && a.ratePerSecond === b.ratePerSecond;
}
