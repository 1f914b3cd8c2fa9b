import { EVENT_KINDS } from '../shared/event-kinds';
import type { LabEvent } from '../shared/events';
import type { Incident, NotCompared, StartKnownFrom } from '../shared/incident';
import { say } from '../shared/messages/message';
import { ChannelWatch, type Trouble } from '../shared/measure/channel-watch';
import type { SampleLog } from '../shared/measure/sample-log';
import { judge, Survivor } from '../shared/measure/verdict';
import { INCIDENT_WINDOW_NS } from '../shared/measure/window-figures';
import { KEPT_WINDOWS } from '../shared/measure/window-series';
import { howItEnded, type ProcessState } from '../shared/process-state';

/** A hang is noticed within this time, so that by then it is known whose a loss is. */
const NOTICED_WITHIN_NS = 1e9;
/** Samples looked at in one update, about a millisecond's worth: message ports are timed in this thread. */
const SAMPLES_PER_UPDATE = 20_000;

/** The parts of a measured channel and of a process host that an incident needs. */
export interface IncidentChannel {
  readonly id: string;
  readonly label: string;
  readonly processId: string;
  readonly measuring: boolean;
  readonly probe: { readonly log: SampleLog; onSettled(listener: (sequence: number) => void): () => void };
}
export interface IncidentProcess {
  readonly name: string;
  readonly state: ProcessState;
  /** When the oldest heartbeat was sent that it hasn't answered; null when there is none. */
  readonly silentSinceNs: number | null;
}

export interface IncidentSources {
  events: { onAdded(listener: (event: LabEvent) => void): () => void };
  process: (processId: string) => IncidentProcess | undefined;
  clock: () => number;
  /** Has every channel's log hold what has settled so far. */
  bringUpToDate: () => void;
}

interface WatchedChannel {
  channel: IncidentChannel;
  watch: ChannelWatch;
}

interface WatchedIncident {
  incident: Incident;
  /** When whatever it was had ended: a death at once, a hang when the process answers again or dies. */
  overNs: number | null;
  survivors: Survivor[];
  /** Survivors whose windows are read. */
  read: number;
  /** Of the channels of the process that it happened to. */
  troubles: Trouble[];
}

/** Turns each death or hang into an incident, and computes from the samples what the others noticed of it. */
export class IncidentLog {
  readonly #incidents: WatchedIncident[] = [];
  readonly #channels: WatchedChannel[] = [];
  readonly #process: IncidentSources['process'];
  readonly #clock: () => number;
  readonly #bringUpToDate: () => void;
  /** When the person asked for the end or the hang of a process that has not come yet. */
  readonly #askedNs = new Map<string, number>();
  readonly #settingsNs: number[] = [];
  readonly #launchedNs: number[] = [];
  #unfinished: WatchedIncident[] = [];
  /** Those whose process has not been measured again. */
  #missing: WatchedIncident[] = [];

