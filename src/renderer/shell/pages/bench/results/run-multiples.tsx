import { useMemo } from 'react';
import type { ChartTheme } from '../../../charts/chart-theme';
import { SmallMultiples } from '../../../charts/small-multiples';
import type { ResultLine } from './result-lines';
import type { Facet } from './run-filter';
import { runPanels } from './run-panels';

interface Props {
  width: number;
  plot: 'size' | 'percentile';
  facet: Facet;
  /** Of runs with figures. */
  lines: readonly ResultLine[];
  theme: ChartTheme;
  highlighted: string | null;
  onHighlight?: (id: string | null) => void;
}

/** A small plot for each method, route or size. */
export function RunMultiples({ width, plot, facet, lines, theme, highlighted, onHighlight }: Props) {
  const drawn = useMemo(() => runPanels(plot, facet, lines), [plot, facet, lines]);
  return (
    <SmallMultiples
      width={width}
      title={`${plot === 'size' ? 'Median of the round trip against the size' : 'Percentiles of the round trip'}, a panel for each ${facet}`}
      theme={theme}
      highlighted={highlighted}
      {...(onHighlight && { onHighlight })}
      {...drawn}
    />
  );
}
