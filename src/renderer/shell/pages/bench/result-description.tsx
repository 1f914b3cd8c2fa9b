import { useState } from 'react';
import { RESULT_LIMITS } from '../../../../shared/bench-window/limits';
import type { ResultSummary } from '../../../../shared/bench-window/view';
import { act } from '../../bridge';

/** Name and note of a result that is kept: written when the field is left, or on Enter. */
export function ResultDescription({ summary }: { summary: ResultSummary }) {
  const { id, beganAt } = summary;
  const [name, setName] = useState(summary.name);
  const [note, setNote] = useState(summary.note);
  const keep = (): void => {
    const [newName, newNote] = [name.trim() || summary.name, note.trim()];
    setName(newName);
    if (newName !== summary.name || newNote !== summary.note) void act('bench:describe', id, newName, newNote);
  };
  return (
    <form
      className="bench-description"
      aria-label="Name and note of this result"
      onBlur={keep}
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <input
        className="bench-input"
        aria-label="Name"
        data-testid="bench-name"
        maxLength={RESULT_LIMITS.name}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <input
        className="bench-input"
        aria-label="Note"
        data-testid="bench-note"
        placeholder="A note: what was changed, and why"
        maxLength={RESULT_LIMITS.note}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <time dateTime={beganAt}>{new Date(beganAt).toLocaleString()}</time>
      {/* Enter in either field. */}
      <button type="submit" hidden />
    </form>
  );
}
