import { build } from 'hdr-histogram-js';
import type { RunRecord } from './result';
import { nameOnRoute } from './routes';
import { sortedTimes } from './round-samples';

/** Five lines for every halving of the distance to 100 %, as HdrHistogram itself prints by default. */
const TICKS_PER_HALF_DISTANCE = 5;
/** Values are recorded in nanoseconds and printed in microseconds. */
const NS_PER_UNIT = 1000;

export interface HgrmFile {
  name: string;
  text: string;
}

/**
 * Percentile distributions as HdrHistogram prints them and its plotter reads them, in µs, within 0.1 % of the exact
 * values: one file for each run, and of an open loop one from the intended sends and one from the actual ones.
 */
export function hgrmFiles(
  records: readonly RunRecord[],
  setting: { placement: string; mode: 'closed' | 'open' },
): HgrmFile[] {
  return records
    .filter(({ rounds }) => rounds.length > 0)
    .flatMap(({ run, rounds }) => {
      const columns = rounds.map(({ samples }) => samples);
      const name = `${nameOnRoute(run).replace(' ', '-')}-${run.sizeBytes}-${setting.placement}`;
      if (setting.mode === 'closed')
        return [{ name: `${name}.hgrm`, text: distribution(sortedTimes(columns, 'sent')) }];
      return [
        { name: `${name}-corrected.hgrm`, text: distribution(sortedTimes(columns, 'intended')) },
        { name: `${name}-uncorrected.hgrm`, text: distribution(sortedTimes(columns, 'sent')) },
      ];
    });
}

function distribution(sorted: Float64Array): string {
  const histogram = build({
    bitBucketSize: 32,
    autoResize: true,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 2 ** 24,
    numberOfSignificantValueDigits: 3,
  });
  for (const ns of sorted) histogram.recordValue(Math.max(0, Math.round(ns)));
  return histogram.outputPercentileDistribution(TICKS_PER_HALF_DISTANCE, NS_PER_UNIT);
}
