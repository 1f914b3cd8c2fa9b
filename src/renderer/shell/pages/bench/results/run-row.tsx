import { memo } from 'react';
import { isPending, isUnfinished, roundsIn } from '../../../../../shared/bench/partial';
import type { BenchRun } from '../../../../../shared/bench/schema';
import { Icon } from '../../../ui/icons';
import { Swatch } from '../../../charts/swatch';
import type { ResultLine } from './result-lines';
import classes from './growing.module.css';
import { isCoarse } from './run-figures';
import { FIGURE_COLUMNS, NAME_COLUMNS, RUN_COLUMNS } from '../../../../../shared/bench/run-columns';

interface Props {
  line: ResultLine;
  /** Further rounds are to come. */
  unfinished: boolean;
  hidden: boolean;
  highlighted: boolean;
  /** Notes take one line until they are opened. */
  notesFolded: boolean;
  onToggle(id: string): void;
  onIsolate(id: string): void;
  onHighlight(id: string | null): void;
}

/** A run: its figures, or why it has none, and what is to be said of them. */
export const RunRow = memo(function RunRow(props: Props) {
  const { line, unfinished, hidden, highlighted, notesFolded, onToggle, onIsolate, onHighlight } = props;
  const { run, id, label } = line;
  const drawn = run.rtt_ns !== null;
  const pending = unfinished && isPending(run);
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
              {unfinished && run.unavailable === null && (
                // Every row has it, so that no column moves when a round comes.
                <span
                  className={classes['rounds']}
                  data-complete={!isUnfinished(run)}
                  title={
                    isUnfinished(run) ? 'Further rounds are to come: the figures will change' : 'All rounds are in'
                  }
                >
                  {roundsIn(run)} of {run.rounds} rounds
                </span>
              )}
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
        {pending ? (
          FIGURE_COLUMNS.map(({ id: column }) => (
            <td key={column} data-column={column} title="No figures yet">
              –
            </td>
          ))
        ) : drawn ? (
          FIGURE_COLUMNS.map(({ id: column, text, whyNot }) => (
            <td
              key={column}
              data-column={column}
              className={isBad(run, column) ? 'is-bad' : undefined}
              title={whyNot?.(run) ?? undefined}
            >
              {text(run)}
            </td>
          ))
        ) : (
          <td className="run-words" colSpan={FIGURE_COLUMNS.length}>
            {run.unavailable ?? noAnswer(run)}
          </td>
        )}
      </tr>
      {run.detail?.notes.map((note) => (
        <tr key={note} className="run-note">
          <td />
          <td className="run-words" colSpan={RUN_COLUMNS.length}>
            <details className="run-note-words" open={!notesFolded}>
              <summary>{note}</summary>
            </details>
          </td>
        </tr>
      ))}
    </tbody>
  );
});

function noAnswer({ lost, skipped }: BenchRun): string {
  return `No ping was answered: ${lost} lost, ${skipped} not sent.`;
}

function isBad(run: BenchRun, column: string): boolean {
  return (column === 'lost' && run.lost > 0) || (column === 'skipped' && run.skipped > 0);
}
