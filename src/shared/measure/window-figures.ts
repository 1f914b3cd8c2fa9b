import { exactPercentile } from './percentiles';
import type { SampleLog } from './sample-log';

/** How far before and after an incident its verdict looks, and how long the windows are that it is compared with. */
export const INCIDENT_WINDOW_NS = 5e9;

/** With fewer answered pings a window says too little about its channel. */
export const FEWEST_PINGS = 20;

/** Exact percentiles (nearest rank) of the answered pings of one window; null without any. */
export interface WindowFigures {
  answered: number;
  p50Ns: number | null;
  p99Ns: number | null;
}

export interface ReadWindow {
  figures: WindowFigures;
  /** Samples that were looked at. */
  read: number;
}

/**
 * The answered pings that were due from `fromNs` to before `toNs`. `takes` chooses among them by the time at which the
 * pong was there. Pings still under way are not in it.
 */
export function readWindow(
  log: SampleLog,
  fromNs: number,
  toNs: number,
  takes: (settledNs: number) => boolean = () => true,
): ReadWindow {
  const rtts: number[] = [];
  let read = 0;
  for (const sample of log.range(log.firstAtOrAfter(fromNs))) {
    if (sample.intendedNs >= toNs) break;
    read += 1;
    if (sample.outcome === 'answered' && takes(sample.sentNs + sample.rttNs)) rtts.push(sample.rttNs);
  }
  const sorted = Float64Array.from(rtts).sort();
  return {
    figures: { answered: sorted.length, p50Ns: exactPercentile(sorted, 50), p99Ns: exactPercentile(sorted, 99) },
    read,
  };
}

/** By how much the percentiles rose from one window to the next, nanoseconds. */
export interface Change {
  p50Ns: number;
  p99Ns: number;
}

/** Null when either window holds too few pings to tell. */
export function changeBetween(before: WindowFigures, after: WindowFigures): Change | null {
  if (before.answered < FEWEST_PINGS || after.answered < FEWEST_PINGS) return null;
  const { p50Ns: p50Before, p99Ns: p99Before } = before;
  const { p50Ns: p50After, p99Ns: p99After } = after;
  if (p50Before === null || p50After === null || p99Before === null || p99After === null) return null;
  return { p50Ns: p50After - p50Before, p99Ns: p99After - p99Before };
}
