import type { Thread } from '../../shared/bench/request';
import type { Ticket } from '../../shared/control';
import { type Message, saidBy, say } from '../../shared/messages/message';
import type { PingFigures } from '../../shared/measure/ping-figures';
import type { ProbeSettings } from '../../shared/probe-settings';
import type { ChannelStatus, ChannelView } from '../../shared/snapshot';
import { type Availability, TRANSPORTS, type TransportId } from '../../shared/transport-catalog';
import type { PortLike } from '../../transports/message-port/port-like';
import type { Invokes } from '../../transports/ipc-invoke/invokes';
import type { FrameRouter } from '../../transports/utility-post/frame-router';
import { transports } from '../../transports/registry';
import type { NearEnd } from './near-end';

/** How long a peer may take to open its end. */
const OPEN_LIMIT_MS = 5000;
/** One that was too slow, on a busy machine or while it hung, is asked again after so long. */
const OPEN_AGAIN_MS = 5000;

export interface MeasuredChannelOptions {
  processId: string;
  processName: string;
  transport: TransportId;
  /** Where its sockets and files go. */
  directory: () => string;
  nearEnd: NearEnd;
  /** Called whenever the status changes. */
  onChanged: () => void;
  /** Whether it is measured before anybody switches it on. */
  enabled: boolean;
}

/** The process at the far end, as a channel reaches it. */
export interface FarEnd {
  frameRouter: FrameRouter | undefined;
  invokes: Invokes | undefined;
  /** Hands it a ticket, and ports: it opens its end. */
  open(channelId: string, opening: number, ticket: Ticket, ports: PortLike[]): void;
  /** It closes its end. */
  close(channelId: string): void;
}

/**
 * One channel of the laboratory for as long as the laboratory lives: it outlives the processes at its far end, each of
 * which gets a fresh opening (new run key, new paths), and keeps one sequence of pings in one sample log throughout.
 */
export class MeasuredChannel {
  readonly id: string;
  readonly processId: string;
  readonly transport: TransportId;
  readonly label: string;
  /** What is known of its pings. */
  readonly probe: PingFigures;
  readonly #options: MeasuredChannelOptions;
  readonly #near: NearEnd;
  #ticket: Ticket | null = null;
  #status: ChannelStatus = { kind: 'waiting', reason: say('channel.not-started') };
  #enabled: boolean;
  /** Why it is held, whatever its switch says; null while it isn't. */
  #held: Message | null = null;
  #everEnabled: boolean;
  #opening = 0;
  #openTimer: NodeJS.Timeout | null = null;
  #rejectedByEarlierPeers = 0;
  #rejectedByPeer = 0;
  #farEnd: FarEnd | null = null;

