import type { BenchRun } from '../../../../../shared/bench/schema';
import { choicesOf, type Facet, FACETS, NO_FILTER, type RunFilter } from './run-filter';

interface Props {
  runs: readonly BenchRun[];
  shown: number;
  filter: RunFilter;
  onFilter(filter: RunFilter): void;
}

/** Of many runs some, in groups: only what the runs of this result differ in can be chosen. */
export function RunFilterBar({ runs, shown, filter, onFilter }: Props) {
  const choices = choicesOf(runs);
  // A handful of runs is seen at once.
  if (choices.length < 2) return <div />;
  return (
    <div className="run-filter" role="group" aria-label="Which runs">
      {choices.map(({ facet: { id, name, text }, values }) => (
        <label key={id}>
          {name}
          <select
            data-testid={`run-filter-${id}`}
            value={filter.only[id] ?? ''}
            onChange={({ target }) =>
              onFilter({ ...filter, only: { ...filter.only, [id]: target.value === '' ? undefined : target.value } })
            }
          >
            <option value="">All {values.length}</option>
            {values.map((value) => (
              <option key={value} value={value}>
                {text(value)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <label>
        Group by
        <select
          data-testid="run-group"
          value={filter.groupBy ?? ''}
          onChange={({ target }) =>
            onFilter({ ...filter, groupBy: FACETS.find(({ id }) => id === target.value)?.id ?? null })
          }
        >
          <option value="">nothing</option>
          {choices.map(({ facet: { id, name } }: { facet: { id: Facet; name: string } }) => (
            <option key={id} value={id}>
              {name.toLowerCase()}
            </option>
          ))}
        </select>
      </label>
      <span className="run-filter-count" aria-live="polite">
        {shown} of {runs.length} runs
      </span>
      <button
        type="button"
        className="link-button"
        disabled={shown === runs.length && filter.groupBy === null}
        onClick={() => onFilter(NO_FILTER)}
      >
        Reset
      </button>
    </div>
  );
}
