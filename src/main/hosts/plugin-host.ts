import type { Outcome } from '../../shared/ipc-contract';
import { say } from '../../shared/messages/message';
import { CRASH_MEMORY_MS, RestartPolicy } from '../../shared/restart-policy';
import { FrameRouter } from '../../transports/utility-post/frame-router';
import type { EventLog } from '../event-log';
import type { ProcessRegistry } from '../processes/process-registry';
import type { Launch, LaunchedProcess } from './launched-process';
import { ProcessHost } from './process-host';
import type { ProcessEnd, SupervisedProcess } from './supervised-process';

const LAUNCH_LIMIT_MS = 10_000;
/** How long a plugin may take to end when asked. */
const SHUTDOWN_LIMIT_MS = 1500;

/** What a host launches, again and again. */
export interface LaunchSpec {
  id: string;
  name: string;
  title: string;
  kind: 'plugin' | 'server';
  launch: Launch;
  /** How long it may take from its launch until it is ready; 10 s when it is left out. */
  launchLimitMs?: number | undefined;
  /** Hears what it posts on its parent port besides frames, not looked at. */
  onReport?: ((report: unknown) => void) | undefined;
  /** The group that it belongs to, and what it does there; null for one that is alone. */
  group: string | null;
  role: string | null;
}

/** One process of a plugin, or a server: started, watched, and started again by the restart policy. */
export class PluginHost extends ProcessHost<LaunchedProcess> {
  readonly kind: 'plugin' | 'server';
  override readonly group: string | null;
  override readonly role: string | null;
  readonly tabIds: number[] = [];
  /** Frames of the parent-port transport. */
  protected override readonly frameRouter = new FrameRouter((message) =>
    this.process?.handle.postToParentPort(message),
  );
  protected override readonly hasHeartbeat: boolean;
  readonly #launch: Launch;
  readonly #launchLimitMs: number;
  readonly #onReport: (report: unknown) => void;
  readonly #policy = new RestartPolicy();
  #launches = 0;
  #launchTimer: NodeJS.Timeout | null = null;
  #restartTimer: NodeJS.Timeout | null = null;
  #launchTimedOut = false;
  #disposed = false;
  #stopped: Promise<void> | null = null;
  /** A restart that the person asked for: start again at once, without the policy. */
  #restartAsked = false;

  constructor(spec: LaunchSpec, events: EventLog, registry: ProcessRegistry) {
    super(spec.id, spec.name, spec.title, events, registry);
    this.kind = spec.kind;
    this.group = spec.group;
    this.role = spec.role;
    // An executable has no control port to answer on.
    this.hasHeartbeat = spec.kind === 'plugin';
    this.#launch = spec.launch;
    this.#launchLimitMs = spec.launchLimitMs ?? LAUNCH_LIMIT_MS;
    this.#onReport = spec.onReport ?? (() => undefined);
  }

  override get crashes(): number {
    return this.#policy.crashes(performance.now());
  }

  start(): void {
    if (this.process !== null || this.#disposed) return;
    this.#clearTimers();
    this.waitsFor = null;
    this.#launches += 1;
    this.#launchTimedOut = false;
    const handle = this.#launch(`${this.id}#${this.#launches}`, {
      onSpawned: () => {
        process.hasPid();
        this.changed();
      },
      onMessage: (data) => this.receive(process, data),
      onPosted: (data) => {
        if (process === this.process && !this.frameRouter.take(data)) this.#onReport(data);
      },
    });
    const process = this.launching(handle);
    this.#launchTimer = setTimeout(() => {
      this.#launchTimedOut = true;
      // One that never came to be has no end either.
      if (!handle.signal('SIGKILL')) this.#died(process, { reason: 'launch-failed', exitCode: null, signal: null });
    }, this.#launchLimitMs);
    void handle.ended.then((end) => this.#died(process, end));
  }

  /** Posts to what listens on the process's parent port. Lost when there is no process. */
  tell(message: unknown): void {
    this.process?.handle.postToParentPort(message);
  }

  crash(): Outcome {
    const { process } = this;
    if (process === null || this.state.kind !== 'running')
      return { ok: false, message: say('process.cannot-crash', { name: this.name }) };
    if (!process.handle.post({ kind: 'crash' }, [])) return this.unreachable();
    process.askedFor('crash');
    return { ok: true };
  }

  override hang(): Outcome {
    if (this.kind === 'plugin') return super.hang();
    return { ok: false, message: say('process.takes-no-orders', { name: this.name }) };
  }

  /** Ends the process if there is one, and starts a new one at once. Forgets the crashes so far. */
  restart(): Outcome {
    this.#policy.forget();
    if (this.process === null) {
      this.start();
    } else if (!this.#restartAsked) {
      this.#restartAsked = true;
      void this.#shutDown(this.process);
    }
    return { ok: true };
  }

  /** Asks the process to end, waits up to a limit, then kills it. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#disposed = true;
    this.#clearTimers();
    this.dispose();
    if (this.process !== null) await this.#shutDown(this.process);
  }

  protected override ready(): void {
    if (this.#launchTimer !== null) clearTimeout(this.#launchTimer);
    super.ready();
  }

  async #shutDown(process: SupervisedProcess<LaunchedProcess>): Promise<void> {
    process.handle.post({ kind: 'shutdown' }, []);
    process.askedFor(this.kind === 'plugin' ? 'exit' : 'terminate');
    const limit = setTimeout(() => {
      if (process.handle.signal('SIGKILL')) process.askedFor('kill');
    }, SHUTDOWN_LIMIT_MS);
    await process.handle.ended;
    clearTimeout(limit);
    process.letGo();
  }

  #died(process: SupervisedProcess<LaunchedProcess>, end: ProcessEnd): void {
    if (process !== this.process || this.#disposed) return;
    this.#clearTimers();
    const termination = this.terminated(process, this.#howItEnded(process, end));
    if (this.#restartAsked) {
      this.#restartAsked = false;
      this.start();
      return;
    }
    // Killed on the person's wish: no fault of the plugin's.
    const blameless = termination.requested && termination.reason === 'killed';
    const decision = blameless ? ({ kind: 'restart', delayMs: 0 } as const) : this.#policy.crashed(performance.now());
    const crashes = this.crashes;
    if (decision.kind === 'give-up') {
      this.setState({ kind: 'given-up', termination, crashes });
      this.events.add(
        'given-up',
        this.id,
        say('event.given-up', { name: this.name }),
        say('event.crashes', { crashes, withinMs: CRASH_MEMORY_MS }),
        termination,
      );
      return;
    }
    this.setState({ kind: 'backing-off', termination, restartAtMs: Date.now() + decision.delayMs, crashes });
    this.#restartTimer = setTimeout(() => this.start(), decision.delayMs);
  }

  #howItEnded(process: SupervisedProcess<LaunchedProcess>, end: ProcessEnd): ProcessEnd {
    if (this.#launchTimedOut) return { ...end, reason: 'launch-failed' };
    // Chromium tells an end by SIGHUP, SIGQUIT, SIGALRM and others as an exit with 0. One that exits says so before.
    if (this.kind === 'plugin' && end.reason === 'clean-exit' && !process.saidExiting)
      return { reason: 'killed', exitCode: null, signal: null };
    return end;
  }

  #clearTimers(): void {
    if (this.#launchTimer !== null) clearTimeout(this.#launchTimer);
    if (this.#restartTimer !== null) clearTimeout(this.#restartTimer);
    this.#launchTimer = null;
    this.#restartTimer = null;
  }
}
