import { useId } from 'react';

interface Props {
  label: string;
  unit: string;
  testId: string;
  /** As typed. */
  text: string;
  /** What is wrong with it; it stands where the unit stood, so that nothing moves. */
  refusal: string | null;
  onChange(text: string): void;
}

/** One number of the form. What was typed stays, right or wrong. */
export function FormNumber({ label, unit, testId, text, refusal, onChange }: Props) {
  const id = useId();
  return (
    <div className="bench-number">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        data-testid={testId}
        className="bench-input"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        value={text}
        aria-invalid={refusal !== null}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.value)}
        // What was typed applies already; by itself Enter would start the benchmark.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <span id={`${id}-note`} className={refusal === null ? 'bench-note' : 'bench-note is-bad'} aria-live="polite">
        {refusal ?? unit}
      </span>
    </div>
  );
}
