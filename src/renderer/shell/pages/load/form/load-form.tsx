import type { FormEvent, RefObject } from 'react';
import type { LoadRouteView } from '../../../../../shared/load/view';
import { useShell } from '../../../store/shell-store';
import { FormNumber } from '../../../ui/form-number';
import { Segmented } from '../../../ui/segmented';
import { Word } from '../../word';
import { FIELD_LABELS, type LoadRefusals, type NumberField, type ReadLoadDraft } from '../load-draft';
import { isSet, PRESETS } from '../presets';
import classes from './load-form.module.css';
import { RouteChoice } from './route-choice';
import { TrafficChoice } from './traffic-choice';

interface Props {
  form: RefObject<HTMLFormElement | null>;
  routes: readonly LoadRouteView[];
  read: ReadLoadDraft;
  onSubmit(event: FormEvent): void;
}

export const LOAD_FORM_ID = 'load-form';
const NONE: LoadRefusals = {};

/** What to post, over which routes, and at which pace. */
export function LoadForm({ form, routes, read, onSubmit }: Props) {
  const draft = useShell((s) => s.loadDraft);
  const set = useShell((s) => s.setLoadDraft);
  // Before the routes are known, none can have been chosen.
  const refusals = read.kind === 'refused' && routes.length > 0 ? read.refusals : NONE;
  const number = (field: NumberField, unit: string) => (
    <FormNumber
      label={FIELD_LABELS[field]}
      unit={unit}
      testId={`load-${field}`}
      text={draft[field]}
      refusal={refusals[field] ?? null}
      onChange={(text) => set({ [field]: text })}
    />
  );
  return (
    <form ref={form} id={LOAD_FORM_ID} className={classes['form']} aria-label="The load" onSubmit={onSubmit}>
      <div className={classes['presets']} role="group" aria-label="Start from">
        {PRESETS.map((preset) => (
          <button
            key={preset.id}
            type="button"
            className="bench-chip"
            title={preset.title}
            data-testid={`load-preset-${preset.id}`}
            aria-pressed={isSet(preset, draft)}
            onClick={() => set(preset.fields)}
          >
            {preset.label}
          </button>
        ))}
      </div>
      <RouteChoice routes={routes} refusal={refusals.routes ?? null} />
      <div className={classes['rows']}>
        <Segmented
          legend="Records"
          showLegend
          name="load-distribute"
          options={[
            { value: 'all', label: 'Over each route', title: 'Each record once over each of the routes: a race' },
            { value: 'balance', label: 'In turn', title: 'Each record over one route, the next one over the next' },
          ]}
          value={draft.distribute}
          onChange={(distribute) => set({ distribute })}
        />
        <Segmented
          legend={<Word id="pace">Pace</Word>}
          showLegend
          name="load-pace"
          options={[
            {
              value: 'users',
              label: 'Users',
              title: 'Closed loop: each posts, waits for the answer, and then a while',
            },
            {
              value: 'rate',
              label: 'Constant rate',
              title: 'Open loop: posts are due whatever became of those before',
            },
          ]}
          value={draft.pace}
          onChange={(pace) => set({ pace })}
        />
        {draft.pace === 'users' ? (
          <>
            {number('users', 'at once')}
            {number('spawnRate', 'users/s')}
            {number('waitFrom', 's between two posts')}
            {number('waitTo', 's, chosen evenly')}
          </>
        ) : (
          number('rate', 'posts/s')
        )}
        {number('duration', 's; empty: no limit')}
        {number('maxInFlight', 'posts a route at most')}
        <label className={classes['switch']} title="Otherwise each record is posted once, and the load is over">
          <input
            type="checkbox"
            role="switch"
            className="switch"
            data-testid="load-loop"
            checked={draft.loop}
            onChange={(event) => set({ loop: event.target.checked })}
          />
          Post the records over and over
        </label>
      </div>
      <TrafficChoice />
    </form>
  );
}
