import { Fragment } from 'react';
import type { BenchRun } from '../../../../../shared/bench/schema';
import { COPIED_TABLE } from '../../copy';
import { ColumnHeads } from './column-heads';
import { methodTitle } from '../../../../../shared/bench/run-names';
import type { ResultLine } from './result-lines';
import classes from './growing.module.css';
import { RunRow } from './run-row';
import { RUN_COLUMNS, type Sorting } from '../../../../../shared/bench/run-columns';

/** Of more runs the notes would be most of the table. */
const MOST_WITH_NOTES = 4;

interface Props {
  lines: readonly ResultLine[];
  /** Further rounds are to come. */
  unfinished?: boolean;
  /** What stands over a run's group, or null. */
  groupOf(run: BenchRun): string | null;
  sorting: Sorting | null;
  hidden: ReadonlySet<string>;
  highlighted: string | null;
  onSort(column: string): void;
  onToggle(id: string): void;
  onIsolate(id: string): void;
  onHighlight(id: string | null): void;
}

/** The figures of every run, and the legend of the plot: its first column shows and hides. */
export function RunTable(props: Props) {
  const {
    lines,
    unfinished = false,
    groupOf,
    sorting,
    hidden,
    highlighted,
    onSort,
    onToggle,
    onIsolate,
    onHighlight,
  } = props;
  const runs = lines.map(({ run }) => run);
  const marks = [
    'data-table run-table',
    unfinished && classes['growing'],
    runs.every(({ skipped }) => skipped === 0) && 'is-all-sent',
    new Set(runs.map(({ route }) => route)).size === 1 && 'has-one-route',
    new Set(runs.map(({ size }) => size)).size === 1 && 'has-one-size',
  ];
  return (
    <div className="table-scroll">
      <table className={marks.filter(Boolean).join(' ')} {...COPIED_TABLE}>
        <caption className="visually-hidden">Round trips of every run</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">In the plot</span>
            </th>
            <ColumnHeads columns={RUN_COLUMNS} sorting={sorting} onSort={onSort} />
          </tr>
        </thead>
        {lines.map((line, index) => {
          const group = groupOf(line.run);
          const before = lines[index - 1];
          return (
            <Fragment key={line.id}>
              {group !== null && (before === undefined || groupOf(before.run) !== group) && (
                <tbody className="run-group">
                  <tr>
                    <th scope="rowgroup" colSpan={RUN_COLUMNS.length + 1}>
                      <span>{group}</span>
                    </th>
                  </tr>
                </tbody>
              )}
              <RunRow
                line={line}
                unfinished={unfinished}
                hidden={hidden.has(line.id)}
                highlighted={highlighted === line.id}
                notesFolded={lines.length > MOST_WITH_NOTES}
                onToggle={onToggle}
                onIsolate={onIsolate}
                onHighlight={onHighlight}
              />
            </Fragment>
          );
        })}
        <FloorReasons runs={runs} />
      </table>
    </div>
  );
}

/** Each reason once, with the methods that it holds for. */
function FloorReasons({ runs }: { runs: readonly BenchRun[] }) {
  const byReason = new Map<string, Set<string>>();
  for (const { method, floor_ns: floor, detail } of runs) {
    const reason = floor === null ? (detail?.floor_unavailable ?? null) : null;
    if (reason !== null) byReason.set(reason, (byReason.get(reason) ?? new Set()).add(methodTitle(method)));
  }
  if (byReason.size === 0) return null;
  return (
    <tfoot>
      {[...byReason].map(([reason, methods]) => (
        <tr key={reason}>
          <td className="run-words" colSpan={RUN_COLUMNS.length + 1}>
            <div className="run-note-words">
              No floor for {[...methods].join(', ')}: {reason}
            </div>
          </td>
        </tr>
      ))}
    </tfoot>
  );
}
