import { useMemo, useState } from 'react';
import { isPending, isUnfinished } from '../../../../../shared/bench/partial';
import type { BenchResult } from '../../../../../shared/bench/schema';
import { useChartTheme } from '../../../charts/use-chart-theme';
import { Segmented } from '../../../ui/segmented';
import { AnswerCard } from './answer-card';
import { environmentLine } from '../../../../../shared/bench/environment-line';
import { plotOf, type ResultPlot } from './plot-caption';
import { labelOf } from '../../../../../shared/bench/run-names';
import { type ResultLine, resultLines } from './result-lines';
import { ResultPlotPane } from './result-plot-pane';
import { nextSorting, sortedBy, type Sorting } from '../../../../../shared/bench/run-columns';
import { type Facet, grouped, groupOf, NO_FILTER, passes, type RunFilter } from './run-filter';
import { RunFilterBar } from './run-filter-bar';
import { type PanelFacet, panelFacetOf, panelFacets } from './run-panels';
import { RunAnatomies } from './run-anatomies';
import { RunTable } from './run-table';
import classes from './result-view.module.css';

export type { ResultPlot } from './plot-caption';

interface Props {
  result: BenchResult;
  /** Further rounds are to come: figures change, and runs without any keep their places. */
  unfinished?: boolean;
  /** What was chosen; null: what suits the result. */
  chosenPlot: ResultPlot | null;
  onPlot: (plot: ResultPlot) => void;
  /** undefined: what suits the lines. */
  chosenPanels: PanelFacet | undefined;
  onPanels: (panels: PanelFacet) => void;
}

const SIZES_PLOT = {
  value: 'size',
  label: 'Sizes',
  title: 'The median against the size, a line for each method',
} as const;
const PLOTS = [
  { value: 'box', label: 'Boxes', title: 'Quartiles, median and percentiles, a row for each run' },
  { value: 'percentile', label: 'Percentiles', title: "On HdrHistogram's logarithmic axis, a line for each run" },
] as const;

/** In the plot's place, for runs whose stages were measured. */
const STAGES_VIEW = {
  value: 'stages',
  label: 'Stages',
  title: 'Where the time of typical and slow round trips goes',
} as const;

/**
 * One result: the plot and the table of its runs, which is the plot's legend as well. Fills the element that it is in;
 * what is too much scrolls. Which runs are hidden lasts as long as the component: give another result another key.
 */