  constructor(options: MeasuredChannelOptions) {
    this.#options = options;
    this.id = `${options.processId}/${options.transport}`;
    this.processId = options.processId;
    this.transport = options.transport;
    this.label = `${options.processName} · ${TRANSPORTS[options.transport].title}`;
    this.#near = options.nearEnd;
    this.probe = options.nearEnd.figures;
    this.#enabled = options.enabled;
    this.#everEnabled = options.enabled;
    if (!options.enabled) this.#status = this.#paused;
    const availability = liveAvailability(options.transport);
    if (!availability.available) this.#status = { kind: 'unavailable', reason: availability.reason };
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  /** False while it has only ever stood in the table: then there is nothing of it to draw or to record. */
  get everEnabled(): boolean {
    return this.#everEnabled;
  }

  get thread(): Thread {
    return this.#near.thread;
  }

  get measuring(): boolean {
    return this.#status.kind === 'measuring';
  }

  view(): ChannelView {
    return {
      id: this.id,
      processId: this.processId,
      transport: this.transport,
      thread: this.thread,
      label: this.label,
      status: this.#status,
      enabled: this.#enabled,
      everEnabled: this.#everEnabled,
      stats: this.probe.stats(this.#rejected()),
    };
  }

  totals() {
    return this.probe.totals(this.#rejected());
  }

  configure(settings: ProbeSettings): void {
    this.#near.configure(settings);
  }

  /** The process at the far end answers: open a path to it. `farEnd` stays valid until `disconnect`. */
  connect(farEnd: FarEnd): void {
    this.#farEnd = farEnd;
    if (this.#wanted) void this.#open(farEnd);
    else if (this.#status.kind !== 'unavailable') this.#setStatus(this.#paused);
  }

  /** The far end is gone, or goes elsewhere on purpose. */
  disconnect(outcome: 'peer-gone' | 'skipped', reason: Message): void {
    this.#farEnd = null;
    this.#close(outcome);
    if (this.#status.kind !== 'unavailable') this.#setStatus(this.#wanted ? { kind: 'waiting', reason } : this.#paused);
  }

  setEnabled(enabled: boolean): void {
    if (enabled === this.#enabled) return;
    this.#enabled = enabled;
    this.#everEnabled ||= enabled;
    this.#follow();
  }

  /** Nothing is open and nothing is sent until `release`, and the channel says why; its switch stays as it is. */
  hold(reason: Message): void {
    this.#held = reason;
    if (this.#enabled) this.#follow();
  }

  /** Goes on as its switch says. */
  release(): void {
    if (this.#held === null) return;
    this.#held = null;
    if (this.#enabled) this.#follow();
  }

  /** The directory was made anew: what has its names there is opened again, or a datagram would find nobody. */
  directoryRenewed(): void {
    const namedThere = Object.entries(this.#ticket ?? {}).some(([key]) => /path$/i.test(key));
    if (namedThere || (this.#wanted && this.#status.kind === 'waiting')) this.#follow();
  }

  get #wanted(): boolean {
    return this.#enabled && this.#held === null;
  }

  get #paused(): ChannelStatus {
    return { kind: 'paused', reason: this.#enabled ? this.#held : null };
  }

  /** Opens or closes the channel after its switch, or what holds it, has changed. */
  #follow(): void {
    if (this.#status.kind === 'unavailable') {
      this.#options.onChanged();
    } else if (!this.#wanted) {
      this.#close('skipped');
      // Otherwise its end would stay open: its sockets, files and threads are to cost nothing while nothing is measured.
      // Told only here: a link that closes by itself may belong to a process that is dying this very moment, and a
      // message posted to it then has killed the browser process (electron#53923).
      this.#farEnd?.close(this.id);
      this.#setStatus(this.#paused);
    } else if (this.#farEnd !== null) {
      void this.#open(this.#farEnd);
    } else {
      this.#setStatus({ kind: 'waiting', reason: say('channel.not-running') });
    }
  }

  /** The peer has opened its end of this opening. */
  opened(opening: number): void {
    if (this.#ticket === null || opening !== this.#opening || this.#status.kind !== 'opening') return;
    this.#clearOpenTimer();
    this.#near.start((reason) => {
      if (opening === this.#opening) this.#failed(say('channel.broken', { cause: reason }));
    });
    this.#setStatus({ kind: 'measuring' });
  }

  /** `reason` is the peer's own text, which is not trusted to be more. */
  openFailed(opening: number, reason: string): void {
    if (opening === this.#opening && this.#status.kind === 'opening') this.#failed(say('verbatim', { text: reason }));
  }

  async #open(farEnd: FarEnd): Promise<void> {
    if (!liveAvailability(this.transport).available) return;
    this.#close('skipped');
    const opening = this.#opening;
    this.#setStatus({ kind: 'opening' });
    try {
      const place = await this.#near.listen({
        directory: this.#options.directory(),
        name: uniqueName(),
        frameRouter: farEnd.frameRouter,
        invokes: farEnd.invokes,
      });
      if (place === null || opening !== this.#opening) return;
      this.#ticket = place.ticket;
      this.#openTimer = setTimeout(() => this.#tooSlow(), OPEN_LIMIT_MS);
      farEnd.open(this.id, opening, place.ticket, place.ports);
    } catch (error) {
      if (opening === this.#opening) this.#failed(saidBy(error));
    }
  }

  #tooSlow(): void {
    this.#close('peer-gone');
    this.#openTimer = setTimeout(() => this.#follow(), OPEN_AGAIN_MS);
    this.#setStatus({
      kind: 'waiting',
      reason: say('channel.not-opened', { limitMs: OPEN_LIMIT_MS, againMs: OPEN_AGAIN_MS }),
    });
  }

  #failed(cause: Message): void {
    this.#close('peer-gone');
    this.#setStatus({ kind: 'waiting', reason: say('channel.failed', { cause }) });
  }

  #close(outcome: 'peer-gone' | 'skipped'): void {
    this.#opening += 1;
    this.#clearOpenTimer();
    this.#near.close(outcome);
    this.#rejectedByEarlierPeers += this.#rejectedByPeer;
    this.#rejectedByPeer = 0;
    this.#ticket = null;
  }

  #clearOpenTimer(): void {
    if (this.#openTimer !== null) clearTimeout(this.#openTimer);
    this.#openTimer = null;
  }

  /** So many frames of this opening were no frames to the far end. */
  peerRejects(opening: number, count: number): void {
    // The count of an opening that was closed meanwhile has been added already.
    if (opening === this.#opening) this.#rejectedByPeer = count;
  }

  #rejected(): number {
    return this.#near.rejected + this.#rejectedByEarlierPeers + this.#rejectedByPeer;
  }

  #setStatus(status: ChannelStatus): void {
    this.#status = status;
    this.#options.onChanged();
  }
}

function liveAvailability(transport: TransportId): Availability {
  const { notLive } = TRANSPORTS[transport];
  return notLive === undefined
    ? transports[transport].availability()
    : { available: false, reason: say('verbatim', { text: notLive }) };
}

let openings = 0;

function uniqueName(): string {
  openings += 1;
  return `c${openings.toString(36)}`;
}
