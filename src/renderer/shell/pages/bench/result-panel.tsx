import { useEffect } from 'react';
import type { BenchResult } from '../../../../shared/bench/schema';
import type { ResultSummary } from '../../../../shared/bench-window/view';
import { useShell } from '../../store/shell-store';
import { loadResult } from './bench-actions';
import { ResultBar } from './result-bar';
import { ComparisonView } from './results/comparison-view';
import { ResultView } from './results/result-view';

const NONE: readonly ResultSummary[] = [];

export function ResultPanel() {
  const summaries = useShell((s) => s.bench?.results ?? NONE);
  return (
    <section className="panel bench-results" aria-label="Results">
      <ResultBar summaries={summaries} />
      <Shown summaries={summaries} />
    </section>
  );
}

function Shown({ summaries }: { summaries: readonly ResultSummary[] }) {
  const shown = useShell((s) => s.shown);
  const plot = useShell((s) => s.plot);
  const setPlot = useShell((s) => s.setPlot);
  const panels = useShell((s) => s.panels);
  const setPanels = useShell((s) => s.setPanels);
  const view = { chosenPlot: plot, onPlot: setPlot, chosenPanels: panels, onPanels: setPanels };
  const partial = useShell((s) => s.partial);
  const first = useResult(shown.kind === 'one' ? shown.id : shown.kind === 'two' ? shown.before : null);
  const second = useResult(shown.kind === 'two' ? shown.after : null);
  const nameOf = (id: number) => summaries.find((summary) => summary.id === id)?.name ?? '';
  switch (shown.kind) {
    case 'none':
      return <Empty />;
    case 'running':
      return (
        <div className="bench-shown" data-testid="bench-partial">
          {partial === null ? (
            <p className="bench-empty">The first figures come after the first round.</p>
          ) : (
            <ResultView key={keyOf(partial)} result={partial} unfinished {...view} />
          )}
        </div>
      );
    case 'one': {
      // What was seen while it ran stands there until the whole result has come, with what was sorted and hidden.
      const beganAt = summaries.find(({ id }) => id === shown.id)?.beganAt;
      const result = first ?? (partial?.environment.began_at === beganAt ? partial : null);
      return (
        <div className="bench-shown" data-testid="bench-result">
          {result && <ResultView key={keyOf(result)} result={result} unfinished={first === undefined} {...view} />}
        </div>
      );
    }
    case 'two':
      return (
        <div className="bench-shown" data-testid="bench-comparison">
          {first && second && (
            <ComparisonView
              key={`${shown.before} ${shown.after}`}
              before={{ name: nameOf(shown.before), result: first }}
              after={{ name: nameOf(shown.after), result: second }}
            />
          )}
        </div>
      );
  }
}

/** The same while it grows and afterwards. */
function keyOf({ environment }: BenchResult): string {
  return environment.began_at;
}

function useResult(id: number | null): BenchResult | undefined {
  const result = useShell((s) => (id === null ? undefined : s.results[id]));
  useEffect(() => {
    if (id !== null) void loadResult(id);
  }, [id]);
  return result;
}

function Empty() {
  return (
    <div className="bench-empty">
      <h2>What does each path cost when nothing else runs?</h2>
      <p>
        Choose methods and sizes, and press Run. Each is measured between two fresh processes of an application of its
        own, as <code>bulkhead bench</code> does it, with the kernel’s floor beside it.
      </p>
      <p>Or open saved results: two of them stand side by side, with the difference.</p>
    </div>
  );
}
