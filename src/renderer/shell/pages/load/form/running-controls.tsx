import { formatCount, formatNumber, plural } from '../../../../../shared/format';
import type { LoadForm } from '../../../../../shared/load/form';
import { LOAD_LIMITS } from '../../../../../shared/load/limits';
import type { LoadRouteView, LoadView } from '../../../../../shared/load/view';
import { render } from '../../../../../shared/messages/message';
import { attempt } from '../../../bridge';
import { selectChannels } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { NumberField } from '../../../ui/number-field';
import { ProcessList } from './process-list';
import classes from './running-controls.module.css';
import { BadRecords } from './traffic-choice';

interface Props {
  view: LoadView;
  form: LoadForm;
  routes: readonly LoadRouteView[];
}

/** What can be done while a load runs: more or fewer users, and something to its processes. */
export function RunningControls({ view, form, routes }: Props) {
  return (
    <div
      className={classes['controls']}
      data-testid="load-controls"
      tabIndex={0}
      role="region"
      aria-label="The load that runs"
    >
      <p className={classes['asked']}>{askedWords(form)}</p>
      {form.pace.kind === 'users' && (
        <NumberField
          label="Users"
          unit="wanted"
          testId="load-users-now"
          value={view.users.wanted}
          min={0}
          max={LOAD_LIMITS.users.max}
          step={10}
          apply={setUsers}
        />
      )}
      {view.badRecords.count > 0 && (
        <p className={classes['note']}>
          <BadRecords bad={view.badRecords} />
        </p>
      )}
      <LiveChannels />
      <ProcessList view={view} routes={routes} />
    </div>
  );
}

async function setUsers(users: number): Promise<string | null> {
  const outcome = await attempt('load:users', users);
  return outcome.ok ? null : render(outcome.message);
}

/** Whether what runs beside the load disturbs it. */
function LiveChannels() {
  const channels = useShell(selectChannels);
  const measuring = channels.filter(({ status }) => status.kind === 'measuring').length;
  return (
    <p className={classes['note']} data-testid="load-live-channels">
      {measuring === 0
        ? 'The live channels rest meanwhile.'
        : `${formatCount(measuring)} live ${plural(measuring, { one: 'channel goes', other: 'channels go' })} on beside the load.`}
    </p>
  );
}

export function askedWords({ pace, distribute, loop, durationS }: LoadForm): string {
  const who =
    pace.kind === 'users'
      ? `${formatCount(pace.users)} ${plural(pace.users, { one: 'user', other: 'users' })}, ${formatNumber(pace.spawnRate)} more each second, who wait ${formatNumber(pace.waitMs[0] / 1000)} to ${formatNumber(pace.waitMs[1] / 1000)} s`
      : `${formatNumber(pace.perSecond)} posts a second, whatever became of those before`;
  const what = `${loop ? 'the records over and over' : 'each record once'}, ${distribute === 'all' ? 'over every route' : 'over the routes in turn'}`;
  return `${who}; ${what}${durationS === null ? '' : `, for ${formatNumber(durationS)} s`}.`;
}
