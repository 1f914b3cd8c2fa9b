import type { SurvivorVerdict } from '../incident';
import { exactPercentile } from './percentiles';
import { isLost, type Sample, type SampleLog } from './sample-log';

/** How far before and after an incident its verdict looks. */
export const INCIDENT_WINDOW_NS = 5e9;

/**
 * What the samples of one surviving channel say about an incident at `atNs`. A ping that was under way when it
 * happened counts to the time after: hence losses are counted from one time limit before. `untilNs` ends the window
 * early, where the survivor came to grief itself; null lets it run.
 */
export function survivorVerdict(
  channelId: string,
  log: SampleLog,
  atNs: number,
  untilNs: number | null,
  timeoutNs: number,
): SurvivorVerdict {
  const end = Math.min(atNs + INCIDENT_WINDOW_NS, untilNs === null ? Number.POSITIVE_INFINITY : untilNs - timeoutNs);
  const before = answered(log, atNs - INCIDENT_WINDOW_NS, atNs);
  const after = answered(log, atNs, end);
  let lost = 0;
  for (const sample of samples(log, atNs - timeoutNs, end)) if (isLost(sample.outcome)) lost += 1;
  return {
    channelId,
    answeredBefore: before.length,
    answeredAfter: after.length,
    lost,
    p50BeforeNs: exactPercentile(before, 50),
    p50AfterNs: exactPercentile(after, 50),
    p99BeforeNs: exactPercentile(before, 99),
    p99AfterNs: exactPercentile(after, 99),
  };
}

/** When the first ping sent after `atNs` was answered, nanoseconds on the recording's clock, or null so far. */
export function firstAnsweredAfter(log: SampleLog, atNs: number): number | null {
  for (const sample of log.range(log.firstAtOrAfter(atNs))) {
    if (sample.outcome === 'answered' && sample.sentNs > atNs) return sample.sentNs + sample.rttNs;
  }
  return null;
}

function* samples(log: SampleLog, fromNs: number, toNs: number): Generator<Sample> {
  for (const sample of log.range(log.firstAtOrAfter(fromNs))) {
    if (sample.intendedNs >= toNs) return;
    yield sample;
  }
}

/** Round trips of the answered pings that were due in the window, sorted. */
function answered(log: SampleLog, fromNs: number, toNs: number): Float64Array {
  const rtts: number[] = [];
  for (const sample of samples(log, fromNs, toNs)) if (sample.outcome === 'answered') rtts.push(sample.rttNs);
  return Float64Array.from(rtts).sort();
}
