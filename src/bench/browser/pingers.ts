import { MessageChannelMain, type MessagePortMain } from 'electron';
import { join } from 'node:path';
import { checkClock } from '../../shared/bench/clock-check';
import type { MeasuredRound } from '../../shared/bench/result';
import { type EarlyEnd, joined, type SampleColumns } from '../../shared/bench/round-samples';
import type { PingerKind } from '../../shared/bench/routes';
import type { Ticket } from '../../shared/control';
import type { TransportId } from '../../shared/transport-catalog';
import { clockOrigin, nowNs } from '../../node/clock';
import { words } from '../../shared/messages/message';
import type { Channel } from '../../transports/channel';
import type { Invokes } from '../../transports/ipc-invoke/invokes';
import type { PortLike } from '../../transports/message-port/port-like';
import { transports } from '../../transports/registry';
import { FrameRouter } from '../../transports/utility-post/frame-router';
import { allowedCpus, pinSelf } from '../children/pin';
import { CostMeter } from '../measure/costs';
import { RoundRunner, type RoundSettings } from '../measure/round-runner';
import { realTiming } from '../measure/timing';
import type { FromPinger, ToPinger } from '../protocol';
import { type ChildOptions, UtilityChild } from './utility-child';

const PROGRESS_EVERY_MS = 500;
const INTERRUPTED: EarlyEnd = { reason: words('run.interrupted'), broken: false };

export interface PrepareOptions {
  transport: TransportId;
  directory: string;
  name: string;
  cpus: number[] | null;
  /** The invokes of the other end, where that is a renderer. */
  invokes: Invokes | undefined;
}

/** The end of one step that sends the pings and takes the time. */
export interface Pinger {
  /** What routes the frames on its parent port, where it is a utility process. */
  readonly frameRouter: FrameRouter | undefined;
  ready(): Promise<void>;
  /** It takes its place and makes the meeting place. The ports are for the other end. */
  prepare(options: PrepareOptions): Promise<{ ticket: Ticket; ports: MessagePortMain[] }>;
  /** Hands its own child the ticket, where the transport led to one. */
  connectChild(ticket: Ticket, cpus: number[] | null): Promise<void>;
  /** An aborted signal ends it with what was measured so far. `answererPid` is for what the other end costs. */
  measure(
    settings: RoundSettings,
    answererPid: number | null,
    signal: AbortSignal,
    onSettled: (settled: number) => void,
  ): Promise<MeasuredRound>;
  /** Ends the measuring with what there is. */
  stop(end: EarlyEnd): void;
  end(): Promise<void>;
}

export function makePinger(kind: PingerKind, outDirectory: string, options: ChildOptions): Pinger {
  switch (kind) {
    case 'plugin':
      return new ChildPinger(
        join(outDirectory, 'bench/pinger.js'),
        join(outDirectory, 'bench/plain-answerer.js'),
        options,
      );
    case 'browser':
      return new BrowserPinger();
  }
}

/** A utility process. The browser process makes its ports and hands on its ticket; it neither sends nor times a ping. */
class ChildPinger implements Pinger {
  readonly frameRouter: FrameRouter;
  readonly #child: UtilityChild<ToPinger, FromPinger>;
  readonly #ready: Promise<unknown>;
  readonly #pair = new MessageChannelMain();
  readonly #childEntry: string;

