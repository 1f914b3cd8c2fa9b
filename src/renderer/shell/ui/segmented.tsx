import type { ReactNode } from 'react';

interface Option<T extends string> {
  value: T;
  label: string;
  title?: string;
}

interface Props<T extends string> {
  legend: ReactNode;
  showLegend?: boolean;
  /** What explains the choice, behind it. */
  help?: ReactNode;
  /** Of the radio group: unique in the page. */
  name: string;
  options: readonly Option<T>[];
  value: T;
  disabled?: boolean;
  onChange(value: T): void;
}

/** A choice of a few, side by side. Radio buttons underneath, so arrow keys work as everywhere. */
export function Segmented<T extends string>({
  legend,
  showLegend = false,
  help,
  name,
  options,
  value,
  disabled = false,
  onChange,
}: Props<T>) {
  return (
    <fieldset className="segmented" disabled={disabled}>
      <legend className={showLegend ? 'segmented-legend' : 'visually-hidden'}>{legend}</legend>
      <span className="segmented-options">
        {options.map((option) => (
          <label key={option.value} title={option.title}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </span>
      {help}
    </fieldset>
  );
}
