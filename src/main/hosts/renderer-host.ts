import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { SITE_CONTROL_CHANNEL } from '../../shared/ipc-channels';
import type { Outcome } from '../../shared/ipc-contract';
import type { ToChild } from '../../shared/control';
import { Emitter, type Unsubscribe } from '../../shared/emitter';
import { formatMicros } from '../../shared/format';
import { say } from '../../shared/messages/message';
import type { TerminationInfo } from '../../shared/process-state';
import { siteName } from '../../shared/site';
import { type InvokeAnswer, Invokes } from '../../transports/ipc-invoke/invokes';
import type { EventLog } from '../event-log';
import type { ProcessRegistry } from '../processes/process-registry';
import { ProcessHost } from './process-host';
import type { ProcessEnd, ProcessHandle, SupervisedProcess } from './supervised-process';

/** A second crash within this time changes the wording of the sad tab. */
const AGAIN_MS = 10_000;
/** A closed control port of a dying process comes up to this long before the word of its death. */
const GONE_GRACE_MS = 100;
/** A process that the operating system no longer has: Chromium, if it knows how that came, says so within this time. */
const WORD_LIMIT_MS = 6000;

interface Page {
  contents: WebContents;
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
  readonly #died = new Emitter<TerminationInfo>();
  readonly #pages = new Map<number, Page>();
  #carrier: Page | null = null;
  #diedAtMs = Number.NEGATIVE_INFINITY;
  #diedAgain = false;

  /** `number` tells the processes of one site apart, where a page of it has insisted on one of its own. */
  constructor(site: string, number: number, events: EventLog, registry: ProcessRegistry) {
    const suffix = number === 1 ? '' : `#${number}`;
    super(`site:${site}${suffix}`, `${siteName(site)}${suffix}`, site, events, registry);
    this.site = site;
  }

  /** Whether the last death followed another within ten seconds. */
  get diedAgain(): boolean {
    return this.#diedAgain;
  }

  /** Hears of each death of a process of this host, once. */
  onDied(listener: (termination: TerminationInfo) => void): Unsubscribe {
    return this.#died.on(listener);
  }

  /** Whether it can take the page of this tab in process `pid`: it is there already, or no other page is in the way. */
  hasRoomFor(contentsId: number, pid: number): boolean {
    return this.pid === pid || [...this.#pages.keys()].every((id) => id === contentsId);
  }

  /** A page of this site has begun in process `pid`, and its preload asks for its control port. */
  pageStarted(contents: WebContents, frame: Electron.WebFrameMain, pid: number): void {
    const { port1, port2 } = new MessageChannelMain();
    const page: Page = { contents, control: port1 };
    this.pageGone(contents.id);
    const process = this.#processWith(pid);
    this.#pages.set(contents.id, page);
    port1.on('message', (event) => {
      if (this.#pages.get(contents.id) !== page) return;
      if (this.#carrier === null) this.#carrier = page;
      if (this.#carrier === page) this.receive(process, event.data);
    });
    // The document went away: a navigation, a closed tab, or the death of the process. A death is told a moment later
    // by Chromium, and must find the pings still under way, to count them as lost.
    port1.on('close', () => {
      setTimeout(() => {
        if (this.#pages.get(contents.id) !== page) return;
        if (process.isGone) this.#awaitWord(process);
        else this.pageGone(contents.id);
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
    for (const channel of this.channels) channel.disconnect('skipped', say('channel.page-loading'));
    this.#carrier = this.#pages.values().next().value ?? null;
    if (this.#carrier !== null) this.connectChannels();
  }

  /** Process `pid` of this site died, perhaps before it said hello. Told once for each page in it; counts once. */
  processGone(pid: number, end: ProcessEnd): void {
    if (this.pid !== pid && this.lastTermination?.pid === pid) return;
    this.#gone(this.#processWith(pid), end);
  }

  /** Nothing shows this site any more; Chromium ends the process by itself. */
  close(): void {
    for (const id of [...this.#pages.keys()]) this.pageGone(id);
    this.retired();
  }

  crash(): Outcome {
    const contents = this.#anyContents();
    if (contents === null || this.process === null)
      return { ok: false, message: say('process.no-page', { name: this.name }) };
    // It takes every page of the process along; make sure that this is the process meant.
    if (contents.getOSProcessId() !== this.pid)
      return { ok: false, message: say('process.moved', { name: this.name }) };
    contents.forcefullyCrashRenderer();
    this.process.askedFor('crash');
    return { ok: true };
  }

  /** Tells the built-in pages of this site their own figures. */
  showFigures(): void {
    // Nothing is measured while its channels are off: the last round trip would stand for ever.
    const p50 = this.channels.find(({ measuring }) => measuring)?.probe.recentP50Ns ?? null;
    if (this.pid === null) return;
    const message: ToChild = { kind: 'figures', pid: this.pid, site: this.site, p50: formatMicros(p50) };
    for (const page of this.#pages.values()) page.control.postMessage(message);
  }

  protected override ready(): void {
    if (this.state.kind === 'launching') super.ready();
    else if (this.channels.every((channel) => !channel.measuring)) this.connectChannels();
  }

  protected override becameSilent(process: SupervisedProcess): void {
    if (process.isGone) this.#awaitWord(process);
    else super.becameSilent(process);
  }

  /** The present process, if it is this one; otherwise it has taken its place. */
  #processWith(pid: number): SupervisedProcess {
    if (this.process !== null && this.pid === pid) return this.process;
    // The one before lives on without a page, until Chromium ends it.
    if (this.process !== null) this.retired();
    return this.launching({
      pid,
      // Chromium keeps its renderers' standard error to itself.
      lastWords: [],
      post: (message, ports) => {
        this.#carrier?.control.postMessage(message, ports as unknown as MessagePortMain[]);
        return this.#carrier !== null;
      },
      signal: (signal) => this.registry.signal(pid, signal),
    } satisfies ProcessHandle);
  }

  /** It is gone. If Chromium doesn't say how, as when its zygote died, nobody else will. */
  #awaitWord(process: SupervisedProcess): void {
    setTimeout(() => {
      if (process === this.process) this.#gone(process, { reason: 'killed', exitCode: null, signal: null });
    }, WORD_LIMIT_MS);
  }

  #gone(process: SupervisedProcess, end: ProcessEnd): void {
    this.#pages.forEach((page) => page.control.close());
    this.#pages.clear();
    this.#carrier = null;
    const now = performance.now();
    this.#diedAgain = now - this.#diedAtMs < AGAIN_MS;
    this.#diedAtMs = now;
    this.#died.emit(this.terminated(process, end));
  }

  #anyContents(): WebContents | null {
    for (const page of this.#pages.values()) if (!page.contents.isDestroyed()) return page.contents;
    return null;
  }
}
