import { type Message, render } from '../../../../shared/messages/message';
import { RESULT_FORMAT_IDS, RESULT_FORMATS } from '../../../../shared/bench-window/result-formats';
import type { ResultSummary } from '../../../../shared/bench-window/view';
import { act } from '../../bridge';
import { Icon } from '../../ui/icons';
import { useShell } from '../../store/shell-store';
import { ResultDescription } from './result-description';
import { openResults, saveResult } from './bench-actions';

const NO_PROBLEMS: readonly Message[] = [];

interface Props {
  summaries: readonly ResultSummary[];
}

/** The results that there are, and what to do with the one that is shown. */
export function ResultBar({ summaries }: Props) {
  const shown = useShell((s) => s.shown);
  const showResult = useShell((s) => s.showResult);
  const current = shown.kind === 'one' ? shown.id : shown.kind === 'two' ? shown.after : null;
  const problems = useShell((s) => s.bench?.problems ?? NO_PROBLEMS);
  const described = summaries.find(({ id, kept }) => id === current && kept);
  return (
    <header className="bench-bar">
      <div className="bench-bar-row">
        <ul className="bench-result-list" aria-label="Results">
          {summaries.map((summary) => (
            <ResultChip key={summary.id} summary={summary} current={summary.id === current} />
          ))}
        </ul>
        <button type="button" className="button" data-testid="bench-open" onClick={() => void openResults()}>
          Open…
        </button>
      </div>
      {described !== undefined && <ResultDescription key={described.id} summary={described} />}
      {problems
        .map((each) => render(each))
        .map((problem) => (
          <p key={problem} className="bench-problem" role="status">
            {problem}
          </p>
        ))}
      <div className="bench-bar-row">
        <label className="bench-compare">
          Compare with
          <select
            data-testid="bench-compare"
            disabled={current === null || summaries.length < 2}
            value={shown.kind === 'two' ? shown.before : ''}
            onChange={({ target }) => {
              if (current === null) return;
              showResult(
                target.value === ''
                  ? { kind: 'one', id: current }
                  : { kind: 'two', before: Number(target.value), after: current },
              );
            }}
          >
            <option value="">{summaries.length < 2 ? 'no other result yet' : 'nothing'}</option>
            {summaries
              .filter(({ id }) => id !== current)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </select>
          <button
            type="button"
            className="small-button"
            disabled={shown.kind !== 'two'}
            title="Swap before and after"
            data-testid="bench-swap"
            onClick={() =>
              shown.kind === 'two' && showResult({ kind: 'two', before: shown.after, after: shown.before })
            }
          >
            Swap
          </button>
        </label>
        <div className="bench-save" role="group" aria-label="Save the result as">
          <span aria-hidden="true">Save as</span>
          {RESULT_FORMAT_IDS.map((format) => (
            <button
              key={format}
              type="button"
              className="small-button"
              data-testid={`bench-save-${format}`}
              disabled={current === null}
              title={RESULT_FORMATS[format].about}
              onClick={() => current !== null && void saveResult(current, format)}
            >
              {RESULT_FORMATS[format].name}
            </button>
          ))}
        </div>
      </div>
    </header>
  );
}

function ResultChip({ summary, current }: { summary: ResultSummary; current: boolean }) {
  const showResult = useShell((s) => s.showResult);
  const { id, name, note, path, interrupted, kept } = summary;
  return (
    <li className={current ? 'bench-result-chip is-current' : 'bench-result-chip'}>
      <button
        type="button"
        aria-pressed={current}
        title={[
          path ?? (kept ? 'Kept until it is deleted' : 'Not kept on disk'),
          new Date(summary.beganAt).toLocaleString(),
          figures(summary),
          ...(note === '' ? [] : [note]),
        ].join('\n')}
        data-testid={`bench-result-${id}`}
        onClick={() => showResult({ kind: 'one', id })}
      >
        {name}
        {interrupted && <span className="bench-stopped-early">stopped</span>}
      </button>
      <button
        type="button"
        className="icon-button is-tiny"
        aria-label={kept ? `Delete ${name}` : `Take ${name} off the list`}
        title={kept ? 'Delete it from the disk, after a question' : 'Take it off the list. A saved file stays.'}
        data-testid={`bench-forget-${id}`}
        onClick={() => void act('bench:forget', id)}
      >
        <Icon name="close" size={12} />
      </button>
    </li>
  );
}

function figures({ measured, runs, interrupted }: ResultSummary): string {
  return `${measured} of ${runs} runs with figures${interrupted ? '; stopped before its end' : ''}`;
}
