import type { RunColumn, Sorting } from '../../../../../shared/bench/run-columns';
import type { GlossaryId } from '../../../../../shared/glossary';

/** What “?” explains at a head: pressing it sorts. */
const WORDS: Readonly<Record<string, GlossaryId>> = {
  method: 'method',
  route: 'route',
  size: 'payload',
  interval: 'interval',
  ratio: 'ratio',
  lost: 'lost',
  skipped: 'skipped',
  floor: 'floor',
  spread: 'spread',
  p50: 'percentile',
  p90: 'percentile',
  p99: 'percentile',
  'p99.9': 'percentile',
  max: 'percentile',
};

interface Props {
  columns: ReadonlyArray<Pick<RunColumn, 'id' | 'head' | 'unit' | 'title'>>;
  sorting: Sorting | null;
  onSort(column: string): void;
}

/** Heads that sort when they are pressed: upwards, downwards, in the given order again. */
export function ColumnHeads({ columns, sorting, onSort }: Props) {
  return columns.map(({ id, head, unit, title }) => {
    const direction = sorting?.column === id ? (sorting.descending ? 'descending' : 'ascending') : 'none';
    return (
      <th key={id} scope="col" data-column={id} aria-sort={direction}>
        <button
          type="button"
          className="column-head"
          title={`${title}. Press to sort.`}
          data-word={WORDS[id]}
          onClick={() => onSort(id)}
        >
          {head}
          {unit !== undefined && <small> {unit}</small>}
          <span className="column-arrow" aria-hidden="true">
            {direction === 'ascending' ? '▲' : direction === 'descending' ? '▼' : ''}
          </span>
        </button>
      </th>
    );
  });
}
