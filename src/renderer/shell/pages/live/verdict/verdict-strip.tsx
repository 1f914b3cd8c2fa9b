import { memo } from 'react';
import { EVENT_KINDS } from '../../../../../shared/event-kinds';
import type { Incident } from '../../../../../shared/incident';
import { againText, latestIncident, statements } from '../../../../../shared/verdict-text';
import { formatAge } from '../../../../../shared/format';
import { render } from '../../../../../shared/messages/message';
import { isAskedFor } from '../../../../../shared/process-state';
import { useNow } from '../../../ui/use-now';
import { liveSeries } from '../series/live-series';
import { selectEvents, selectIncidents } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Icon } from '../../../ui/icons';
import { StatementText } from './statement-text';

/** What the latest death or hang did to everybody else. Its room is always reserved. */
export function VerdictStrip() {
  const incidents = useShell(selectIncidents);
  const incident = latestIncident(incidents);
  return (
    <section
      className="verdict"
      aria-label="Verdict"
      aria-live="polite"
      data-testid="verdict"
      data-status={incident?.status ?? 'none'}
      data-outcome={incident?.verdict.kind ?? 'none'}
      data-lost={incident !== null && incident.survivorsLost > 0}
    >
      {incident ? <Verdict incident={incident} count={incidents.length} /> : <Hint />}
    </section>
  );
}

function Hint() {
  return (
    <p className="verdict-hint">
      <Icon name="bolt" /> <strong>Crash a compartment and watch the others.</strong>{' '}
      <span>Bulkhead counts every ping that they lose, and says here whether anybody noticed.</span>
    </p>
  );
}

const Verdict = memo(function Verdict({ incident, count }: { incident: Incident; count: number }) {
  const open = useShell((s) => s.openDialog);
  const event = useShell((s) => selectEvents(s).find(({ id }) => id === incident.eventId));
  const hung = EVENT_KINDS[event?.kind ?? 'crash'].verdict === 'silence';
  return (
    <>
      <p className={isAskedFor(event?.termination ?? null) ? 'verdict-who is-asked' : 'verdict-who'}>
        <Icon name={hung ? 'hourglass' : 'dead'} />
        <strong>
          {incident.processName} {render(incident.how)}
        </strong>{' '}
        <Age atNs={incident.noticedNs} />
      </p>
      {statements(incident).map((statement) => (
        <StatementText key={statement.kind} statement={statement} />
      ))}
      {incident.status === 'collecting' ? (
        <Watching incident={incident} />
      ) : (
        <p className="verdict-shift">{againText(incident)}</p>
      )}
      <button
        type="button"
        className="button verdict-details"
        data-testid="verdict-details"
        onClick={() => open({ kind: 'incident', incidentId: incident.id })}
      >
        {count > 1 ? `Details (${count})` : 'Details'}
      </button>
    </>
  );
});

/** How old the verdict is. Who hears the strip is told of news, and not every second. */
function Age({ atNs }: { atNs: number }) {
  useNow(1000);
  return (
    <span className="verdict-age" aria-live="off" data-testid="verdict-age">
      {formatAge(liveSeries.nowNs - atNs)}
    </span>
  );
}

function Watching({ incident }: { incident: Incident }) {
  useNow(200);
  const passed = Math.min(1, Math.max(0, (liveSeries.nowNs - incident.atNs) / incident.windowNs));
  return (
    <p className="verdict-shift">
      <progress value={passed} max={1} aria-label="Watching the others" />
    </p>
  );
}
