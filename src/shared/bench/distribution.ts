import { exactPercentile } from '../measure/percentiles';
import { countUpTo } from './round-interval';
import type { BenchDistribution } from './schema';

/** Five rows for every halving of the distance to 100 %, as HdrHistogram itself prints by default. */
const TICKS_PER_HALF_DISTANCE = 5;

/**
 * What a plot needs of the samples: about a hundred rows instead of all of them. The fractions are those at which
 * HdrHistogram's percentile iterator stops; the values are exact, by nearest rank. Null for no samples.
 */
export function distributionOf(sorted: Float64Array): BenchDistribution | null {
  if (sorted.length === 0) return null;
  const at = (fraction: number) => exactPercentile(sorted, fraction * 100) as number;
  const rows: BenchDistribution['rows'] = [];
  for (let fraction = 0; rows.at(-1)?.count !== sorted.length; fraction += tickAfter(fraction)) {
    const ns = at(fraction);
    rows.push({ fraction, ns, count: countUpTo(sorted, ns) });
  }
  rows.push({ fraction: 1, ns: at(1), count: sorted.length });
  return { p1_ns: at(0.01), p25_ns: at(0.25), p75_ns: at(0.75), rows };
}

function tickAfter(fraction: number): number {
  const halvings = Math.floor(Math.log2(1 / (1 - fraction))) + 1;
  return 1 / (TICKS_PER_HALF_DISTANCE * 2 ** halvings);
}
