import { useEffect, useRef } from 'react';
import type { Incident } from '../../../../../shared/incident';
import { isMarked } from '../../../../../shared/event-kinds';
import type { LabEvent } from '../../../../../shared/events';
import { formatAge } from '../../../../../shared/format';
import { render } from '../../../../../shared/messages/message';
import { useShell } from '../../../store/shell-store';
import { selectEvents, selectIncidents } from '../../../store/selectors';
import { useNow } from '../../../ui/use-now';
import { CHART_WINDOWS } from '../series/chart-windows';
import { liveSeries } from '../series/live-series';
import { incidentOf } from './chart-model';
import { toneOf } from './event-markers';
import { zoomTo } from './zoom';

/** Shown around an event that the chart no longer has. */
const AROUND_NS = 5e9;

/**
 * What the chart marks, newest first, under the numbers that its markers have when they stand close together. A choice
 * stands out on the chart as well, which goes to its time when that is out of sight.
 */
export function EventList() {
  const events = useShell(selectEvents);
  const incidents = useShell(selectIncidents);
  const frozen = useShell((s) => s.stretch?.view ?? s.frozen);
  const selected = useShell((s) => s.selectedEvent);
  useNow(1000);
  const { nowNs } = frozen ?? liveSeries;
  const marked = events.filter(({ kind, tNs }) => isMarked(kind) && tNs <= liveSeries.nowNs).toReversed();
  return (
    <section className="event-list" aria-label="Events" data-testid="event-list" tabIndex={0}>
      {marked.length === 0 && <p>Nothing has happened yet.</p>}
      <ol>
        {marked.map((event) => (
          <Entry
            key={event.id}
            event={event}
            incident={incidentOf(event, incidents)}
            ageNs={Math.max(0, liveSeries.nowNs - event.tNs)}
            nowNs={nowNs}
            selected={event.id === selected}
          />
        ))}
      </ol>
    </section>
  );
}

interface EntryProps {
  event: LabEvent;
  incident: Incident | null;
  ageNs: number;
  /** The chart's right edge. */
  nowNs: number;
  selected: boolean;
}

function Entry({ event, incident, ageNs, nowNs, selected }: EntryProps) {
  const select = useShell((s) => s.selectEvent);
  const open = useShell((s) => s.openDialog);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (selected) button.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <li>
      <button
        type="button"
        ref={button}
        className={`event-entry is-${toneOf(event)}`}
        aria-current={selected}
        data-event-id={event.id}
        onClick={() => {
          select(event.id);
          if (!isInView(event.tNs, nowNs)) void zoomTo(event.tNs - AROUND_NS, event.tNs + AROUND_NS);
          if (incident !== null) open({ kind: 'incident', incidentId: incident.id });
        }}
      >
        <span className="event-number">{event.id}</span>
        <span className="event-label">
          {render(event.label)}
          <small>{render(event.detail)}</small>
        </span>
        <span className="event-age">
          {(event.tNs / 1e9).toFixed(1)} s<small>{formatAge(ageNs)}</small>
        </span>
      </button>
    </li>
  );
}

function isInView(tNs: number, nowNs: number): boolean {
  const { stretch, window } = useShell.getState();
  const spanNs = (stretch?.window ?? CHART_WINDOWS[window]).spanNs;
  return tNs <= nowNs && tNs >= nowNs - spanNs;
}
