import { useId, useRef, useState, type KeyboardEvent } from 'react';

interface Props {
  label: string;
  unit: string;
  testId: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** Applies a valid value; answers with a refusal to show, or null. */
  apply(value: number): Promise<string | null>;
}

/** A whole number between bounds. What a person typed stays until it is right; what is wrong with it stands below. */
export function NumberField({ label, unit, testId, value, min, max, step, apply }: Props) {
  const id = useId();
  /** What was typed and not yet accepted; null while the field shows the value in force. */
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const latest = useRef(0);

  async function commit(text: string): Promise<void> {
    const wrong = check(text, min, max);
    setRefusal(wrong);
    if (wrong !== null) return;
    latest.current += 1;
    const turn = latest.current;
    const refused = Number(text) === value ? null : await apply(Number(text));
    if (turn !== latest.current) return;
    setRefusal(refused);
    if (refused === null) setDraft(null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const text = draft ?? String(value);
    if (event.key === 'Enter') void commit(text);
    else if (event.key === 'Escape') {
      setDraft(null);
      setRefusal(null);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const from = check(text, min, max) === null ? Number(text) : value;
      const next = String(nextStep(from, event.key === 'ArrowUp' ? step : -step, min, max));
      setDraft(next);
      void commit(next);
    }
  }

  return (
    <div className="number-field">
      <label htmlFor={id}>{label}</label>
      <span className={refusal === null ? 'number-box' : 'number-box is-bad'}>
        <input
          id={id}
          data-testid={testId}
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          value={draft ?? String(value)}
          aria-invalid={refusal !== null}
          aria-describedby={`${id}-refusal`}
          size={String(max).length + 1}
          onChange={(event) => {
            setDraft(event.target.value);
            setRefusal(check(event.target.value, min, max));
          }}
          onKeyDown={onKeyDown}
          onBlur={() => draft !== null && void commit(draft)}
        />
        <span className="number-unit">{unit}</span>
      </span>
      <span className="number-refusal" id={`${id}-refusal`} role="alert">
        {refusal}
      </span>
    </div>
  );
}

/** What is wrong with the text, or null. */
function check(text: string, min: number, max: number): string | null {
  if (!/^\d+$/.test(text.trim())) return `A whole number, ${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;
  const number = Number(text);
  if (number < min) return `At least ${min.toLocaleString('en')}`;
  if (number > max) return `At most ${max.toLocaleString('en')}`;
  return null;
}

function nextStep(from: number, by: number, min: number, max: number): number {
  const size = Math.abs(by);
  const onGrid = by > 0 ? (Math.floor(from / size) + 1) * size : (Math.ceil(from / size) - 1) * size;
  return Math.min(max, Math.max(min, onGrid));
}
