import { useMemo, useState } from 'react';
import { compareResults } from '../../../../../shared/bench/compare';
import type { BenchResult } from '../../../../../shared/bench/schema';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { ComparisonPlotPane } from './comparison-plot';
import { ComparisonTable } from './comparison-table';
import { EnvironmentTable } from './environment-table';

export interface NamedResult {
  name: string;
  result: BenchResult;
}

interface Props {
  before: NamedResult;
  after: NamedResult;
}

/** Two results side by side: what differs in their environments, every pair of runs, and a plot. Fills its element. */
export function ComparisonView({ before, after }: Props) {
  const theme = useChartTheme();
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const comparison = useMemo(() => compareResults(before.result, after.result), [before.result, after.result]);
  return (
    <section className="bench-comparison-box" aria-label="Comparison of two results">
      <div className="bench-comparison">
        <ComparisonPlotPane
          before={before.name}
          after={after.name}
          pairs={comparison.pairs}
          theme={theme}
          highlighted={highlighted}
          onHighlight={setHighlighted}
        />
        <EnvironmentTable before={before.name} after={after.name} facts={comparison.environment} />
        <ComparisonTable
          before={before.name}
          after={after.name}
          comparison={comparison}
          highlighted={highlighted}
          onHighlight={setHighlighted}
        />
      </div>
    </section>
  );
}
