import type { BrowserWindow } from 'electron';
import type { Outcome } from '../../shared/ipc-contract';
import { say, words } from '../../shared/messages/message';
import { CRASH_MEMORY_MS, RestartPolicy } from '../../shared/restart-policy';
import type { EventLog } from '../event-log';
import type { ProcessRegistry } from '../processes/process-registry';
import { SHELL_PAGE } from '../shell-window';
import { readExitStatus } from './exit-status';
import { ProcessHost } from './process-host';

/**
 * The window's own renderer. It carries no channel, so measuring goes on without it; when it dies it is brought back, as
 * often as a plugin would be, and what it showed comes from the samples that were kept.
 */
export class ShellHost extends ProcessHost {
  readonly kind = 'shell';
  readonly tabIds: number[] = [];
  protected override readonly hasHeartbeat = false;
  readonly #window: BrowserWindow;
  readonly #onGivenUp: () => void;
  readonly #policy = new RestartPolicy();
  #timer: NodeJS.Timeout | null = null;
  /** Its page was asked for, and neither came nor failed so far. */
  #loading = false;

  constructor(window: BrowserWindow, events: EventLog, registry: ProcessRegistry, onGivenUp: () => void) {
    super('shell', 'Window', words('process.shell-title'), events, registry);
    this.#window = window;
    this.#onGivenUp = onGivenUp;
    const { webContents } = window;
    webContents.on('did-navigate', () => this.#began(webContents.getOSProcessId()));
    webContents.on('render-process-gone', (_event, { reason, exitCode }) => this.#gone(reason, exitCode));
  }

  /** Loads the page, or takes over one that is on its way. Resolves when it is there, or can't be. */
  async load(begun?: Promise<void>): Promise<void> {
    if (this.#window.isDestroyed()) return;
    this.#loading = true;
    const { webContents } = this.#window;
    if (begun !== undefined && webContents.isCrashed()) this.#gone('crashed', 0);
    else if (begun !== undefined && webContents.mainFrame.url === SHELL_PAGE) this.#began(webContents.getOSProcessId());
    // A page that doesn't come is told by the death of its process.
    await (begun ?? this.#window.loadURL(SHELL_PAGE).catch(() => undefined));
  }

  /** Its page is up and asks for what it is to show. */
  opened(): void {
    this.ready();
  }

  /** One more try, when it was given up: the person asks for it, or a chart is to be drawn. */
  tryAgain(): void {
    if (this.state.kind !== 'given-up') return;
    this.#policy.forget();
    void this.load();
  }

  crash(): Outcome {
    if (this.process === null) return { ok: false, message: say('process.no-window') };
    this.#window.webContents.forcefullyCrashRenderer();
    this.process.askedFor('crash');
    return { ok: true };
  }

  override dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    super.dispose();
  }

  #began(pid: number): void {
    this.#loading = false;
    if (this.pid === pid) return;
    if (this.process !== null) this.retired();
    this.launching({ pid, lastWords: [], post: () => false, signal: (signal) => this.registry.signal(pid, signal) });
  }

  #gone(reason: string, exitCode: number): void {
    // Told more than once of a process that could not be launched.
    if (this.process === null && !this.#loading) return;
    this.#loading = false;
    // One that died before its page began has no pid to be told by.
    const process =
      this.process ?? this.launching({ pid: null, lastWords: [], post: () => false, signal: () => false });
    const end = readExitStatus(reason, exitCode, 'renderer');
    // It never ends by itself: so Chromium tells a death of which its zygote, being dead, has told it nothing.
    const termination = this.terminated(
      process,
      end.reason === 'clean-exit' ? { reason: 'killed', exitCode: null, signal: null } : end,
    );
    const decision = this.#policy.crashed(performance.now());
    if (decision.kind === 'restart') {
      this.#timer = setTimeout(() => void this.load(), decision.delayMs);
      return;
    }
    const crashes = this.#policy.crashes(performance.now());
    this.setState({ kind: 'given-up', termination, crashes });
    this.events.add(
      'given-up',
      this.id,
      say('event.window-given-up'),
      say('event.deaths', { deaths: crashes, withinMs: CRASH_MEMORY_MS }),
      termination,
    );
    this.#onGivenUp();
  }
}
