import type { Bucket } from '../series/bucket-ring';
import type { ChartSpan, Timing } from '../series/chart-windows';
import { medianOf } from '../series/median';
import type { SeriesView } from '../series/series-store';

/** What the chart shows of the series. */
export interface PointsWanted {
  view: SeriesView;
  channelIds: readonly string[];
  window: ChartSpan;
  timing: Timing;
  /** Decides how many buckets make one point. */
  ratePerSecond: number;
}

/** A bucket should hold about two pings, or a line at a low rate falls apart into points. */
const PINGS_PER_POINT = 2;

/**
 * The points of the chart's window, oldest first, a column of them for each visible channel. Points lie at whole
 * multiples of their width, so a point keeps its number while it slides; read ten times a second, into the same arrays.
 */
export class LatencyPoints {
  /** Number of the first point, and how many there are. */
  first = 0;
  count = 0;
  /** Width of a point, nanoseconds, and the moment at the right edge of the window. */
  pointNs = 1;
  nowNs = 0;
  /** Per channel, µs; NaN where nothing was answered. */
  readonly medians: Float64Array[] = [];
  readonly lost: Uint32Array[] = [];
  lostInView = 0;
  /** Smallest and largest median in view, µs; Infinity and −Infinity when there is none. */
  lowMedian = Infinity;
  highMedian = -Infinity;
  #wanted: PointsWanted | null = null;
  #merge = 1;

  readFrom(wanted: PointsWanted): void {
    const { view, channelIds, window, ratePerSecond } = wanted;
    const { spanNs, bucketNs } = window;
    this.#wanted = wanted;
    this.#merge = bucketsPerPoint(window, ratePerSecond);
    this.pointNs = bucketNs * this.#merge;
    this.nowNs = view.nowNs;
    // One point more on the left, so that the line reaches the edge (the plot clips it).
    this.first = Math.max(0, Math.floor((view.nowNs - spanNs) / this.pointNs) - 1);
    this.count = Math.max(0, Math.floor(view.nowNs / this.pointNs - 0.5) - this.first + 1);
    this.lowMedian = Infinity;
    this.highMedian = -Infinity;
    this.lostInView = 0;
    const inView = this.#firstInView(spanNs);
    for (let line = 0; line < channelIds.length; line += 1) this.#fillLine(line, inView);
  }

  /** Seconds before now of a point's middle, negative. */
  secondsAt(index: number): number {
    return ((this.first + index + 0.5) * this.pointNs - this.nowNs) / 1e9;
  }

  /** The point whose middle is nearest to so many seconds before now. */
  nearest(seconds: number): number {
    const index = Math.round((seconds * 1e9 + this.nowNs) / this.pointNs - 0.5) - this.first;
    return Math.min(this.count - 1, Math.max(0, index));
  }

  /** All that is known of one point of one channel, nanoseconds. */
  read(line: number, index: number, into: Bucket): Bucket {
    into.answered = into.lost = 0;
    into.medianNs = into.minNs = into.maxNs = NaN;
    const wanted = this.#wanted;
    const ring = wanted?.view.ring(wanted.channelIds[line] ?? '', wanted.window.id);
    if (wanted === null || ring === undefined) return into;
    const number = (this.first + index) * this.#merge;
    if (this.#merge === 1) ring.read(number, wanted.timing, into);
    else merge((each, bucket) => ring.read(each, wanted.timing, bucket), number, this.#merge, into);
    return into;
  }

  #fillLine(line: number, inView: number): void {
    const medians = column(this.medians, line, this.count, Float64Array);
    const lost = column(this.lost, line, this.count, Uint32Array);
    for (let index = 0; index < this.count; index += 1) {
      this.read(line, index, one);
      const median = one.medianNs / 1000;
      medians[index] = median;
      lost[index] = one.lost;
      if (index < inView) continue;
      this.lostInView += one.lost;
      if (median < this.lowMedian) this.lowMedian = median;
      if (median > this.highMedian) this.highMedian = median;
    }
  }

  #firstInView(spanNs: number): number {
    let index = 0;
    while (index < this.count && this.secondsAt(index) < -spanNs / 1e9) index += 1;
    return index;
  }
}

/** How many buckets make one point. */
export function bucketsPerPoint({ bucketNs }: ChartSpan, ratePerSecond: number): number {
  return Math.max(1, Math.ceil(PINGS_PER_POINT / ((ratePerSecond * bucketNs) / 1e9)));
}

/** The array of one line, made anew when it is too short. */
function column<T extends Float64Array | Uint32Array>(
  columns: T[],
  line: number,
  length: number,
  make: new (length: number) => T,
): T {
  const held = columns[line];
  if (held !== undefined && held.length >= length) return held;
  const made = new make(length + 16);
  columns[line] = made;
  return made;
}

const one: Bucket = { answered: 0, lost: 0, medianNs: NaN, minNs: NaN, maxNs: NaN };
const part: Bucket = { ...one };

function merge(read: (number: number, into: Bucket) => boolean, first: number, count: number, sum: Bucket): void {
  const medians: number[] = [];
  for (let number = first; number < first + count; number += 1) {
    if (!read(number, part)) continue;
    sum.answered += part.answered;
    sum.lost += part.lost;
    if (part.answered === 0) continue;
    medians.push(part.medianNs);
    if (!(sum.minNs <= part.minNs)) sum.minNs = part.minNs;
    if (!(sum.maxNs >= part.maxNs)) sum.maxNs = part.maxNs;
  }
  sum.medianNs = medianOf(medians);
}
