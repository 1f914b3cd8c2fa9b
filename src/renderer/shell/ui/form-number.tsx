import { useId } from 'react';
import classes from './form-number.module.css';

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
    <div className={classes['row']}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        data-testid={testId}
        className={classes['input']}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        value={text}
        aria-invalid={refusal !== null}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.value)}
        // What was typed applies already; by itself Enter would start what the form describes.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <span
        id={`${id}-note`}
        className={refusal === null ? classes['note'] : `${classes['note']} ${classes['bad']}`}
        aria-live="polite"
      >
        {refusal ?? unit}
      </span>
    </div>
  );
}
