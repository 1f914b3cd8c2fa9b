import type { LabEvent } from '../shared/events';
import type { Incident } from '../shared/incident';
import { firstAnsweredAfter, INCIDENT_WINDOW_NS, survivorVerdict } from '../shared/measure/verdict';
import { describeTermination } from '../shared/process-state';
import { nowNs } from './clock';
import type { MeasuredChannel } from './channels/measured-channel';
import type { EventLog } from './event-log';
import type { ProcessHost } from './hosts/process-host';

interface Watched {
  incident: Incident;
  survivors: MeasuredChannel[];
}

/** Turns each death or hang into an incident, and computes from the samples what the others noticed of it. */
export class IncidentLog {
  readonly #watched: Watched[] = [];
  readonly #channels: () => MeasuredChannel[];
  readonly #process: (processId: string) => ProcessHost | undefined;

  constructor(
    events: EventLog,
    channels: () => MeasuredChannel[],
    processes: (processId: string) => ProcessHost | undefined,
  ) {
    this.#channels = channels;
    this.#process = processes;
    events.onAdded((event) => this.#take(event));
  }

  get all(): Incident[] {
    return this.#watched.map(({ incident }) => incident);
  }

  /** Brings unfinished verdicts up to date. `timeoutMs` is the probes' limit: a window is whole once its last ping is settled. */
  update(timeoutMs: number): void {
    const now = nowNs();
    for (const { incident, survivors } of this.#watched) {
      incident.measuredAgainAfterNs ??= this.#measuredAgain(incident);
      if (incident.status === 'final') continue;
      incident.survivors = survivors.map((channel) =>
        survivorVerdict(
          channel.id,
          channel.probe.log,
          incident.atNs,
          this.#ownIncidentOf(channel, incident),
          timeoutMs * 1e6,
        ),
      );
      incident.survivorsLost = incident.survivors.reduce((sum, survivor) => sum + survivor.lost, 0);
      if (now > incident.atNs + INCIDENT_WINDOW_NS + timeoutMs * 1e6) incident.status = 'final';
    }
  }

  #take(event: LabEvent): void {
    if (event.processId === null || !['crash', 'kill', 'exit', 'unresponsive'].includes(event.kind)) return;
    this.#watched.push({
      // A process that hangs already loses pings of its own: it is no witness.
      survivors: this.#channels().filter(
        (channel) =>
          channel.processId !== event.processId &&
          channel.measuring &&
          this.#process(channel.processId)?.state.kind === 'running',
      ),
      incident: {
        id: this.#watched.length + 1,
        eventId: event.id,
        processId: event.processId,
        processName: this.#process(event.processId)?.name ?? event.processId,
        how: event.termination === null ? 'stopped answering' : describeTermination(event.termination),
        atNs: event.tNs,
        windowNs: INCIDENT_WINDOW_NS,
        status: 'collecting',
        survivors: [],
        survivorsLost: 0,
        measuredAgainAfterNs: null,
      },
    });
  }

  /** When a survivor came to grief itself within the window: from then on its losses are its own. */
  #ownIncidentOf(channel: MeasuredChannel, incident: Incident): number | null {
    const own = this.#watched.find(
      (other) => other.incident.processId === channel.processId && other.incident.atNs >= incident.atNs,
    );
    return own === undefined ? null : own.incident.atNs;
  }

  #measuredAgain(incident: Incident): number | null {
    const times = this.#channels()
      .filter((channel) => channel.processId === incident.processId)
      .map((channel) => firstAnsweredAfter(channel.probe.log, incident.atNs))
      .filter((at) => at !== null);
    return times.length === 0 ? null : Math.min(...times) - incident.atNs;
  }
}
