import { memo } from 'react';
import type { BenchRun } from '../../../../../shared/bench/schema';
import { Icon } from '../../../ui/icons';
import { Swatch } from '../../../charts/swatch';
import type { ResultLine } from './result-lines';
import { isCoarse } from './run-figures';
import { FIGURE_COLUMNS, NAME_COLUMNS, RUN_COLUMNS } from '../../../../../shared/bench/run-columns';

interface Props {
  line: ResultLine;
  hidden: boolean;
  highlighted: boolean;
  onToggle(id: string): void;
  onIsolate(id: string): void;
  onHighlight(id: string | null): void;
}

/** A run: its figures, or why it has none, and what is to be said of them. */
export const RunRow = memo(function RunRow({ line, hidden, highlighted, onToggle, onIsolate, onHighlight }: Props) {
  const { run, id, label } = line;
  const drawn = run.rtt_ns !== null;
  const over = (): void => onHighlight(drawn && !hidden ? id : null);
  const out = (): void => onHighlight(null);
  const state = [hidden && 'is-dimmed', highlighted && 'is-highlighted'].filter(Boolean).join(' ');
  return (
    <tbody
      className={state}
      data-testid={`run-${run.method}-${run.size}`}
      onPointerEnter={over}
      onPointerLeave={out}
      onFocus={over}
      onBlur={out}
    >
      <tr>
        <td className="run-legend">
          {drawn && (
            <>
              <button
                type="button"
                className="legend-toggle"
                aria-pressed={!hidden}
                aria-label={`${label}: in the plot`}
                title="Click to hide or show, double-click to show it alone"
                onClick={() => onToggle(id)}
                onDoubleClick={() => onIsolate(id)}
              >
                <Swatch colour={line.colour} dash={line.dash} dimmed={hidden} />
              </button>
              <button
                type="button"
                className="legend-only"
                aria-label={`Only ${label}`}
                title="Only this run"
                onClick={() => onIsolate(id)}
              >
                <Icon name="target" />
              </button>
            </>
          )}
        </td>
        {NAME_COLUMNS.map(({ id: column, text }) =>
          column === 'method' ? (
            <th key={column} scope="row">
              {text(run)}
              {isCoarse(run) && ' *'}
              {run.saturated && (
                <span
                  className="run-overload"
                  title="More was asked for than it carries: figures marked ≥ are lower bounds"
                >
                  <Icon name="warning" size={12} /> overload
                </span>
              )}
            </th>
          ) : (
            <td key={column} data-column={column}>
              {text(run)}
            </td>
          ),
        )}
        {drawn ? (
          FIGURE_COLUMNS.map(({ id: column, text }) => (
            <td key={column} data-column={column} className={isBad(run, column) ? 'is-bad' : undefined}>
              {text(run)}
            </td>
          ))
        ) : (
          <td className="run-words" colSpan={FIGURE_COLUMNS.length}>
            {run.unavailable ?? `No ping was answered: ${run.lost} lost, ${run.skipped} not sent.`}
          </td>
        )}
      </tr>
      {run.detail?.notes.map((note) => (
        <tr key={note} className="run-note">
          <td />
          <td className="run-words" colSpan={RUN_COLUMNS.length}>
            <div className="run-note-words">{note}</div>
          </td>
        </tr>
      ))}
    </tbody>
  );
});

function isBad(run: BenchRun, column: string): boolean {
  return (column === 'lost' && run.lost > 0) || (column === 'skipped' && run.skipped > 0);
}
