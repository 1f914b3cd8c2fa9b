import type { SampleBatch } from '../../../../../shared/sample-batch';
import { percentilesOf } from '../../../../../shared/measure/percentiles';
import type { Percentiles } from '../../../../../shared/snapshot';
import { BucketRing } from './bucket-ring';
import type { ChartSpan } from './chart-windows';
import type { SeriesView } from './series-store';

/** About so many buckets, at widths that are whole steps. */
const BUCKETS = 200;
const STEPS = [1, 2, 5, 10];
/** Nothing is drawn finer than this. */
const LEAST_BUCKET_NS = 1e6;
/** Buckets on each side, so that a line reaches the edges. */
const SPARE_BUCKETS = 4;

/** What one channel's pings of the stretch came to. */
export interface StretchFigures {
  fromSent: Percentiles | null;
  fromIntended: Percentiles | null;
  sent: number;
  answered: number;
  lost: number;
}

/** A stretch of the recording, folded from its samples: it stays as it is, whatever becomes of the live series. */
export interface StretchSeries {
  fromNs: number;
  toNs: number;
  window: ChartSpan;
  view: SeriesView;
  figures: ReadonlyMap<string, StretchFigures>;
}

/** The width of its buckets; pings of so much on each side belong to the drawing, and not to the figures. */
export function stretchBucketNs(spanNs: number): number {
  const least = Math.max(LEAST_BUCKET_NS, spanNs / BUCKETS);
  const decade = 10 ** Math.floor(Math.log10(least) + 1e-9);
  return decade * (STEPS.find((step) => step * decade >= least * (1 - 1e-9)) ?? 10);
}

/** Exact figures of the pings sent from `fromNs` up to `toNs`, and their buckets. */
export function foldStretch(fromNs: number, toNs: number, batches: readonly SampleBatch[]): StretchSeries {
  const window: ChartSpan = { id: 'stretch', spanNs: toNs - fromNs, bucketNs: stretchBucketNs(toNs - fromNs) };
  const capacity = Math.ceil(window.spanNs / window.bucketNs) + 2 * SPARE_BUCKETS;
  const rings = new Map<string, BucketRing>();
  const figures = new Map<string, StretchFigures>();
  for (const batch of batches) {
    const ring = new BucketRing(window.bucketNs, capacity);
    const sentTimes: number[] = [];
    const intendedTimes: number[] = [];
    let [sent, lost] = [0, 0];
    for (let i = 0; i < batch.rttNs.length; i += 1) {
      const intended = batch.intendedNs[i] ?? NaN;
      const sentNs = batch.sentNs[i] ?? NaN;
      const rtt = batch.rttNs[i] ?? NaN;
      const at = Number.isNaN(sentNs) ? intended : sentNs;
      const fromIntended = rtt + sentNs - intended;
      ring.add(at, rtt, fromIntended);
      if (at < fromNs || at >= toNs) continue;
      if (!Number.isNaN(sentNs)) sent += 1;
      if (Number.isNaN(rtt)) lost += 1;
      else {
        sentTimes.push(rtt);
        intendedTimes.push(fromIntended);
      }
    }
    rings.set(batch.channelId, ring);
    figures.set(batch.channelId, {
      fromSent: percentilesOf(sentTimes),
      fromIntended: percentilesOf(intendedTimes),
      sent,
      answered: sentTimes.length,
      lost,
    });
  }
  return {
    fromNs,
    toNs,
    window,
    view: { nowNs: toNs, version: 0, ring: (channelId) => rings.get(channelId) },
    figures,
  };
}
