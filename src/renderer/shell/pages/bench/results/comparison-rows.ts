import type { ComparedRuns } from '../../../../../shared/bench/compare';
import type { ChartTheme } from '../../../charts/chart-theme';
import { resultLines } from './result-lines';

/** A pair with a name for its row. */
export interface ComparisonRow {
  id: string;
  label: string;
  pair: ComparedRuns;
}

export function comparisonRows(pairs: readonly ComparedRuns[], theme: ChartTheme): ComparisonRow[] {
  const lines = resultLines(
    pairs.map(({ before }) => before),
    theme,
  );
  return pairs.map((pair, index) => ({
    id: lines[index]?.id ?? String(index),
    label: lines[index]?.label ?? pair.before.method,
    pair,
  }));
}

export const VERDICT_CLASS = {
  slower: 'is-slower',
  faster: 'is-faster',
  'within the spread': 'is-within',
  'not comparable': 'is-incomparable',
} as const;

/** `+12.4 %`, `−0.5 %`: a signed share. */
export function signedPercent(share: number | null): string {
  if (share === null) return '–';
  const percent = share * 100;
  const digits = Math.abs(percent).toFixed(Math.abs(percent) < 9.95 ? 1 : 0);
  if (Number(digits) === 0) return '±0\u202f%';
  return `${percent < 0 ? '\u2212' : '+'}${digits}\u202f%`;
}
