import type { PercentileRow } from './percentile-rows';

// recharts recomputes a line whenever its dataKey has a new identity, so there is one function per place, for ever.
const percentiles: ((row: PercentileRow) => number | null)[] = [];

export function percentileKey(index: number): (row: PercentileRow) => number | null {
  return (percentiles[index] ??= (row) => row.values[index] ?? null);
}
