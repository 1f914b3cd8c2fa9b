import { Emitter, type Unsubscribe } from '../../shared/emitter';
import { type FromChild, fromChildSchema, type ToChild } from '../../shared/control';
import type { EventKind } from '../../shared/events';
import type { Outcome } from '../../shared/ipc-contract';
import { describeTermination, isAlive, type ProcessState, type TerminationInfo } from '../../shared/process-state';
import type { ProcessKind, ProcessView } from '../../shared/snapshot';
import type { Invokes } from '../../transports/ipc-invoke/invokes';
import type { PortLike } from '../../transports/message-port/port-like';
import type { Posts } from '../../transports/utility-post/posts';
import type { FarEnd, MeasuredChannel } from '../channels/measured-channel';
import { nowNs } from '../clock';
import type { EventLog } from '../event-log';
import { Heartbeat } from './heartbeat';

/** A busy loop asked for by the person ends by itself after so long, so that Wait has something to wait for. */
export const HANG_MS = 20_000;

/**
 * The browser-side half of one child process: its state, its channels, its death. It outlives the process: a restart
 * gives the same host a new one.
 */
export abstract class ProcessHost {
  abstract readonly kind: ProcessKind;
  abstract readonly tabIds: number[];
  readonly id: string;
  /** Short name for labels. */
  readonly name: string;
  readonly title: string;
  readonly channels: MeasuredChannel[] = [];
  /** The person chose to wait while the process is unresponsive. */
  waiting = false;
  protected readonly events: EventLog;
  readonly #changed = new Emitter<void>();
  readonly #heartbeat: Heartbeat;
  #state: ProcessState = { kind: 'launching', sinceMs: Date.now() };
  #lastTermination: TerminationInfo | null = null;
  #launchedMs = Date.now();
  #askedToEnd = false;
  #diedSinceReady = false;

