import { Emitter, type Unsubscribe } from '../../shared/emitter';
import { type FromChild, fromChildSchema, type ToChild } from '../../shared/control';
import type { Outcome } from '../../shared/ipc-contract';
import { say } from '../../shared/messages/message';
import { howItEnded, isAlive, type ProcessState, type TerminationInfo } from '../../shared/process-state';
import { TERMINATION_REASONS } from '../../shared/termination';
import type { ProcessFigures, ProcessKind, ProcessView } from '../../shared/snapshot';
import type { Invokes } from '../../transports/ipc-invoke/invokes';
import type { PortLike } from '../../transports/message-port/port-like';
import type { FrameRouter } from '../../transports/utility-post/frame-router';
import type { FarEnd, MeasuredChannel } from '../channels/measured-channel';
import { nowNs } from '../clock';
import type { EventLog } from '../event-log';
import type { ProcessRegistry } from '../processes/process-registry';
import { type ProcessEnd, type ProcessHandle, SupervisedProcess } from './supervised-process';

/** A busy loop asked for by the person ends by itself after so long, so that Wait has something to wait for. */
export const HANG_MS = 20_000;

/**
 * The browser-side half of one child process: its state, its channels, its death. It outlives the process: a restart
 * gives the same host a new one. What is said by or of a process that isn't the present one is not heard.
 */
export abstract class ProcessHost<Handle extends ProcessHandle = ProcessHandle> {
  abstract readonly kind: ProcessKind;
  abstract readonly tabIds: number[];
  readonly id: string;
  /** Short name for labels. */
  readonly name: string;
  readonly title: string;
  readonly channels: MeasuredChannel[] = [];
  /** The person chose to wait while the process is unresponsive. */
  waiting = false;
  /** The group that it belongs to, and what it does there; null for one that is alone. */
  readonly group: string | null = null;
  readonly role: string | null = null;
  /** The name of the process that has to run before this one is launched; null when it has been. */
  waitsFor: string | null = null;
  protected readonly events: EventLog;
  protected readonly registry: ProcessRegistry;
  readonly #changed = new Emitter<void>();
  #process: SupervisedProcess<Handle> | null = null;
  #state: ProcessState = { kind: 'launching', sinceMs: Date.now() };
  #lastTermination: TerminationInfo | null = null;
  #diedSinceReady = false;

  constructor(id: string, name: string, title: string, events: EventLog, registry: ProcessRegistry) {
    this.id = id;
    this.name = name;
    this.title = title;
    this.events = events;
    this.registry = registry;
  }

  /** What routes the frames on the process's parent port, where it is a utility process. */
  protected readonly frameRouter: FrameRouter | undefined = undefined;
  /** Whether it answers heartbeats. */
  protected readonly hasHeartbeat: boolean = true;
  /** The invokes of the process, where it is a renderer. */
  protected readonly invokes: Invokes | undefined = undefined;
  abstract crash(): Outcome;

  /** The present process, from its launch until its death is told. */
  get process(): SupervisedProcess<Handle> | null {
    return this.#process;
  }

  get pid(): number | null {
    return this.#process?.handle.pid ?? null;
  }

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
    const sentMs = this.#process?.heartbeat.oldestUnansweredMs ?? null;
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
    if (this.#state.kind !== 'running') return { ok: false, message: say('process.cannot-hang', { name: this.name }) };
    if (this.#process?.handle.post({ kind: 'fault', fault: 'hang', durationMs: HANG_MS }, []) !== true)
      return this.unreachable();
    this.events.add(
      'hang',
      this.id,
      say('event.hung', { name: this.name }),
      say('event.hang-asked', { durationMs: HANG_MS }),
    );
    return { ok: true };
  }

  /** The person would rather wait than end an unresponsive process. */
  wait(): Outcome {
    this.waiting = true;
    this.changed();
    return { ok: true };
  }

  view(): Omit<ProcessView, keyof ProcessFigures> {
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
      group: this.group,
      role: this.role,
      waitsFor: this.waitsFor,
    };
  }

  protected changed(): void {
    this.#changed.emit();
  }

  protected setState(state: ProcessState): void {
    this.#state = state;
    this.changed();
  }

