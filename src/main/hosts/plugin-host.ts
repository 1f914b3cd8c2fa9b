import { MessageChannelMain, type MessagePortMain, utilityProcess, type UtilityProcess } from 'electron';
import type { ToChild } from '../../shared/control';
import type { Outcome } from '../../shared/ipc-contract';
import type { TerminationInfo } from '../../shared/process-state';
import { RestartPolicy } from '../../shared/restart-policy';
import type { PortLike } from '../../transports/message-port/port-like';
import { Posts } from '../../transports/utility-post/posts';
import type { EventLog } from '../event-log';
import type { InstalledPlugin } from '../plugins';
import { onChildGone } from './child-gone';
import { readExitStatus } from './exit-status';
import { signalOwnChild } from './own-child';
import { ProcessHost } from './process-host';

const LAUNCH_LIMIT_MS = 10_000;
/** How long a plugin may take to end when asked. */
const SHUTDOWN_LIMIT_MS = 1500;
/** `exit` comes before `child-process-gone`, which alone knows a crash from an exit; wait so long for it. */
const GONE_GRACE_MS = 100;

/** One utility process that runs one plugin: forked, watched, and started again by the restart policy. */
export class PluginHost extends ProcessHost {
  readonly kind = 'plugin';
  readonly tabIds: number[] = [];
  /** Frames of the parent-port transport. They stop with the control port: see `#control`. */
  protected override readonly posts = new Posts((letter) => {
    if (this.#control !== null) this.#child?.postMessage(letter);
  });
  readonly #plugin: InstalledPlugin;
  readonly #policy = new RestartPolicy();
  #child: UtilityProcess | null = null;
  /**
   * Everything but frames goes over this port. `UtilityProcess.postMessage` to a child that has aborted, before its
   * `exit` event is out, ends the browser process with a SIGSEGV (seen on Electron 33; compare electron#53923); a port
   * to the dead just drops what is posted.
   */
  #control: MessagePortMain | null = null;
  #pid: number | null = null;
  #launches = 0;
  #launchTimer: NodeJS.Timeout | null = null;
  #restartTimer: NodeJS.Timeout | null = null;
  #launchTimedOut = false;
  #disposed = false;
  /** A restart that the person asked for: start again at once, without the policy. */
  #restartAsked = false;

  constructor(plugin: InstalledPlugin, events: EventLog) {
    super(`plugin:${plugin.id}`, plugin.manifest.name, plugin.manifest.description, events);
    this.#plugin = plugin;
  }

  get pid(): number | null {
    return this.#pid;
  }

  override get crashes(): number {
    return this.#policy.crashes(performance.now());
  }

  start(): void {
    if (this.#child !== null || this.#disposed) return;
    this.#clearTimers();
    this.#launches += 1;
    this.#launchTimedOut = false;
    const serviceName = `${this.id}#${this.#launches}`;
    this.launching();
    const child = utilityProcess.fork(this.#plugin.entry, [], { serviceName, stdio: 'inherit' });
    this.#child = child;
    this.#launchTimer = setTimeout(() => {
      this.#launchTimedOut = true;
      if (!signalOwnChild(child.pid ?? null, 'SIGKILL')) child.kill();
    }, LAUNCH_LIMIT_MS);
    child.on('spawn', () => {
      this.#pid = child.pid ?? null;
      this.changed();
    });
    child.on('message', (data: unknown) => {
      if (this.#child === child) this.posts.take(data);
    });
    this.#openControl(child);
    // A fatal V8 error is followed by the exit itself; without a listener it would throw in the browser process.
    child.on('error', () => undefined);
    this.#watchDeath(child, serviceName);
  }

  crash(): Outcome {
    if (this.state.kind !== 'running')
      return { ok: false, message: `${this.name} is not running, so it can't be crashed. Start it first.` };
    this.expectEnd();
    this.post({ kind: 'crash' }, []);
    return { ok: true };
  }

  /** Ends the process if there is one, and starts a new one at once. Forgets the crashes so far. */
  restart(): Outcome {
    this.#policy.forget();
    if (this.#child === null) {
      this.start();
    } else {
      this.#restartAsked = true;
      this.expectEnd();
      void this.#shutDownChild();
    }
    return { ok: true };
  }

  /** Asks the process to end, waits up to a limit, then kills it. */
  async stop(): Promise<void> {
    this.#disposed = true;
    this.#clearTimers();
    this.expectEnd();
    this.dispose();
    await this.#shutDownChild();
  }

  protected override ready(): void {
    if (this.#launchTimer !== null) clearTimeout(this.#launchTimer);
    super.ready();
  }

  protected post(message: ToChild, ports: PortLike[]): void {
    // Posts to a dead child vanish silently; the probes' time limits and the exit event settle what was meant for it.
    this.#control?.postMessage(message, ports as unknown as MessagePortMain[]);
  }

  protected signal(signal: NodeJS.Signals): boolean {
    return signalOwnChild(this.#pid, signal);
  }

  async #shutDownChild(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    this.post({ kind: 'shutdown' }, []);
    const limit = setTimeout(() => signalOwnChild(child.pid ?? null, 'SIGKILL'), SHUTDOWN_LIMIT_MS);
    await gone;
    clearTimeout(limit);
  }

  #openControl(child: UtilityProcess): void {
    const { port1, port2 } = new MessageChannelMain();
    this.#control = port1;
    port1.on('message', ({ data }) => {
      if (this.#control === port1) this.receive(data);
    });
    port1.on('close', () => {
      if (this.#control === port1) this.#control = null;
    });
    port1.start();
    child.postMessage(null, [port2]);
  }

  /** Puts `exit` (always comes, may misreport) and `child-process-gone` (only for a bad end, knows the reason) together. */
  #watchDeath(child: UtilityProcess, serviceName: string): void {
    let gone: Electron.Details | null = null;
    let exited: number | null = null;
    let settled = false;
    const settle = () => {
      if (settled) return;
      settled = true;
      forget();
      this.#died(
        gone === null
          ? { reason: (exited ?? 0) === 0 ? 'clean-exit' : 'abnormal-exit', exitCode: exited, signal: null }
          : readExitStatus(gone.reason, gone.exitCode),
      );
    };
    const forget = onChildGone(serviceName, (details) => {
      gone = details;
      settle();
    });
    child.once('exit', (code) => {
      exited = code;
      if (this.#child === child) this.#letGo();
      setTimeout(settle, GONE_GRACE_MS);
    });
  }

  #died(how: Pick<TerminationInfo, 'reason' | 'exitCode' | 'signal'>): void {
    this.#letGo();
    this.#clearTimers();
    if (this.#disposed) return;
    const termination = this.terminated(this.#launchTimedOut ? { ...how, reason: 'launch-failed' } : how);
    this.#pid = null;
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
        `${this.name} given up`,
        `${crashes} crashes in 5 minutes. Restart it from the process map.`,
        termination,
      );
      return;
    }
    this.setState({ kind: 'backing-off', termination, restartAtMs: Date.now() + decision.delayMs, crashes });
    this.#restartTimer = setTimeout(() => this.start(), decision.delayMs);
  }

  #letGo(): void {
    this.#child = null;
    this.#control?.close();
    this.#control = null;
  }

  #clearTimers(): void {
    if (this.#launchTimer !== null) clearTimeout(this.#launchTimer);
    if (this.#restartTimer !== null) clearTimeout(this.#restartTimer);
    this.#launchTimer = null;
    this.#restartTimer = null;
  }
}
