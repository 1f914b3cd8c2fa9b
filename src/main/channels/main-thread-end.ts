import type { PingFigures } from '../../shared/measure/ping-figures';
import { Probe } from '../../shared/measure/probe';
import type { Message } from '../../shared/messages/message';
import type { ProbeSettings } from '../../shared/probe-settings';
import type { TransportId } from '../../shared/transport-catalog';
import type { Channel } from '../../transports/channel';
import type { PortLike } from '../../transports/message-port/port-like';
import { transports } from '../../transports/registry';
import { sinceZeroNs } from '../../node/clock';
import { nowNs } from '../clock';
import type { MeetingContext, MeetingPlace, NearEnd } from './near-end';
import type { Pacer } from './pacer';

export interface MainThreadEndOptions {
  transport: TransportId;
  settings: ProbeSettings;
  phase: number;
  isHidden: () => boolean;
  /** Makes a pair of entangled message ports. */
  createPortPair: () => { near: PortLike; far: PortLike };
  pacer: Pacer;
}

/** A near end in this thread: of what can't be in another, as an application's would be. */
export class MainThreadEnd implements NearEnd {
  readonly thread = 'main';
  readonly #options: MainThreadEndOptions;
  readonly #probe: Probe;
  #channel: Channel | null = null;
  #opening = 0;
  #rejectedBefore = 0;

  constructor(options: MainThreadEndOptions) {
    this.#options = options;
    const { settings, phase, isHidden } = options;
    this.#probe = new Probe({ clock: nowNs, sinceZeroNs, settings, phase, isHidden });
    options.pacer.add(this.#probe);
  }

  get figures(): PingFigures {
    return this.#probe.figures;
  }

  get rejected(): number {
    return this.#rejectedBefore + (this.#channel?.rejectedTotal ?? 0);
  }

  async listen(context: MeetingContext): Promise<MeetingPlace | null> {
    this.#opening += 1;
    const opening = this.#opening;
    const { transport, createPortPair } = this.#options;
    const { channel, ticket, ports } = await transports[transport].listen({ ...context, createPortPair });
    if (opening === this.#opening) {
      this.#channel = channel;
      return { ticket, ports };
    }
    channel.close();
    return null;
  }

  start(broken: (reason: Message) => void): void {
    const channel = this.#channel;
    if (channel === null) return;
    channel.onFrame((frame) => this.#probe.receive(frame));
    channel.onClose(broken);
    this.#probe.start(channel);
  }

  close(outcome: 'peer-gone' | 'skipped'): void {
    this.#opening += 1;
    this.#probe.stop(outcome);
    if (this.#channel === null) return;
    this.#rejectedBefore += this.#channel.rejectedTotal;
    this.#channel.close();
    this.#channel = null;
  }

  configure(settings: ProbeSettings): void {
    this.#probe.configure(settings);
  }
}
