import type { MessagePortMain } from 'electron';
import type { Ticket } from '../../shared/control';
import { answerPings } from '../../transports/answer-pings';
import type { Channel } from '../../transports/channel';
import { connect } from '../../transports/connect';
import type { Posts } from '../../transports/utility-post/posts';
import type { FromAnswerer, FromPinger, ToAnswerer, ToPinger } from '../protocol';
import { UtilityChild } from './utility-child';

/** The answering end of one step. */
export interface Answerer {
  ready(): Promise<void>;
  open(ticket: Ticket, ports: MessagePortMain[], cpus: number[] | null): Promise<void>;
  end(): Promise<void>;
  /** Rejects when it ends before it is told to; never resolves. */
  died(): Promise<never>;
}

/** A utility process. */
export class ChildAnswerer implements Answerer {
  readonly #child: UtilityChild<ToAnswerer, FromAnswerer>;
  readonly #ready: Promise<unknown>;

  constructor(entry: string) {
    this.#child = new UtilityChild(entry, 'answerer');
    this.#ready = this.#child.expect('ready');
    // Whoever awaits it hears of it; nobody may, when the pinger fails first.
    this.#ready.catch(() => undefined);
  }

  async ready(): Promise<void> {
    await this.#ready;
  }

  async open(ticket: Ticket, ports: MessagePortMain[], cpus: number[] | null): Promise<void> {
    this.#child.post({ kind: 'connect', ticket, cpus }, ports);
    await this.#child.expect('connected');
  }

  died(): Promise<never> {
    // `ready` is never said a second time: this waits for the end.
    return this.#child.expect('ready', null) as Promise<never>;
  }

  end(): Promise<void> {
    return this.#child.end();
  }
}

/** A child of the pinger's, which starts and ends it, and fails when it dies. */
export class PingersChild implements Answerer {
  readonly #pinger: UtilityChild<ToPinger, FromPinger>;

  constructor(pinger: UtilityChild<ToPinger, FromPinger>) {
    this.#pinger = pinger;
  }

  async ready(): Promise<void> {}

  async open(ticket: Ticket, _ports: MessagePortMain[], cpus: number[] | null): Promise<void> {
    const connected = this.#pinger.expect('child-connected');
    this.#pinger.post({ kind: 'connect-child', ticket, cpus });
    await connected;
  }

  died(): Promise<never> {
    return new Promise(() => {});
  }

  async end(): Promise<void> {}
}

/** The kernel, which always answers. */
export class KernelAnswerer implements Answerer {
  async ready(): Promise<void> {}
  async open(): Promise<void> {}
  async end(): Promise<void> {}

  died(): Promise<never> {
    return new Promise(() => {});
  }
}

/** The browser process itself, for the one transport that ends nowhere else. It answers; it takes no time. */
export class BrowserAnswerer implements Answerer {
  readonly #posts: Posts;
  #channel: Channel | null = null;

  constructor(posts: Posts) {
    this.#posts = posts;
  }

  async ready(): Promise<void> {}

  async open(ticket: Ticket): Promise<void> {
    this.#channel = await connect(ticket, [], this.#posts);
    answerPings(this.#channel, (payload) => payload);
  }

  died(): Promise<never> {
    return new Promise(() => {});
  }

  async end(): Promise<void> {
    this.#channel?.close();
  }
}
