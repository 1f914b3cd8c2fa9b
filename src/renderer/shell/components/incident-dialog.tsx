import { formatDelta, formatDuration, microsDigits } from '../../../shared/format';
import type { Incident, SurvivorVerdict } from '../../../shared/incident';
import { selectChannels, selectIncidents } from '../store/selectors';
import { useShell } from '../store/shell-store';
import { Modal } from './modal';
import { againText, lostText, survivorsText } from './verdict-text';

/** One incident with everything its survivors' samples say, and the way to the older ones. */
export function IncidentDialog({ incidentId }: { incidentId: number }) {
  const incidents = useShell(selectIncidents);
  const open = useShell((s) => s.openDialog);
  const incident = incidents.find((one) => one.id === incidentId) ?? incidents.at(-1);
  return (
    <Modal title="Verdicts" wide>
      {incidents.length > 1 && (
        <ul className="incident-list" aria-label="Incidents, latest first">
          {incidents
            .toSorted((a, b) => b.atNs - a.atNs)
            .map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className="incident-choice"
                  aria-pressed={one.id === incident?.id}
                  onClick={() => open({ kind: 'incident', incidentId: one.id })}
                >
                  <b>
                    {one.processName} {one.how}
                  </b>
                  <span>
                    at {(one.atNs / 1e9).toFixed(1)} s ·{' '}
                    {one.status === 'collecting' ? 'watching…' : lostText(one.survivorsLost)}
                  </span>
                </button>
              </li>
            ))}
        </ul>
      )}
      {incident ? <Survivors incident={incident} /> : <p>No incident so far.</p>}
    </Modal>
  );
}

function Survivors({ incident }: { incident: Incident }) {
  const seconds = incident.windowNs / 1e9;
  return (
    <>
      <p className="dialog-lead">
        <strong>
          {incident.processName} {incident.how}
        </strong>{' '}
        {(incident.atNs / 1e9).toFixed(1)} s into the recording; {againText(incident)}. {survivorsText(incident)}:{' '}
        <strong>{lostText(incident.survivorsLost)}</strong>
        {incident.status === 'collecting' ? ' so far' : ''}.
      </p>
      <div className="table-scroll is-tall">
        <table className="data-table">
          <caption className="visually-hidden">The other channels, {seconds} s before and after</caption>
          <thead>
            <tr>
              <th scope="col">Channel</th>
              <th scope="col">answered before</th>
              <th scope="col">after</th>
              <th scope="col">lost</th>
              <th scope="col">p50 before µs</th>
              <th scope="col">after µs</th>
              <th scope="col">change</th>
              <th scope="col">p99 before µs</th>
              <th scope="col">after µs</th>
              <th scope="col">change</th>
            </tr>
          </thead>
          <tbody>
            {incident.survivors.map((survivor) => (
              <SurvivorRow key={survivor.channelId} survivor={survivor} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="dialog-note">
        Computed from the samples: {formatDuration(incident.windowNs)} before and after. A p99 of few pings is one or
        two of the slowest; at 20 pings/s it stands on 100 pings.
      </p>
    </>
  );
}

function SurvivorRow({ survivor }: { survivor: SurvivorVerdict }) {
  const label = useShell(
    (s) => selectChannels(s).find((channel) => channel.id === survivor.channelId)?.label ?? survivor.channelId,
  );
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{survivor.answeredBefore}</td>
      <td>{survivor.answeredAfter}</td>
      <td className={survivor.lost > 0 ? 'is-bad' : ''}>{survivor.lost}</td>
      <td>{microsDigits(survivor.p50BeforeNs)}</td>
      <td>{microsDigits(survivor.p50AfterNs)}</td>
      <td>{formatDelta(difference(survivor.p50BeforeNs, survivor.p50AfterNs))}</td>
      <td>{microsDigits(survivor.p99BeforeNs)}</td>
      <td>{microsDigits(survivor.p99AfterNs)}</td>
      <td>{formatDelta(difference(survivor.p99BeforeNs, survivor.p99AfterNs))}</td>
    </tr>
  );
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}
