import type { ClockReading } from '../../shared/clock';
import type { ToChild } from '../../shared/control';
import { formatDuration } from '../../shared/format';
import type { TerminationInfo } from '../../shared/process-state';
import type { PortLike } from '../../transports/message-port/port-like';
import type { NewProcess, OwnedProcess, ProcessRegistry } from '../processes/process-registry';
import { Heartbeat } from './heartbeat';
import { ProcessClock } from './process-clock';

/** How a process ended, as far as the operating system and Chromium say. */
export type ProcessEnd = Pick<TerminationInfo, 'reason' | 'exitCode' | 'signal'>;

/** What reaches one operating-system process. */
export interface ProcessHandle {
  /** Null until it has one. */
  readonly pid: number | null;
  /** False when nothing can be posted any more: it is dying, or dead. */
  post(message: ToChild, ports: PortLike[]): boolean;
  /** What it wrote to its standard error last; empty where that can't be read. */
  readonly lastWords: readonly string[];
  /** False when it is gone already. */
  signal(signal: NodeJS.Signals): boolean;
}

/** An end that the person asked for, and what makes a death that end rather than another. */
const ASKED = {
  kill: ({ reason }: ProcessEnd) => reason === 'killed',
  // A crash is asked of the process itself: one that is killed before it gets to it died of something else.
  crash: ({ reason }: ProcessEnd) => reason !== 'killed',
  exit: ({ reason }: ProcessEnd) => reason === 'clean-exit',
  // An executable may obey SIGTERM by dying of it, or by an exit with any code.
  terminate: ({ reason, signal }: ProcessEnd) => reason.endsWith('-exit') || signal === 'SIGTERM',
};
export type AskedEnd = keyof typeof ASKED;

/** One operating-system process under supervision: a host has another object for the next one. */
export class SupervisedProcess<Handle extends ProcessHandle = ProcessHandle> {
  readonly handle: Handle;
  readonly launchedMs = Date.now();
  readonly heartbeat: Heartbeat;
  /** It has said that it is about to end by itself. */
  saidExiting = false;
  readonly #asked = new Set<AskedEnd>();
  readonly #registry: ProcessRegistry;
  readonly #identity: Omit<NewProcess, 'pid'>;
  #entry: OwnedProcess | null = null;
  #letGo = false;
  readonly #clock = new ProcessClock();
  #clockIsWrong = false;

  constructor(
    handle: Handle,
    registry: ProcessRegistry,
    identity: Omit<NewProcess, 'pid'>,
    onSilent: () => void,
    onAnswering: () => void,
  ) {
    this.handle = handle;
    this.#registry = registry;
    this.#identity = identity;
    this.heartbeat = new Heartbeat(
      (beat) => void handle.post({ kind: 'heartbeat', beat, ...this.#clock.ask(beat) }, []),
      onSilent,
      onAnswering,
    );
    this.hasPid();
  }

  /** To be called once the process has a pid: from then on it is among those that Bulkhead owns. */
  hasPid(): void {
    const { pid } = this.handle;
    if (pid !== null && !this.#letGo) this.#entry = this.#registry.enter({ ...this.#identity, pid });
  }

  /** It has ended, or is nobody's to supervise any more. */
  letGo(): void {
    this.#letGo = true;
    this.heartbeat.stop();
    if (this.#entry !== null) this.#registry.leave(this.#entry);
  }

  /** It has answered a beat, with its reading of the shared clock. */
  answered(beat: number, clock: ClockReading | null): void {
    this.heartbeat.answered(beat);
    const wrongByNs = this.#clock.answered(beat, clock);
    if (wrongByNs === 0 || this.#clockIsWrong) return;
    this.#clockIsWrong = true;
    console.error(
      `The clock of process ${this.handle.pid} is off by at least ${formatDuration(wrongByNs)} from the browser process's: ` +
        'it answered before it was asked, or after its answer was here. Round trips are not affected, because the ' +
        'browser process alone takes them. Please report this.',
    );
  }

  /** The person has asked for this end, and what asks for it is on its way to the process. */
  askedFor(end: AskedEnd): void {
    this.#asked.add(end);
  }

  wasAskedFor(end: ProcessEnd): boolean {
    return [...this.#asked].some((asked) => ASKED[asked](end));
  }

  /** Whether the operating system no longer has it, whatever Chromium says. Never true where that can't be read. */
  get isGone(): boolean {
    return this.#entry !== null && this.#registry.isGone(this.#entry);
  }
}
