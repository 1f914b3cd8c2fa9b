import type { Percentiles } from '../snapshot';
import { exactPercentile } from '../measure/percentiles';
import type { Sample, SampleLog } from '../measure/sample-log';
import type { Recording, RecordedChannel } from './schema';

/** A channel of a recording that is being cut: its samples still lie in the log. */
export type CutChannel = Omit<RecordedChannel, 'samples'> & { sampleCount: number; samples: () => Generator<Sample> };

/** A recording as it stood at one moment, whose samples are read one by one: it may hold millions. */
export type CutRecording = Omit<Recording, 'channels'> & { channels: CutChannel[] };

/**
 * The settled samples of a log that were due before `untilNs`, and their exact percentiles. Percentiles are read from
 * these very samples, so that a person who recomputes them from the export finds the same.
 */
export function cutSamples(log: SampleLog, untilNs: number): Pick<CutChannel, 'sampleCount' | 'samples' | 'samplesOmitted' | 'fromSent' | 'fromIntended'> {
  const to = log.firstAtOrAfter(untilNs);
  const from = log.first;
  const pending = new Set<number>();
  const sent: number[] = [];
  const intended: number[] = [];
  let sampleCount = 0;
  for (const sample of log.range(from, to)) {
    if (sample.outcome === 'pending') {
      pending.add(sample.sequence);
      continue;
    }
    sampleCount += 1;
    if (sample.outcome !== 'answered') continue;
    sent.push(sample.rttNs);
    intended.push(sample.rttNs + sample.sentNs - sample.intendedNs);
  }
  return {
    sampleCount,
    samplesOmitted: from,
    fromSent: percentilesOf(sent),
    fromIntended: percentilesOf(intended),
    *samples() {
      for (const sample of log.range(from, to)) if (!pending.has(sample.sequence)) yield sample;
    },
  };
}

function percentilesOf(durations: number[]): Percentiles | null {
  if (durations.length === 0) return null;
  const sorted = Float64Array.from(durations).sort();
  const at = (percent: number) => exactPercentile(sorted, percent) as number;
  return { count: sorted.length, p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max: at(100) };
}