export function ResultView({ result, unfinished = false, chosenPlot, onPlot, chosenPanels, onPanels }: Props) {
  const theme = useChartTheme();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set());
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const [filter, setFilter] = useState<RunFilter>(NO_FILTER);
  const [asStages, setAsStages] = useState(false);
  const filtered = useMemo(
    () => ({ ...result, runs: result.runs.filter((run) => passes(filter, run)) }),
    [result, filter],
  );
  const lines = useMemo(() => {
    // Looks are those of the whole result; names need only tell apart what is left.
    const all = resultLines(result.runs, theme)
      .filter(({ run }) => passes(filter, run))
      .map((line) => ({ ...line, label: labelOf(line.run, filtered.runs) }));
    const runOf = ({ run }: ResultLine) => run;
    return grouped(sortedBy(all, runOf, sorting), runOf, filter);
  }, [result.runs, filtered.runs, theme, sorting, filter]);
  const plot = plotOf(
    chosenPlot,
    lines.map(({ run }) => run),
  );
  const swept = plotOf('size', result.runs) === 'size';
  const drawn = useMemo(
    () => lines.filter(({ run }) => run.rtt_ns !== null || (unfinished && isPending(run))),
    [lines, unfinished],
  );
  const staged = filtered.runs.filter(({ detail }) => (detail?.anatomy ?? null) !== null);
  const stagesShown = asStages && staged.length > 0;
  const measurable = result.runs.filter(({ unavailable }) => unavailable === null);
  const shown = useMemo(() => drawn.filter(({ id }) => !hidden.has(id)), [drawn, hidden]);
  // Those that are hidden count: what is shown is not to change with them.
  const panels = panelFacetOf(chosenPanels, plot, drawn);
  const handlers = useMemo(
    () => ({
      onSort: (column: string) => setSorting((old) => nextSorting(old, column)),
      onToggle: (id: string) =>
        setHidden((old) => (old.has(id) ? new Set([...old].filter((other) => other !== id)) : new Set([...old, id]))),
      onIsolate: (id: string) => setHidden(new Set(drawn.map((line) => line.id).filter((other) => other !== id))),
      onHighlight: setHighlighted,
    }),
    [drawn],
  );
  return (
    <section
      className={['bench-result', stagesShown ? classes['asStages'] : panels !== null && classes['inPanels']]
        .filter(Boolean)
        .join(' ')}
      aria-label="Result of the benchmark"
    >
      <div className="bench-result-bar">
        <Segmented<ResultPlot | 'stages'>
          legend="Plot"
          name="result-plot"
          options={[...(swept ? [SIZES_PLOT] : []), ...PLOTS, ...(staged.length > 0 ? [STAGES_VIEW] : [])]}
          value={stagesShown ? 'stages' : plot}
          onChange={(chosen) => {
            setAsStages(chosen === 'stages');
            if (chosen !== 'stages') onPlot(chosen);
          }}
        />
        {plot !== 'box' && !stagesShown && (
          <PanelChoice facets={panelFacets(plot, drawn)} value={panels} onChange={onPanels} />
        )}
        <p className="bench-result-environment" title={environmentLine(result)}>
          {environmentLine(result)}
        </p>
        {unfinished && (
          <span className={classes['unfinished']} role="status" data-testid="bench-unfinished">
            Unfinished: {measurable.filter((run) => !isUnfinished(run)).length} of {measurable.length} runs complete
          </span>
        )}
        {result.environment.interrupted && <span className="bench-interrupted">Interrupted: measured until then</span>}
        <button
          type="button"
          className="link-button"
          disabled={shown.length === drawn.length}
          onClick={() => setHidden(new Set())}
        >
          Show all
        </button>
      </div>
      <RunFilterBar runs={result.runs} shown={lines.length} filter={filter} onFilter={setFilter} />
      {unfinished ? (
        <p className={classes['answerLater']}>The answer comes with the last round. Until then figures change.</p>
      ) : (
        <AnswerCard result={filtered} />
      )}
      {stagesShown ? (
        <RunAnatomies staged={staged} runs={filtered.runs} />
      ) : (
        <ResultPlotPane
          plot={plot}
          panels={panels}
          lines={shown}
          unfinished={unfinished}
          empty={emptyWords(filtered, drawn.length, result.runs.length)}
          theme={theme}
          highlighted={highlighted}
          onHighlight={setHighlighted}
        />
      )}
      {lines.length > 0 && (
        <RunTable
          lines={lines}
          unfinished={unfinished}
          groupOf={(run) => groupOf(filter, run)}
          sorting={sorting}
          hidden={hidden}
          highlighted={highlighted}
          {...handlers}
        />
      )}
    </section>
  );
}

interface ChoiceProps {
  facets: readonly Facet[];
  value: PanelFacet;
  onChange(panels: PanelFacet): void;
}

function PanelChoice({ facets, value, onChange }: ChoiceProps) {
  return (
    <label className={classes['panels']} title="One plot for all lines, or a small one for each, on the same axes">
      Panels
      <select
        data-testid="bench-panels"
        disabled={facets.length === 0}
        value={value ?? ''}
        onChange={({ target }) => onChange(facets.find((facet) => facet === target.value) ?? null)}
      >
        <option value="">one</option>
        {facets.map((facet) => (
          <option key={facet} value={facet}>
            by {facet}
          </option>
        ))}
      </select>
    </label>
  );
}

function emptyWords({ runs, environment }: BenchResult, drawn: number, all: number): string {
  if (runs.length === 0 && all > 0) return 'No run has all of what was chosen. Reset the choice.';
  if (drawn > 0) return 'Every run is hidden. Show one again in the table.';
  if (runs.length > 0) return 'No run has figures. The table says why.';
  return environment.interrupted ? 'Interrupted before anything was measured.' : 'Nothing was measured.';
}
