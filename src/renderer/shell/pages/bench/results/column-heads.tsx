import type { RunColumn, Sorting } from '../../../../../shared/bench/run-columns';

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
        <button type="button" className="column-head" title={`${title}. Press to sort.`} onClick={() => onSort(id)}>
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
