import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { SITE_CONTROL_CHANNEL } from '../../shared/ipc-channels';
import type { Outcome } from '../../shared/ipc-contract';
import type { ToChild } from '../../shared/control';
import { formatMicros } from '../../shared/format';
import type { TerminationInfo } from '../../shared/process-state';
import { siteName } from '../../shared/site';
import { type InvokeAnswer, Invokes } from '../../transports/ipc-invoke/invokes';
import type { PortLike } from '../../transports/message-port/port-like';
import type { EventLog } from '../event-log';
import { readExitStatus } from './exit-status';
import { signalOwnChild } from './own-child';
import { ProcessHost } from './process-host';

/** A second crash within this time changes the wording of the sad tab. */
const AGAIN_MS = 10_000;
/** A closed control port of a dying process comes up to this long before the word of its death. */
const GONE_GRACE_MS = 100;

interface Page {
  contents: WebContents;
  pid: number;
  control: MessagePortMain;
}

/**
 * The sandboxed process of one site, whichever tabs show it. Each page in it has a control port; one of them, the
 * carrier, also carries the heartbeat and the measured channels, and when it goes another takes over.
 */
export class RendererHost extends ProcessHost {
  readonly kind = 'renderer';
  readonly tabIds: number[] = [];
  readonly site: string;
  protected override readonly invokes = new Invokes();
  readonly #pages = new Map<number, Page>();
  #carrier: Page | null = null;
  #pid: number | null = null;
  #diedAtMs = Number.NEGATIVE_INFINITY;
  #diedAgain = false;

  constructor(site: string, events: EventLog) {
    super(`site:${site}`, siteName(site), site, events);
    this.site = site;
  }

  get pid(): number | null {
    return this.#pid;
  }

  /** Whether the last death followed another within ten seconds. */
  get diedAgain(): boolean {
    return this.#diedAgain;
  }

  /** A page of this site has begun in process `pid`, and its preload asks for its control port. */
  pageStarted(contents: WebContents, frame: Electron.WebFrameMain, pid: number): void {
    const { port1, port2 } = new MessageChannelMain();
    const page: Page = { contents, pid, control: port1 };
    this.pageGone(contents.id);
    if (this.#pid !== pid) {
      this.#pid = pid;
      this.launching();
    }
    this.#pages.set(contents.id, page);
    port1.on('message', (event) => {
      if (this.#pages.get(contents.id) !== page) return;
      if (this.#carrier === null) this.#carrier = page;
      if (this.#carrier === page) this.receive(event.data);
    });
    // The document went away: a navigation, a closed tab, or the death of the process. A death is told a moment later
    // by Chromium, and must find the pings still under way, to count them as lost.
    port1.on('close', () => {
      setTimeout(() => {
        if (this.#pages.get(contents.id) === page) this.pageGone(contents.id);
      }, GONE_GRACE_MS);
    });
    port1.start();
    frame.postMessage(SITE_CONTROL_CHANNEL, null, [port2]);
  }

  /** The page of this tab invokes. The carrier alone has channels: to any other, nothing will be answered. */
  answerInvoke(contentsId: number, to: unknown, said: unknown): InvokeAnswer | Promise<InvokeAnswer> {
    return this.#carrier?.contents.id === contentsId ? this.invokes.take(to, said) : null;
  }

  /** The page of this tab is gone, while the process may live on with others. */
  pageGone(contentsId: number): void {
    const page = this.#pages.get(contentsId);
    if (page === undefined) return;
    this.#pages.delete(contentsId);
    page.control.close();
    if (this.#carrier !== page) return;
    this.#carrier = null;
    const next = this.#pages.values().next().value ?? null;
    for (const channel of this.channels) channel.disconnect('skipped', 'The page is loading.');
    this.#carrier = next;
    if (next !== null) this.connectChannels();
  }

  /** Chromium says that the process behind `contentsId` died. Comes once for each page in it; counts once. */
  processGone(details: Electron.RenderProcessGoneDetails): TerminationInfo | null {
    this.#pages.forEach((page) => page.control.close());
    this.#pages.clear();
    this.#carrier = null;
    if (this.state.kind === 'exited') return this.lastTermination;
    const now = performance.now();
    this.#diedAgain = now - this.#diedAtMs < AGAIN_MS;
    this.#diedAtMs = now;
    const termination = this.terminated(readExitStatus(details.reason, details.exitCode));
    this.#pid = null;
    return termination;
  }

  /** Nothing shows this site any more; Chromium ends the process by itself. */
  close(): void {
    for (const id of [...this.#pages.keys()]) this.pageGone(id);
    this.#pid = null;
    this.retired();
  }

  crash(): Outcome {
    const contents = this.#anyContents();
    if (contents === null) return { ok: false, message: `${this.name} has no live page to crash. Reload it first.` };
    // It takes every page of the process along; make sure that this is the process meant.
    if (contents.getOSProcessId() !== this.#pid)
      return { ok: false, message: `${this.name} has just moved to another process. Try again.` };
    this.expectEnd();
    contents.forcefullyCrashRenderer();
    return { ok: true };
  }

  /** Tells the built-in pages of this site their own figures. */
  showFigures(): void {
    const p50 = this.channels[0]?.probe.recentP50Ns ?? null;
    if (this.#pid === null) return;
    const message: ToChild = { kind: 'figures', pid: this.#pid, site: this.site, p50: formatMicros(p50) };
    for (const page of this.#pages.values()) page.control.postMessage(message);
  }

  protected override ready(): void {
    if (this.state.kind === 'launching') super.ready();
    else if (this.channels.every((channel) => !channel.measuring)) this.connectChannels();
  }

  protected post(message: ToChild, ports: PortLike[]): void {
    this.#carrier?.control.postMessage(message, ports as unknown as MessagePortMain[]);
  }

  protected signal(signal: NodeJS.Signals): boolean {
    return signalOwnChild(this.#pid, signal);
  }

  #anyContents(): WebContents | null {
    for (const page of this.#pages.values()) if (!page.contents.isDestroyed()) return page.contents;
    return null;
  }
}
