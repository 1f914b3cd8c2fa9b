import { useId } from 'react';
import type { BenchMethod } from '../../../../shared/bench-window/view';
import { useShell } from '../../store/shell-store';
import { FIELD_LABELS } from './bench-draft';
import { COMMON_SIZES, parseSizes, sizeText, toggleSize, tooLarge } from './sizes';

interface Props {
  methods: readonly BenchMethod[];
  refusal: string | null;
}

/** Payload sizes: typed as a list, or pressed. */
export function SizeChoice({ methods, refusal }: Props) {
  const id = useId();
  const text = useShell((s) => s.draft.sizes);
  const chosen = useShell((s) => s.draft.methods);
  const setDraft = useShell((s) => s.setDraft);
  const parsed = parseSizes(text);
  const sizes = 'sizes' in parsed ? parsed.sizes : [];
  const asked = methods.filter((method) => chosen.has(method.id) && method.unavailable === null);
  const note = refusal ?? tooLarge(sizes, asked);
  return (
    <fieldset className="bench-sizes">
      <legend>{FIELD_LABELS.sizes}</legend>
      <span className="bench-size-chips">
        {COMMON_SIZES.map((size) => (
          <button
            key={size}
            type="button"
            className="bench-chip"
            aria-pressed={sizes.includes(size)}
            onClick={() => setDraft({ sizes: toggleSize(text, size) })}
          >
            {sizeText(size)}
          </button>
        ))}
      </span>
      <input
        className="bench-input is-wide"
        data-testid="bench-sizes"
        aria-label="Payload sizes, with commas between them"
        autoComplete="off"
        spellCheck={false}
        value={text}
        aria-invalid={refusal !== null}
        aria-describedby={`${id}-note`}
        onChange={(event) => setDraft({ sizes: event.target.value })}
      />
      <p
        id={`${id}-note`}
        className={refusal === null ? 'bench-note' : 'bench-note is-bad'}
        title={note ?? undefined}
        aria-live="polite"
      >
        {note}
      </p>
    </fieldset>
  );
}
