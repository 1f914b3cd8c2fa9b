import type { BenchRun } from '../../../../../shared/bench/schema';
import { ColumnHeads } from './column-heads';
import { methodTitle, type ResultLine } from './result-lines';
import { RunRow } from './run-row';
import { RUN_COLUMNS, type Sorting } from './run-columns';

interface Props {
  lines: readonly ResultLine[];
  sorting: Sorting | null;
  hidden: ReadonlySet<string>;
  highlighted: string | null;
  onSort(column: string): void;
  onToggle(id: string): void;
  onIsolate(id: string): void;
  onHighlight(id: string | null): void;
}

/** The figures of every run, and the legend of the plot: its first column shows and hides. */
export function RunTable({ lines, sorting, hidden, highlighted, onSort, onToggle, onIsolate, onHighlight }: Props) {
  const unsent = lines.some(({ run }) => run.skipped > 0);
  return (
    <div className="table-scroll">
      <table className={`data-table run-table${unsent ? '' : ' is-all-sent'}`}>
        <caption className="visually-hidden">Round trips of every run</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">In the plot</span>
            </th>
            <ColumnHeads columns={RUN_COLUMNS} sorting={sorting} onSort={onSort} />
          </tr>
        </thead>
        {lines.map((line) => (
          <RunRow
            key={line.id}
            line={line}
            hidden={hidden.has(line.id)}
            highlighted={highlighted === line.id}
            onToggle={onToggle}
            onIsolate={onIsolate}
            onHighlight={onHighlight}
          />
        ))}
        <FloorReasons runs={lines.map(({ run }) => run)} />
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
