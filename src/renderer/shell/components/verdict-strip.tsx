import { memo } from 'react';
import type { EventKind } from '../../../shared/events';
import type { Incident } from '../../../shared/incident';
import { useNow } from '../hooks/use-now';
import { liveSeries } from '../series/live-series';
import { selectEvents, selectIncidents } from '../store/selectors';
import { useShell } from '../store/shell-store';
import { Icon } from './icons';
import { againText, latestIncident, lostText, shiftText, survivorsText } from './verdict-text';

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
  const hung = useShell((s) =>
    HANGS.has(selectEvents(s).find((event) => event.id === incident.eventId)?.kind ?? 'crash'),
  );
  const unharmed = incident.survivorsLost === 0;
  const collecting = incident.status === 'collecting';
  return (
    <>
      <p className="verdict-who">
        <Icon name={hung ? 'hourglass' : 'dead'} />
        <strong>
          {incident.processName} {incident.how}
        </strong>
      </p>
      <p className={`verdict-count ${unharmed ? 'is-good' : 'is-bad'}`}>
        <Icon name={unharmed ? 'check' : 'warning'} />
        {survivorsText(incident)}
        {incident.survivors.length > 0 && (
          <>
            : <strong>{lostText(incident.survivorsLost)}</strong>
          </>
        )}
      </p>
      {collecting ? (
        <Watching incident={incident} />
      ) : (
        <p className="verdict-shift" title="The middle one of the other channels, 5 s before and after">
          <span>
            {[shiftText(incident, 'p50'), shiftText(incident, 'p99')].filter((text) => text !== null).join(' · ')}
          </span>
          <span className="verdict-again">{againText(incident)}</span>
        </p>
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

const HANGS: ReadonlySet<EventKind> = new Set<EventKind>(['hang', 'unresponsive', 'stall']);

function Watching({ incident }: { incident: Incident }) {
  useNow(200);
  const passed = Math.min(1, Math.max(0, (liveSeries.nowNs - incident.atNs) / incident.windowNs));
  return (
    <p className="verdict-shift">
      <span>watching the others for {incident.windowNs / 1e9} s…</span>
      <progress value={passed} max={1} aria-label="Watching the others" />
    </p>
  );
}