  constructor({ events, process, clock, bringUpToDate }: IncidentSources) {
    this.#process = process;
    this.#bringUpToDate = bringUpToDate;
    this.#clock = clock;
    events.onAdded((event) => this.#take(event));
  }

  get all(): Incident[] {
    return this.#incidents.map(({ incident }) => incident);
  }

  watch(channel: IncidentChannel): void {
    const watch = new ChannelWatch(channel.probe.log, this.#clock);
    channel.probe.onSettled((sequence) => watch.settled(sequence));
    this.#channels.push({ channel, watch });
  }

  /** The person asked at `atNs` for the death or hang that is about to come: that is when it begins. */
  asked(processId: string, atNs: number): void {
    this.#askedNs.set(processId, atNs);
  }

  /** Brings unfinished verdicts up to date. `timeoutMs` is the probes' limit: a window is whole once its last ping is settled. */
  update(timeoutMs: number): void {
    this.#bringUpToDate();
    const limitNs = timeoutMs * 1e6;
    const settledNs = this.#clock() - Math.max(limitNs, NOTICED_WITHIN_NS);
    let budget = SAMPLES_PER_UPDATE;
    for (const { incident, overNs } of this.#missing) {
      // A hung process that was closed: nobody will hear of it again.
      if (overNs === null && typeof this.#process(incident.processId)?.silentSinceNs !== 'number')
        this.#hangIsOver(incident.processId, this.#clock());
    }
    for (const { watch } of this.#channels) if (budget > 0) budget -= watch.windows.advance(settledNs);
    for (const each of this.#unfinished) {
      for (const survivor of each.survivors) survivor.countLosses();
      each.incident.survivorsLost = each.survivors.reduce((sum, { verdict }) => sum + verdict.lost, 0);
      if (settledNs < each.incident.atNs + INCIDENT_WINDOW_NS) continue;
      for (; budget > 0 && each.read < each.survivors.length; each.read += 1)
        budget -= (each.survivors[each.read] as Survivor).readWindows(limitNs);
      if (each.read === each.survivors.length) this.#finish(each);
    }
    this.#unfinished = this.#unfinished.filter(({ incident }) => incident.status !== 'final');
    this.#missing = this.#missing.filter((each) => !measuredAgain(each));
  }

  #finish(watched: WatchedIncident): void {
    const { incident, survivors } = watched;
    const fromNs = incident.atNs - INCIDENT_WINDOW_NS;
    const toNs = incident.atNs + INCIDENT_WINDOW_NS;
    const others = this.#incidents.filter(
      (other) => other !== watched && isShadowed(other, fromNs - KEPT_WINDOWS * INCIDENT_WINDOW_NS, toNs),
    );
    const settingsNs = this.#settingsNs.findLast((atNs) => atNs < incident.atNs) ?? 0;
    const disturbance = ({ watch }: Survivor): NotCompared | null => {
      if (watch.hadTrouble(fromNs, toNs)) return 'own-incident';
      if (others.some((other) => isShadowed(other, fromNs, toNs))) return 'other-incident';
      if (this.#launchedNs.some((atNs) => atNs >= fromNs && atNs < toNs)) return 'launch';
      if (this.#settingsNs.some((atNs) => atNs >= fromNs && atNs < toNs)) return 'settings-changed';
      return null;
    };
    const isQuiet = ({ watch }: Survivor, quietFromNs: number, quietToNs: number): boolean =>
      quietToNs <= incident.atNs &&
      quietFromNs >= settingsNs &&
      !watch.hadTrouble(quietFromNs, quietToNs) &&
      // A process that starts costs the others something as well, above all when all of them start.
      !this.#launchedNs.some((atNs) => atNs < quietToNs && atNs + INCIDENT_WINDOW_NS > quietFromNs) &&
      !others.some((other) => isShadowed(other, quietFromNs, quietToNs));
    incident.verdict = judge(survivors, { disturbance, isQuiet });
    incident.status = 'final';
  }

  #take(event: LabEvent): void {
    // When each process was last answered.
    this.#bringUpToDate();
    const { verdict } = EVENT_KINDS[event.kind];
    if (verdict === 'settings') this.#settingsNs.push(event.tNs);
    if (event.processId === null) return;
    switch (verdict) {
      case 'death':
        this.#hangIsOver(event.processId, event.tNs);
        this.#add(event, event.processId);
        break;
      case 'silence':
        this.#add(event, event.processId);
        break;
      case 'answer':
        this.#hangIsOver(event.processId, event.tNs);
        this.#askedNs.delete(event.processId);
        break;
      case 'launch':
        this.#launchedNs.push(event.tNs);
        this.#askedNs.delete(event.processId);
        break;
      case 'restart':
        this.#askedNs.delete(event.processId);
        break;
      case 'settings':
      case 'none':
        break;
    }
  }

  #add(event: LabEvent, processId: string): void {
    const process = this.#process(processId);
    const start = this.#startOf(event, processId);
    const own = this.#channels.filter(({ channel }) => channel.processId === processId);
    const stopped = own.filter(({ watch }) => !goesOn(watch, start.atNs, event));
    const troubled = stopped.length > 0 ? stopped : own;
    // Who was answered last knows best how long the process had been in trouble before anybody noticed.
    const lastSignNs = Math.min(start.atNs, Math.max(...troubled.map(({ watch }) => watch.answeredNs)));
    const watched: WatchedIncident = {
      overNs: EVENT_KINDS[event.kind].verdict === 'silence' ? null : event.tNs,
      // A process that hangs already loses pings of its own: it is no witness.
      survivors: this.#channels
        .filter(
          ({ channel }) =>
            channel.processId !== processId &&
            channel.measuring &&
            this.#process(channel.processId)?.state.kind === 'running',
        )
        .map(({ channel, watch }) => new Survivor(channel.id, channel.label, watch, start.atNs)),
      read: 0,
      troubles: troubled.map(({ watch }) => watch.trouble(lastSignNs)),
      incident: {
        id: this.#incidents.length + 1,
        eventId: event.id,
        processId,
        processName: process?.name ?? processId,
        how: event.termination === null ? say('incident.hung') : howItEnded(event.termination),
        atNs: start.atNs,
        startKnownFrom: start.knownFrom,
        noticedNs: event.tNs,
        windowNs: INCIDENT_WINDOW_NS,
        status: 'collecting',
        survivors: [],
        survivorsLost: 0,
        verdict: { kind: 'watching' },
        measuredAgainAfterNs: null,
      },
    };
    watched.incident.survivors = watched.survivors.map(({ verdict }) => verdict);
    this.#incidents.push(watched);
    this.#unfinished.push(watched);
    this.#missing.push(watched);
  }

  #startOf({ kind, tNs }: LabEvent, processId: string): { atNs: number; knownFrom: StartKnownFrom } {
    const askedNs = this.#askedNs.get(processId);
    this.#askedNs.delete(processId);
    if (askedNs !== undefined) return { atNs: askedNs, knownFrom: 'request' };
    const silentSinceNs = EVENT_KINDS[kind].verdict === 'silence' ? this.#process(processId)?.silentSinceNs : undefined;
    return typeof silentSinceNs === 'number'
      ? { atNs: silentSinceNs, knownFrom: 'heartbeat' }
      : { atNs: tNs, knownFrom: 'notice' };
  }

  #hangIsOver(processId: string, atNs: number): void {
    for (const each of this.#incidents) if (each.incident.processId === processId) each.overNs ??= atNs;
  }
}

/**
 * Whether a channel of a process that has fallen silent is answered all the same, by a thread beside the one that hangs.
 * The rest of the silence is long enough to tell: a ping or two were still under way when it began.
 */
function goesOn({ answeredNs }: ChannelWatch, atNs: number, { kind, tNs }: LabEvent): boolean {
  return EVENT_KINDS[kind].verdict === 'silence' && answeredNs > (atNs + tNs) / 2;
}

/** Whether the others may have felt it then: while it lasted, and for one window after. */
function isShadowed({ incident, overNs }: WatchedIncident, fromNs: number, toNs: number): boolean {
  return incident.atNs < toNs && (overNs === null || overNs + INCIDENT_WINDOW_NS > fromNs);
}

/** Takes down when the process was answered again. False while it wasn't. */
function measuredAgain({ incident, troubles }: WatchedIncident): boolean {
  const times = troubles.map(({ untilNs }) => untilNs).filter((untilNs) => untilNs !== null);
  if (times.length === 0) return false;
  incident.measuredAgainAfterNs = Math.min(...times) - incident.atNs;
  return true;
}
