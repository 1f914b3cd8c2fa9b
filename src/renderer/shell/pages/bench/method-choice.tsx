import type { BenchMethod } from '../../../../shared/bench-window/view';
import { TRANSPORTS, type TransportId } from '../../../../shared/transport-catalog';
import { render } from '../../../../shared/messages/message';
import { useShell } from '../../store/shell-store';

interface Props {
  methods: readonly BenchMethod[];
  refusal: string | null;
}

/** Every method that there is; those that can't be had here say why. */
export function MethodChoice({ methods, refusal }: Props) {
  const chosen = useShell((s) => s.draft.methods);
  const setDraft = useShell((s) => s.setDraft);
  const available = methods.filter(({ unavailable }) => unavailable === null);
  const set = (ids: Iterable<TransportId>) => setDraft({ methods: new Set(ids) });
  return (
    <fieldset className="bench-methods" data-testid="bench-methods">
      <legend>Methods</legend>
      <p className="bench-legend-row">
        <span className="is-bad" aria-live="polite">
          {refusal}
        </span>
        <button type="button" className="link-button" onClick={() => set(available.map(({ id }) => id))}>
          All
        </button>
        <button type="button" className="link-button" onClick={() => set([])}>
          None
        </button>
      </p>
      <ul>
        {methods.map(({ id, unavailable }) => (
          <li key={id}>
            <label
              className={unavailable === null ? 'bench-method' : 'bench-method is-off'}
              title={unavailable === null ? TRANSPORTS[id].mechanism : `Not available here: ${render(unavailable)}`}
            >
              <input
                type="checkbox"
                data-testid={`bench-method-${id}`}
                checked={chosen.has(id) && unavailable === null}
                disabled={unavailable !== null}
                aria-invalid={refusal !== null}
                onChange={(event) =>
                  set(event.target.checked ? [...chosen, id] : [...chosen].filter((each) => each !== id))
                }
              />
              <span className="bench-method-name">{id}</span>
              {unavailable !== null && <span className="bench-method-reason">{render(unavailable)}</span>}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