  constructor(entry: string, childEntry: string, options: ChildOptions) {
    this.#childEntry = childEntry;
    this.#child = new UtilityChild(entry, 'pinger', options);
    this.frameRouter = new FrameRouter((message) => this.#child.post(message));
    this.#child.talk.onMessage((message) => void this.frameRouter.take(message));
    this.#ready = this.#child.talk.expect('ready');
    // Whoever awaits it hears of it; nobody may, when the answerer fails first.
    this.#ready.catch(() => undefined);
  }

  async ready(): Promise<void> {
    await this.#ready;
  }

  async prepare({ transport, directory, name, cpus }: PrepareOptions) {
    const prepared = this.#child.talk.expect('prepared');
    const childEntry = this.#childEntry;
    const clock = clockOrigin();
    this.#child.post({ kind: 'prepare', clock, transport, directory, name, cpus, childEntry }, [this.#pair.port1]);
    const { ticket, wantsPort } = await prepared;
    return { ticket, ports: wantsPort ? [this.#pair.port2] : [] };
  }

  async connectChild(ticket: Ticket, cpus: number[] | null): Promise<void> {
    const connected = this.#child.talk.expect('child-connected');
    this.#child.post({ kind: 'connect-child', ticket, cpus });
    await connected;
  }

  async measure(
    settings: RoundSettings,
    answererPid: number | null,
    signal: AbortSignal,
    onSettled: (settled: number) => void,
  ) {
    const pieces: SampleColumns[] = [];
    const off = this.#child.talk.onMessage((message) => {
      if (message.kind === 'samples') pieces.push(message.columns);
      else if (message.kind === 'progress') onSettled(message.settled);
    });
    const stop = () => this.stop(INTERRUPTED);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const measured = this.#child.talk.expect('measured', null);
      this.#child.post({ kind: 'measure', settings, answererPid });
      const { round, clock, costs } = await measured;
      return { ...round, samples: joined(pieces), clock, costs };
    } finally {
      off();
      signal.removeEventListener('abort', stop);
    }
  }

  stop(end: EarlyEnd): void {
    this.#child.post({ kind: 'stop', end });
  }

  async end(): Promise<void> {
    // Without a taker the far end would be left over.
    this.#pair.port2.close();
    await this.#child.end();
  }
}

/**
 * The browser process of the benchmark itself, for routes that have it at one end. It shows nothing, and does nothing
 * else while it measures.
 */
class BrowserPinger implements Pinger {
  readonly frameRouter = undefined;
  #channel: Channel | null = null;
  #runner: RoundRunner | null = null;
  #cpusBefore: number[] | null = null;

  async ready(): Promise<void> {}

  async prepare({ transport, directory, name, cpus, invokes }: PrepareOptions) {
    if (cpus !== null) {
      this.#cpusBefore = allowedCpus();
      await pinSelf(cpus);
    }
    const { ticket, ports, channel } = await transports[transport].listen({
      directory,
      name,
      invokes,
      createPortPair() {
        const { port1, port2 } = new MessageChannelMain();
        return { near: port1 as PortLike, far: port2 as PortLike };
      },
    });
    this.#channel = channel;
    return { ticket, ports: ports as unknown as MessagePortMain[] };
  }

  async connectChild(): Promise<void> {
    throw new Error('The browser process has no child to connect to. Please report this.');
  }

  async measure(
    settings: RoundSettings,
    answererPid: number | null,
    signal: AbortSignal,
    onSettled: (settled: number) => void,
  ) {
    if (this.#channel === null) throw new Error('There is no channel to measure. Please report this.');
    const clock = checkClock(nowNs);
    const meter = new CostMeter(process.pid, answererPid);
    const runner = new RoundRunner(this.#channel, settings, realTiming, meter);
    this.#runner = runner;
    const stop = () => this.stop(INTERRUPTED);
    signal.addEventListener('abort', stop, { once: true });
    const progress = setInterval(() => onSettled(runner.settled), PROGRESS_EVERY_MS);
    try {
      const round = await runner.run();
      return { ...round, clock, costs: meter.costs };
    } finally {
      clearInterval(progress);
      signal.removeEventListener('abort', stop);
    }
  }

  stop(end: EarlyEnd): void {
    this.#runner?.stop(end);
  }

  async end(): Promise<void> {
    // The other end may have died in the middle.
    this.stop({ reason: words('run.other-end-gone'), broken: true });
    this.#channel?.close();
    if (this.#cpusBefore !== null) await pinSelf(this.#cpusBefore);
  }
}
