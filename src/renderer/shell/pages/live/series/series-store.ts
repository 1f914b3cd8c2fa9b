import type { SampleBatch } from '../../../../../shared/sample-batch';
import { BucketRing } from './bucket-ring';
import { CHART_WINDOW_IDS, CHART_WINDOWS, type ChartSpan, type ChartWindowId, type Timing } from './chart-windows';
import { medianOf } from './median';

/** Buckets beyond the window: the one that is leaving on the left and those that are open on the right. */
const SPARE_BUCKETS = 6;

type Rings = Record<ChartWindowId, BucketRing>;

/** What charts read: live, frozen at the moment of a pause, or a stretch of time. */
export interface SeriesView {
  /** Nanoseconds on the recording's clock up to which samples have come. */
  readonly nowNs: number;
  /** Rises with every batch; a frozen view's never does. */
  readonly version: number;
  ring(channelId: string, window: ChartSpan['id']): BucketRing | undefined;
}

/**
 * The samples of all channels, outside React: typed arrays and one version counter that is bumped once per feed
 * message (at most ten times a second), however many samples it brings.
 */
export class SeriesStore {
  #view: SeriesView = { nowNs: 0, version: 0, ring: (channelId, window) => this.ring(channelId, window) };
  readonly #channels = new Map<string, Rings>();
  readonly #listeners = new Set<() => void>();
  readonly #beatListeners = new Set<() => void>();

  accept(nowNs: number, batches: readonly SampleBatch[]): void {
    for (const batch of batches) this.#fold(batch);
    const { ring, version } = this.#view;
    this.#view = { nowNs: Math.max(this.nowNs, nowNs), version: version + 1, ring };
    for (const listener of this.#listeners) listener();
  }

  /** The samples so far: a new object after every batch, so that React sees that there is something new. */
  get view(): SeriesView {
    return this.#view;
  }

  get nowNs(): number {
    return this.#view.nowNs;
  }

  get version(): number {
    return this.#view.version;
  }

  /** Calls `listener` after every batch. Returns the unsubscribe. Bound, because React calls it bare. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls `listener` twice a second, with the numbers of the window. Returns the unsubscribe. Bound as well. */
  readonly onBeat = (listener: () => void): (() => void) => {
    this.#beatListeners.add(listener);
    return () => this.#beatListeners.delete(listener);
  };

  /** Numbers are shown now: all that shows some does so at once, for one layout of the page instead of several. */
  beat(): void {
    for (const listener of this.#beatListeners) listener();
  }

  ring(channelId: string, window: ChartSpan['id']): BucketRing | undefined {
    return window === 'stretch' ? undefined : this.#channels.get(channelId)?.[window];
  }

  /** Exact median round trip over the last `spanNs` (up to 10 s), nanoseconds; null when nothing was answered. */
  recentMedianNs(channelId: string, spanNs: number, timing: Timing): number | null {
    const ring = this.ring(channelId, '30s');
    if (!ring) return null;
    const values: number[] = [];
    const last = Math.floor(this.nowNs / ring.bucketNs);
    for (let number = last - Math.round(spanNs / ring.bucketNs); number <= last; number += 1) {
      for (const value of ring.rawValues(number, timing)) values.push(value);
    }
    return values.length === 0 ? null : medianOf(values);
  }

  /** Forgets channels that are gone for good. */
  retain(channelIds: ReadonlySet<string>): void {
    for (const id of this.#channels.keys()) if (!channelIds.has(id)) this.#channels.delete(id);
  }

  /** A view that stays as it is now, in all windows and for both timings. */
  freeze(): SeriesView {
    const { nowNs, version } = this;
    const copies = new Map<string, Rings>();
    for (const [id, rings] of this.#channels)
      copies.set(
        id,
        mapRings((window) => rings[window].copy()),
      );
    return {
      nowNs,
      version,
      ring: (channelId, window) => (window === 'stretch' ? undefined : copies.get(channelId)?.[window]),
    };
  }

  #fold(batch: SampleBatch): void {
    let rings = this.#channels.get(batch.channelId);
    if (!rings) {
      rings = mapRings((window) => newRing(window));
      this.#channels.set(batch.channelId, rings);
    }
    for (let i = 0; i < batch.rttNs.length; i += 1) {
      const intended = batch.intendedNs[i] ?? NaN;
      const sent = batch.sentNs[i] ?? NaN;
      const rtt = batch.rttNs[i] ?? NaN;
      const at = Number.isNaN(sent) ? intended : sent;
      const fromIntended = rtt + sent - intended;
      for (const window of CHART_WINDOW_IDS) rings[window].add(at, rtt, fromIntended);
    }
  }
}

function mapRings(make: (window: ChartWindowId) => BucketRing): Rings {
  return { '30s': make('30s'), '2min': make('2min'), '10min': make('10min') };
}

function newRing(window: ChartWindowId): BucketRing {
  const { spanNs, bucketNs } = CHART_WINDOWS[window];
  return new BucketRing(bucketNs, Math.ceil(spanNs / bucketNs) + SPARE_BUCKETS);
}
