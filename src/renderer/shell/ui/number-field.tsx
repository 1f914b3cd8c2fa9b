import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';

interface Props {
  label: string;
  unit: string;
  testId: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** What a text says, or null; by itself whole numbers only. */
  parse?: (text: string) => number | null;
  /** Applies a valid value; answers with a refusal to show, or null. */
  apply(value: number): Promise<string | null>;
}

/** A whole number between bounds. What a person typed stays until it is right; what is wrong with it stands below. */
export function NumberField({ label, unit, testId, value, min, max, step, parse = wholeNumber, apply }: Props) {
  const id = useId();
  /** What was typed and not yet accepted; null while the field shows the value in force. */
  const [draft, setDraft] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const latest = useRef(0);
  /** What was applied last. The value in force follows only a moment later. */
  const applied = useRef(value);
  useEffect(() => {
    applied.current = value;
  }, [value]);

  async function commit(text: string): Promise<void> {
    const number = parse(text);
    const wrong = check(number, min, max);
    setRefusal(wrong);
    if (number === null || wrong !== null) return;
    latest.current += 1;
    const turn = latest.current;
    const again = number === applied.current;
    applied.current = number;
    const refused = again ? null : await apply(number);
    if (turn !== latest.current) return;
    if (refused !== null) applied.current = value;
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
      const typed = parse(text);
      const from = typed !== null && check(typed, min, max) === null ? typed : value;
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
          // The largest value, and a cursor after it.
          style={{ width: `calc(${String(max).length + 1}ch + 12px)` }}
          onChange={(event) => {
            setDraft(event.target.value);
            setRefusal(check(parse(event.target.value), min, max));
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

function wholeNumber(text: string): number | null {
  return /^\d+$/.test(text.trim()) ? Number(text) : null;
}

/** What is wrong with the number, or null. */
function check(number: number | null, min: number, max: number): string | null {
  if (number === null) return `A whole number, ${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;
  if (number < min) return `At least ${min.toLocaleString('en')}`;
  if (number > max) return `At most ${max.toLocaleString('en')}`;
  return null;
}

function nextStep(from: number, by: number, min: number, max: number): number {
  const size = Math.abs(by);
  const onGrid = by > 0 ? (Math.floor(from / size) + 1) * size : (Math.ceil(from / size) - 1) * size;
  return Math.min(max, Math.max(min, onGrid));
}
