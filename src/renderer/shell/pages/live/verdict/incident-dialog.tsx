import { deltaDigits, microsDigits } from '../../../../../shared/format';
import type { Incident, SurvivorVerdict } from '../../../../../shared/incident';
import { render } from '../../../../../shared/messages/message';
import {
  againText,
  changeNs,
  changesText,
  notComparedText,
  startText,
  statements,
} from '../../../../../shared/verdict-text';
import { selectEvents, selectIncidents } from '../../../store/selectors';
import { useShell } from '../../../store/shell-store';
import { Modal } from '../../../ui/modal';
import { Word } from '../../word';
import { Icon } from '../../../ui/icons';
import { zoomTo } from '../chart/zoom';
import { StatementText } from './statement-text';

/** One incident with everything its survivors' samples say, and the way to the older ones. */
export function IncidentDialog({ incidentId }: { incidentId: number }) {
  const incidents = useShell(selectIncidents);
  const open = useShell((s) => s.openDialog);
  const incident = incidents.find((one) => one.id === incidentId) ?? incidents.at(-1);
  return (
    <Modal title="Verdicts" wide onClose={useShell((s) => s.closeDialog)}>
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
                    {one.processName} {render(one.how)}
                  </b>
                  <span>
                    at {(one.atNs / 1e9).toFixed(1)} s ·{' '}
                    {statements(one)
                      .map(({ headline }) => headline)
                      .join(' · ')}
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
  const { verdict } = incident;
  const close = useShell((s) => s.closeDialog);
  const changes = changesText(incident);
  const lastWords = useShell(selectEvents).find(({ id }) => id === incident.eventId)?.termination?.lastWords;
  return (
    <>
      <p className="dialog-lead">
        <strong>
          {incident.processName} {render(incident.how)}
        </strong>{' '}
        {(incident.atNs / 1e9).toFixed(1)} s into the recording, {startText(incident)}; {againText(incident)}.
        {changes !== null && ` Median change of the others: ${changes}.`}
      </p>
      <p>
        <button
          type="button"
          className="button"
          data-testid="incident-zoom"
          onClick={() => {
            close();
            void zoomTo(incident.atNs - incident.windowNs, incident.atNs + incident.windowNs);
          }}
        >
          <Icon name="zoom" size={14} /> Show the {seconds} s before and after on the chart
        </button>
      </p>
      <div className="verdict-statements">
        {statements(incident).map((statement) => (
          <StatementText key={statement.kind} statement={statement} />
        ))}
      </div>
      {lastWords !== undefined && (
        <figure className="last-words">
          <figcaption>The last that it wrote to its standard error:</figcaption>
          <pre tabIndex={0}>{lastWords.join('\n')}</pre>
        </figure>
      )}
      <div className="table-scroll is-tall">
        <table className="data-table">
          <caption className="visually-hidden">The other channels, {seconds} s before and after</caption>
          <thead>
            <tr>
              <th scope="col">Channel</th>
              <th scope="col">
                <Word id="lost">lost</Word>
              </th>
              <th scope="col">answered</th>
              <th scope="col">
                <Word id="percentile">p50</Word> µs
              </th>
              <th scope="col">
                change <small>µs</small>
              </th>
              <th scope="col">
                <Word id="slower-from">slower from</Word>
              </th>
              <th scope="col">p99 µs</th>
              <th scope="col">
                change <small>µs</small>
              </th>
              <th scope="col">slower from</th>
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
        From the samples of the {seconds} s before and after. “Slower from” is the rise from which a change is more than
        the channel varies by itself
        {verdict.kind === 'steady' || verdict.kind === 'slowed'
          ? `, over ${verdict.comparisons} pairs of windows without an incident`
          : ''}
        . A p99 of few pings is one or two of the slowest; at 20 pings/s it stands on 100 pings.
      </p>
    </>
  );
}

function SurvivorRow({ survivor }: { survivor: SurvivorVerdict }) {
  const { comparison } = survivor;
  const limits = comparison.kind === 'compared' ? [comparison.p50LimitNs, comparison.p99LimitNs] : [null, null];
  const watching = comparison.kind === 'not-compared' && comparison.reason === 'watching';
  return (
    <tr title={comparison.kind === 'compared' ? undefined : `Not compared: ${notComparedText(comparison.reason)}.`}>
      <th scope="row">{survivor.label}</th>
      <td className={survivor.lost > 0 ? 'is-bad' : ''}>{survivor.lost}</td>
      <td>{watching ? '–' : `${survivor.answeredBefore} → ${survivor.answeredAfter}`}</td>
      <td>
        {microsDigits(survivor.p50BeforeNs)} → {microsDigits(survivor.p50AfterNs)}
      </td>
      <ChangeCells changeNs={changeNs(survivor, 'p50')} limitNs={limits[0] ?? null} />
      <td>
        {microsDigits(survivor.p99BeforeNs)} → {microsDigits(survivor.p99AfterNs)}
      </td>
      <ChangeCells changeNs={changeNs(survivor, 'p99')} limitNs={limits[1] ?? null} />
    </tr>
  );
}

function ChangeCells({ changeNs, limitNs }: { changeNs: number | null; limitNs: number | null }) {
  const slower = changeNs !== null && limitNs !== null && changeNs > limitNs;
  return (
    <>
      <td className={slower ? 'is-slower' : ''}>{deltaDigits(changeNs)}</td>
      <td className="is-soft">{deltaDigits(limitNs)}</td>
    </>
  );
}