  /** The host has a new process, which the handle reaches. */
  protected launching(handle: Handle): SupervisedProcess<Handle> {
    const process = new SupervisedProcess(
      handle,
      this.registry,
      { kind: this.kind, processId: this.id, role: this.role, name: this.name, isChild: this.kind === 'server' },
      () => this.becameSilent(process),
      () => this.#answersAgain(process),
    );
    this.#process = process;
    this.setState({ kind: 'launching', sinceMs: process.launchedMs });
    return process;
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
      say(again ? 'event.restarted' : 'event.launched', { name: this.name }),
      say('event.pid', { pid: this.pid }),
    );
    if (this.hasHeartbeat) this.#process?.heartbeat.start();
    this.connectChannels();
  }

  protected connectChannels(): void {
    const process = this.#process;
    if (process === null) return;
    const post = (message: ToChild, ports: PortLike[] = []) => void process.handle.post(message, ports);
    const farEnd: FarEnd = {
      frameRouter: this.frameRouter,
      invokes: this.invokes,
      open: (channelId, opening, ticket, ports) => post({ kind: 'open', channelId, opening, ticket }, ports),
      close: (channelId) => post({ kind: 'close', channelId }),
    };
    for (const channel of this.channels) channel.connect(farEnd);
  }

  /** Takes a message from the child. What isn't one is ignored: a child is not trusted to be well-behaved. */
  protected receive(process: SupervisedProcess<Handle>, data: unknown): void {
    if (process !== this.#process) return;
    const parsed = fromChildSchema.safeParse(data);
    if (parsed.success) this.#handle(process, parsed.data);
  }

  protected unreachable(): Outcome {
    return { ok: false, message: say('process.unreachable', { name: this.name }) };
  }

  /** `process` died. Settles every ping under way and says so on the charts. */
  protected terminated(process: SupervisedProcess<Handle>, how: ProcessEnd): TerminationInfo {
    const now = Date.now();
    const { lastWords } = process.handle;
    const termination: TerminationInfo = {
      ...how,
      pid: process.handle.pid,
      uptimeMs: now - process.launchedMs,
      atMs: now,
      requested: process.wasAskedFor(how),
      ...(lastWords.length === 0 ? {} : { lastWords: [...lastWords] }),
    };
    this.#letGo();
    for (const channel of this.channels) channel.disconnect('peer-gone', say('channel.not-running'));
    this.#lastTermination = termination;
    this.#diedSinceReady = true;
    this.events.add(
      TERMINATION_REASONS[termination.reason].event,
      this.id,
      say('event.ended', { name: this.name, how: howItEnded(termination) }),
      say('event.lived', { pid: termination.pid, uptimeMs: termination.uptimeMs }),
      termination,
    );
    this.setState({ kind: 'exited', termination });
    return termination;
  }

  /** The process ended in good order, because nobody needs it any more. */
  protected retired(): void {
    this.#letGo();
    for (const channel of this.channels) channel.disconnect('skipped', say('channel.process-closed'));
    this.changed();
  }

  dispose(): void {
    this.#process?.heartbeat.stop();
    for (const channel of this.channels) channel.disconnect('skipped', say('channel.closing'));
    this.#changed.clear();
  }

  #letGo(): void {
    this.#process?.letGo();
    this.#process = null;
  }

  #handle(process: SupervisedProcess<Handle>, message: FromChild): void {
    switch (message.kind) {
      case 'ready':
        this.ready();
        break;
      case 'opened':
        this.#channel(message.channelId)?.opened(message.opening);
        break;
      case 'open-failed':
        this.#channel(message.channelId)?.openFailed(message.opening, message.reason);
        break;
      case 'heartbeat':
        process.answered(message.beat, message.clock);
        for (const { channelId, opening, count } of message.rejected)
          this.#channel(channelId)?.peerRejects(opening, count);
        break;
      case 'exiting':
        process.saidExiting = true;
        break;
    }
  }

  #channel(id: string): MeasuredChannel | undefined {
    return this.channels.find((channel) => channel.id === id);
  }

  /** It has stopped answering. Also what is said of a process that is gone without anybody's having told. */
  protected becameSilent(process: SupervisedProcess<Handle>): void {
    if (process !== this.#process || this.#state.kind !== 'running') return;
    this.setState({ kind: 'unresponsive', sinceMs: Date.now() });
    this.events.add(
      'unresponsive',
      this.id,
      say('event.unresponsive', { name: this.name }),
      say('event.stopped-answering'),
    );
  }

  #answersAgain(process: SupervisedProcess<Handle>): void {
    if (process !== this.#process || this.#state.kind !== 'unresponsive') return;
    this.waiting = false;
    const silentMs = Date.now() - this.#state.sinceMs;
    this.setState({ kind: 'running', sinceMs: Date.now() });
    this.events.add(
      'responsive',
      this.id,
      say('event.answers-again', { name: this.name }),
      say('event.silent-for', { silentMs }),
    );
  }

  #end(signal: NodeJS.Signals): Outcome {
    const process = this.#process;
    if (process === null || !isAlive(this.#state))
      return { ok: false, message: say('process.nothing-to-end', { name: this.name }) };
    if (!process.handle.signal(signal))
      return { ok: false, message: say('process.not-signalled', { name: this.name }) };
    process.askedFor('kill');
    return { ok: true };
  }
}
