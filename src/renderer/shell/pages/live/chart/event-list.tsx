import { isMarked } from '../../../../../shared/event-kinds';
import { render } from '../../../../../shared/messages/message';
import { useShell } from '../../../store/shell-store';
import { selectEvents, selectIncidents } from '../../../store/selectors';
import { useNow } from '../../../ui/use-now';
import { liveSeries } from '../series/live-series';
import { incidentOf } from './chart-model';

/** What the chart marks, newest first, under the numbers that its markers have when they stand close together. */
export function EventList() {
  const events = useShell(selectEvents);
  const incidents = useShell(selectIncidents);
  const frozen = useShell((s) => s.frozen);
  const open = useShell((s) => s.openDialog);
  useNow(1000);
  const { nowNs } = frozen ?? liveSeries;
  const marked = events.filter(({ kind, tNs }) => isMarked(kind) && tNs <= nowNs).toReversed();
  return (
    <section className="event-list" aria-label="Events" data-testid="event-list">
      {marked.length === 0 && <p>Nothing has happened yet.</p>}
      <ol>
        {marked.map((event) => {
          const incident = incidentOf(event, incidents);
          const text = (
            <>
              <span className="event-number">{event.id}</span>
              <span className="event-label">
                {render(event.label)}
                <small>{render(event.detail)}</small>
              </span>
              <span className="event-age">{Math.round((nowNs - event.tNs) / 1e9)} s ago</span>
            </>
          );
          return (
            <li key={event.id}>
              {incident === null ? (
                <span className="event-entry">{text}</span>
              ) : (
                <button
                  type="button"
                  className="event-entry"
                  onClick={() => open({ kind: 'incident', incidentId: incident.id })}
                >
                  {text}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
