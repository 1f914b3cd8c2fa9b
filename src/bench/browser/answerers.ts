import type { MessagePortMain } from 'electron';
import { join } from 'node:path';
import type { AnswererKind } from '../../shared/bench/routes';
import type { Ticket } from '../../shared/control';
import { clockOrigin, stampClock } from '../../node/clock';
import { answerPings } from '../../transports/answer-pings';
import type { Channel } from '../../transports/channel';
import { connect } from '../../transports/connect';
import type { FrameRouter } from '../../transports/utility-post/frame-router';
import { allowedCpus, pinSelf } from '../children/pin';
import type { FromAnswerer, ToAnswerer } from '../protocol';
import type { Answerer } from './answerer';
import type { Pinger } from './pingers';
import { RendererAnswerer } from './renderer-answerer';
import { type ChildOptions, UtilityChild } from './utility-child';

export function makeAnswerer(
  kind: AnswererKind,
  outDirectory: string,
  pinger: Pinger,
  options: ChildOptions,
): Answerer {
  switch (kind) {
    case 'plugin':
      return new ChildAnswerer(join(outDirectory, 'bench/answerer.js'), options);
    case 'browser':
      return new BrowserAnswerer(pinger.frameRouter);
    case 'renderer':
      return new RendererAnswerer(join(outDirectory, '../preload/site.cjs'));
    case 'child':
      return new PingersChild(pinger);
    case 'kernel':
      return new KernelAnswerer();
  }
}

/** A utility process. */
class ChildAnswerer implements Answerer {
  readonly invokes = undefined;
  readonly #child: UtilityChild<ToAnswerer, FromAnswerer>;
  readonly #ready: Promise<unknown>;

  constructor(entry: string, options: ChildOptions) {
    this.#child = new UtilityChild(entry, 'answerer', options);
    this.#ready = this.#child.talk.expect('ready');
    // Whoever awaits it hears of it; nobody may, when the pinger fails first.
    this.#ready.catch(() => undefined);
  }

  get pid(): number | null {
    return this.#child.pid;
  }

  async ready(): Promise<void> {
    await this.#ready;
  }

  async open(ticket: Ticket, ports: MessagePortMain[], cpus: number[] | null): Promise<void> {
    this.#child.post({ kind: 'connect', clock: clockOrigin(), ticket, cpus }, ports);
    await this.#child.talk.expect('connected');
  }

  died(): Promise<never> {
    // `ready` is never said a second time: this waits for the end.
    return this.#child.talk.expect('ready', null) as Promise<never>;
  }

  end(): Promise<void> {
    return this.#child.end();
  }
}

/** A child of the pinger's, which starts and ends it, and fails when it dies. */
class PingersChild implements Answerer {
  readonly invokes = undefined;
  /** The pinger knows it. */
  readonly pid = null;
  readonly #pinger: Pinger;

  constructor(pinger: Pinger) {
    this.#pinger = pinger;
  }

  async ready(): Promise<void> {}

  open(ticket: Ticket, _ports: MessagePortMain[], cpus: number[] | null): Promise<void> {
    return this.#pinger.connectChild(ticket, cpus);
  }

  died(): Promise<never> {
    return new Promise(() => {});
  }

  async end(): Promise<void> {}
}

/** No process at all: whatever is sent is answered by the kernel. */
class KernelAnswerer implements Answerer {
  readonly invokes = undefined;
  readonly pid = null;

  async ready(): Promise<void> {}
  async open(): Promise<void> {}
  async end(): Promise<void> {}

  died(): Promise<never> {
    return new Promise(() => {});
  }
}

/** The browser process itself, for the one transport that ends nowhere else. */
class BrowserAnswerer implements Answerer {
  readonly invokes = undefined;
  readonly pid = process.pid;
  readonly #frameRouter: FrameRouter | undefined;
  #channel: Channel | null = null;
  #cpusBefore: number[] | null = null;

  constructor(frameRouter: FrameRouter | undefined) {
    this.#frameRouter = frameRouter;
  }

  async ready(): Promise<void> {}

  async open(ticket: Ticket, ports: MessagePortMain[], cpus: number[] | null): Promise<void> {
    if (cpus !== null) {
      this.#cpusBefore = allowedCpus();
      await pinSelf(cpus);
    }
    this.#channel = await connect(ticket, ports as never, this.#frameRouter);
    answerPings(this.#channel, (payload) => payload, stampClock);
  }

  died(): Promise<never> {
    return new Promise(() => {});
  }

  async end(): Promise<void> {
    this.#channel?.close();
    if (this.#cpusBefore !== null) await pinSelf(this.#cpusBefore);
  }
}