  constructor(id: string, name: string, title: string, events: EventLog) {
    this.id = id;
    this.name = name;
    this.title = title;
    this.events = events;
    this.#heartbeat = new Heartbeat(
      (beat) => this.post({ kind: 'heartbeat', beat }, []),
      () => this.#becameSilent(),
      () => this.#answersAgain(),
    );
  }

  abstract readonly pid: number | null;
  /** The frames' share of the post to the process, where it is a utility process. */
  protected readonly posts: Posts | undefined = undefined;
  /** The invokes of the process, where it is a renderer. */
  protected readonly invokes: Invokes | undefined = undefined;
  protected abstract post(message: ToChild, ports: PortLike[]): void;
  /** Signals the process. False when it is gone already. */
  protected abstract signal(signal: NodeJS.Signals): boolean;
  abstract crash(): Outcome;

  get state(): ProcessState {
    return this.#state;
  }

  get lastTermination(): TerminationInfo | null {
    return this.#lastTermination;
  }

  get crashes(): number {
    return 0;
  }

  /** When the oldest heartbeat was sent that isn't answered, nanoseconds on the recording's clock; null when all are. */
  get silentSinceNs(): number | null {
    const sentMs = this.#heartbeat.oldestUnansweredMs;
    return sentMs === null ? null : Math.round(nowNs() - (performance.now() - sentMs) * 1e6);
  }

  onChanged(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  kill(): Outcome {
    return this.#end('SIGKILL');
  }

  /** Ends a process that doesn't answer. */
  end(): Outcome {
    return this.#end('SIGKILL');
  }

  hang(): Outcome {
    if (this.#state.kind !== 'running')
      return { ok: false, message: `${this.name} is not running, so it can't be hung. Start it first.` };
    this.events.add('hang', this.id, `${this.name} hung`, `A busy loop of ${HANG_MS / 1000} s was asked for.`);
    this.post({ kind: 'hang', durationMs: HANG_MS }, []);
    return { ok: true };
  }

  /** The person would rather wait than end an unresponsive process. */
  wait(): Outcome {
    this.waiting = true;
    this.changed();
    return { ok: true };
  }

  view(): Omit<ProcessView, 'memoryBytes' | 'cpuPercent'> {
    return {
      id: this.id,
      kind: this.kind,
      name: this.name,
      title: this.title,
      pid: isAlive(this.#state) ? this.pid : null,
      state: this.#state,
      lastTermination: this.#lastTermination,
      crashes: this.crashes,
      tabIds: this.tabIds,
    };
  }

  protected changed(): void {
    this.#changed.emit();
  }

  protected setState(state: ProcessState): void {
    this.#state = state;
    this.changed();
  }

  protected launching(): void {
    this.#launchedMs = Date.now();
    this.#askedToEnd = false;
    this.setState({ kind: 'launching', sinceMs: this.#launchedMs });
  }

  /** The process answered its handshake. */
  protected ready(): void {
    if (this.#state.kind !== 'launching') return;
    this.setState({ kind: 'running', sinceMs: Date.now() });
    const again = this.#diedSinceReady;
    this.#diedSinceReady = false;
    this.waiting = false;
    this.events.add(
      again ? 'restart' : 'launched',
      this.id,
      `${this.name} ${again ? 'restarted' : 'launched'}`,
      `pid ${this.pid}`,
    );
    this.#heartbeat.start();
    this.connectChannels();
  }

  protected connectChannels(): void {
    const farEnd: FarEnd = {
      posts: this.posts,
      invokes: this.invokes,
      open: (channelId, ticket, ports) => this.post({ kind: 'open', channelId, ticket }, ports),
      close: (channelId) => this.post({ kind: 'close', channelId }, []),
    };
    for (const channel of this.channels) channel.connect(farEnd);
  }

  /** Takes a message from the child. What isn't one is ignored: a child is not trusted to be well-behaved. */
  protected receive(data: unknown): void {
    const parsed = fromChildSchema.safeParse(data);
    if (parsed.success) this.#handle(parsed.data);
  }

  /** The person asked for the death that is about to come. */
  protected expectEnd(): void {
    this.#askedToEnd = true;
  }

  /** The process died. Settles every ping under way and says so on the charts. */
  protected terminated(how: Pick<TerminationInfo, 'reason' | 'exitCode' | 'signal'>): TerminationInfo {
    const now = Date.now();
    const termination: TerminationInfo = {
      ...how,
      pid: this.pid,
      uptimeMs: now - this.#launchedMs,
      atMs: now,
      requested: this.#askedToEnd,
    };
    this.#heartbeat.stop();
    for (const channel of this.channels) channel.disconnect('peer-gone', 'The process is not running.');
    this.#lastTermination = termination;
    this.#diedSinceReady = true;
    const described = describeTermination(termination);
    this.events.add(
      eventKind(termination),
      this.id,
      `${this.name} ${described}`,
      `pid ${termination.pid ?? '–'}, after ${(termination.uptimeMs / 1000).toFixed(1)} s`,
      termination,
    );
    this.setState({ kind: 'exited', termination });
    return termination;
  }

  /** The process ended in good order, because nobody needs it any more. */
  protected retired(): void {
    this.#heartbeat.stop();
    for (const channel of this.channels) channel.disconnect('skipped', 'The process was closed.');
    this.changed();
  }

  dispose(): void {
    this.#heartbeat.stop();
    for (const channel of this.channels) channel.disconnect('skipped', 'Bulkhead is closing.');
    this.#changed.clear();
  }

  #handle(message: FromChild): void {
    switch (message.kind) {
      case 'ready':
        this.ready();
        break;
      case 'opened':
        this.#channel(message.channelId)?.opened();
        break;
      case 'open-failed':
        this.#channel(message.channelId)?.openFailed(message.reason);
        break;
      case 'heartbeat':
        this.#heartbeat.answered(message.beat);
        for (const [id, count] of Object.entries(message.rejected)) this.#channel(id)?.peerRejects(count);
        break;
    }
  }

  #channel(id: string): MeasuredChannel | undefined {
    return this.channels.find((channel) => channel.id === id);
  }

  #becameSilent(): void {
    if (this.#state.kind !== 'running') return;
    this.setState({ kind: 'unresponsive', sinceMs: Date.now() });
    this.events.add('unresponsive', this.id, `${this.name} unresponsive`, 'It has stopped answering.');
  }

  #answersAgain(): void {
    if (this.#state.kind !== 'unresponsive') return;
    this.waiting = false;
    const silentMs = Date.now() - this.#state.sinceMs;
    this.setState({ kind: 'running', sinceMs: Date.now() });
    this.events.add('responsive', this.id, `${this.name} answers again`, `After ${(silentMs / 1000).toFixed(1)} s.`);
  }

  #end(signal: NodeJS.Signals): Outcome {
    if (!isAlive(this.#state))
      return { ok: false, message: `${this.name} has no process to end. Reload or restart it first.` };
    this.expectEnd();
    if (this.signal(signal)) return { ok: true };
    return {
      ok: false,
      message: `${this.name} could not be signalled: its process is gone, or was replaced this moment. Try again.`,
    };
  }
}

function eventKind({ reason }: TerminationInfo): EventKind {
  switch (reason) {
    case 'killed':
      return 'kill';
    case 'clean-exit':
      return 'exit';
    case 'abnormal-exit':
    case 'crashed':
    case 'out-of-memory':
    case 'launch-failed':
    case 'integrity-failure':
      return 'crash';
  }
}
