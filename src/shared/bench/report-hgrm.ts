import { nameOnRoute } from './routes';
import type { BenchDistribution, BenchRun } from './schema';

/** Values are kept in nanoseconds and printed in microseconds. */
const NS_PER_UNIT = 1000;

export interface HgrmFile {
  name: string;
  text: string;
}

/**
 * Percentile distributions as HdrHistogram prints them and its plotter reads them, in µs, but with exact values: one
 * file for each run, and of an open loop one from the intended sends and one from the actual ones. A run without a
 * distribution (of an earlier version, or with nothing answered) has none.
 */
export function hgrmFiles(runs: readonly BenchRun[]): HgrmFile[] {
  return runs.flatMap((run) => {
    const name = `${nameOnRoute(run).replace(' ', '-')}-${run.size}-${run.placement}`;
    const [corrected, uncorrected] = hgrmTexts(run);
    if (run.mode === 'closed') return corrected === null ? [] : [{ name: `${name}.hgrm`, text: corrected }];
    return [
      ...(corrected === null ? [] : [{ name: `${name}-corrected.hgrm`, text: corrected }]),
      ...(uncorrected === null ? [] : [{ name: `${name}-uncorrected.hgrm`, text: uncorrected }]),
    ];
  });
}

type Texts = [corrected: string | null, uncorrected: string | null];

function hgrmTexts({ rtt_ns: rtt, detail }: BenchRun): Texts {
  if (detail === null) return [null, null];
  return [
    hgrmText(detail.distribution, rtt, detail.lower_bound_from_ns),
    hgrmText(detail.uncorrected_distribution, detail.uncorrected_rtt_ns, null),
  ];
}

function hgrmText(
  distribution: BenchDistribution | null,
  summary: BenchRun['rtt_ns'],
  lowerBoundFromNs: number | null,
): string | null {
  if (distribution === null || summary === null) return null;
  const lines = distribution.rows.map(({ fraction, ns, count }) =>
    [
      micros(ns),
      ` ${fraction.toFixed(12)}`,
      String(count).padStart(10),
      // HdrHistogram leaves the last one, which is infinite, out.
      ...(fraction < 1 ? [(1 / (1 - fraction)).toFixed(2).padStart(14)] : []),
    ].join(' '),
  );
  const total = distribution.rows.at(-1)?.count ?? 0;
  return [
    '       Value     Percentile TotalCount 1/(1-Percentile)',
    '',
    ...lines,
    `#[Mean    = ${micros(summary.mean)}, StdDeviation   = ${micros(summary.stdev)}]`,
    `#[Max     = ${micros(summary.max)}, Total count    = ${String(total).padStart(12)}]`,
    ...(lowerBoundFromNs === null ? [] : [`#[Lower bounds from = ${micros(lowerBoundFromNs)}]`]),
    '',
  ].join('\n');
}

function micros(ns: number): string {
  return (ns / NS_PER_UNIT).toFixed(3).padStart(12);
}
