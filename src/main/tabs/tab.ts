import { type BaseWindow, type Session, type WebContents, WebContentsView } from 'electron';
import type { Unsubscribe } from '../../shared/emitter';
import type { PaneBounds } from '../../shared/ipc-contract';
import { type Message, say } from '../../shared/messages/message';
import { type AddressVerdict, MAX_ADDRESS_CHARS } from '../../shared/address';
import { siteName, siteOf } from '../../shared/site';
import type { TabPane, TabView } from '../../shared/snapshot';
import type { InvokeAnswer } from '../../transports/ipc-invoke/invokes';
import { readExitStatus } from '../hosts/exit-status';
import type { RendererHost } from '../hosts/renderer-host';
import type { Laboratory } from '../laboratory';
import { lockedDown } from '../security/harden';
import { Budget } from './budget';
import { meterPage, PAGE_BUDGET, PAGE_COSTS } from './page-meter';

const LAUNCH_LIMIT_MS = 10_000;
const MAX_TITLE_CHARS = 200;

export interface TabOptions {
  id: number;
  window: BaseWindow;
  session: Session;
  preload: string;
  laboratory: Laboratory;
  onChanged: () => void;
  /** The page asks for a window. */
  onWindowAsked: (url: string) => void;
  /** The page has closed itself, and its web contents are gone. */
  onClosed: () => void;
}

/** One tab: an address, the page at it, and what stands there instead when there is no page. */
export class Tab {
  readonly id: number;
  readonly #options: TabOptions;
  /** Null while there is no page to be had. Its web contents may go at any moment: see `#contents`. */
  #view: WebContentsView | null = null;
  #address = '';
  #title = '';
  #pane: TabPane = { kind: 'loading' };
  /**
   * What was typed last and is not opened. It stands before the page, which goes on behind it: nothing has navigated,
   * so the history has no entry for it, and Back leads to the page.
   */
  #refusal: { typed: string; reason: Message } | null = null;
  #host: RendererHost | null = null;
  #offDied: Unsubscribe = () => undefined;
  /** The process of the document that is there: it may die before its preload says hello. */
  #pid: number | null = null;
  /** Of the page's web contents, also when they are gone. */
  #contentsId = 0;
  #launchTimer: NodeJS.Timeout | undefined;
  #budget = new Budget(PAGE_BUDGET);
  /** The page has said too much, and its process is being ended. */
  #flooded = false;

  constructor(options: TabOptions) {
    this.id = options.id;
    this.#options = options;
    this.#makeView();
  }

  get processId(): string | null {
    return this.#host?.id ?? null;
  }

  toView(): TabView {
    const history = this.#contents?.navigationHistory;
    const refusal = this.#refusal;
    const url = refusal?.typed ?? this.#address;
    return {
      id: this.id,
      url,
      title: refusal !== null || this.#title === '' ? url : this.#title,
      site: this.#host?.site ?? null,
      processId: this.processId,
      pid: this.#showsPage ? (this.#host?.pid ?? null) : null,
      pane: refusal === null ? this.#pane : { kind: 'refused', reason: refusal.reason },
      unresponsive: this.#showsPage && this.#host?.state.kind === 'unresponsive' && !this.#host.waiting,
      canGoBack: refusal === null ? (history?.canGoBack() ?? false) : this.#address !== '',
      canGoForward: history?.canGoForward() ?? false,
    };
  }

  shows(contents: WebContents): boolean {
    return this.#contents === contents;
  }

  /** Draws the page there, if there is one, or nowhere. */
  place(bounds: PaneBounds | null): void {
    const shown = bounds !== null && (this.#showsPage || (this.#refusal === null && this.#pane.kind === 'loading'));
    this.#view?.setVisible(shown);
    if (shown) this.#view?.setBounds(bounds);
  }

  /** Gives the page the keyboard. False when there is none. */
  focusPage(): boolean {
    if (!this.#showsPage) return false;
    this.#contents?.focus();
    return true;
  }

  /** Goes where the address bar says, or shows why not. */
  navigate(verdict: AddressVerdict, typed: string): void {
    if (verdict.kind === 'refused') {
      this.#refusal = { typed, reason: verdict.reason };
      this.#options.onChanged();
      return;
    }
    this.#address = verdict.url;
    this.#load();
  }

  reload(): void {
    // A tab whose first address was refused has nothing to load.
    if (this.#address !== '') this.#load();
  }

  goBack(): void {
    if (this.#refusal === null) this.#contents?.navigationHistory.goBack();
    else if (this.#address !== '') this.#leaveRefusal();
  }

  goForward(): void {
    const history = this.#contents?.navigationHistory;
    if (history === undefined || !history.canGoForward()) return;
    this.#leaveRefusal();
    history.goForward();
  }

  /** A page has begun in this tab and its preload says hello: now it is certain which site and process it is. */
  pageStarted(frame: Electron.WebFrameMain): void {
    const site = siteOf(frame.url);
    const contents = this.#contents;
    if (site === null || contents === null || !this.#spend(PAGE_COSTS.document)) return;
    this.#pid = frame.osProcessId;
    const host = this.#joinHostOf(site, this.#pid);
    host.pageStarted(contents, frame, this.#pid);
  }

  /** The page invokes what its preload alone can: the answer is its host's. */
  answerInvoke(to: unknown, said: unknown): InvokeAnswer | Promise<InvokeAnswer> {
    const answer = this.#host?.answerInvoke(this.#contentsId, to, said) ?? null;
    if (answer === null) this.#spend(PAGE_COSTS.invoke(said));
    return answer;
  }

  close(): void {
    clearTimeout(this.#launchTimer);
    this.#leaveHost();
    this.#dropView();
  }

  /** Null when the page has closed itself, or was ended. */
  get #contents(): WebContents | null {
    const contents = this.#view?.webContents as WebContents | undefined;
    return contents === undefined || contents.isDestroyed() ? null : contents;
  }

  get #showsPage(): boolean {
    return this.#refusal === null && this.#pane.kind === 'page';
  }

  #leaveRefusal(): void {
    this.#refusal = null;
    this.#options.onChanged();
  }

  #load(): void {
    this.#refusal = null;
    this.#setPane({ kind: 'loading' });
    clearTimeout(this.#launchTimer);
    this.#budget = new Budget(PAGE_BUDGET);
    this.#flooded = false;
    // A built-in page comes from memory: if it isn't there by now, its process did not start.
    if (this.#address.startsWith('bulkhead:'))
      this.#launchTimer = setTimeout(() => this.#launchFailed(), LAUNCH_LIMIT_MS);
    if (this.#contents === null) this.#makeView();
    // Failures are told by did-fail-load; the promise only repeats them.
    this.#contents?.loadURL(this.#address).catch(() => undefined);
  }

  #launchFailed(): void {
    if (this.#pane.kind !== 'loading') return;
    this.#contents?.stop();
    this.#setPane({
      kind: 'load-failed',
      reason: say('page.not-started', { address: this.#address, limitMs: LAUNCH_LIMIT_MS }),
    });
  }

  #makeView(): void {
    this.#dropView();
    const { window, session, preload } = this.#options;
    const view = new WebContentsView({ webPreferences: lockedDown({ session, preload }) });
    this.#view = view;
    this.#contentsId = view.webContents.id;
    this.#listen(view);
    window.contentView.addChildView(view);
    this.#options.onChanged();
  }

  /** The page is gone at once, whatever its process still does. */
  #dropView(): void {
    const { window } = this.#options;
    const contents = this.#contents;
    const view = this.#view;
    this.#view = null;
    if (view !== null && !window.isDestroyed()) window.contentView.removeChildView(view);
    contents?.close();
  }

  /** False when the page has said too much. */
  #spend(bytes: number): boolean {
    if (!this.#flooded && this.#budget.spend(bytes)) return true;
    if (!this.#flooded) this.#endFlood();
    return false;
  }

  /** A process that is busy talking can't be asked to stop. All pages of its site go with it: they are the ones it is for. */
  #endFlood(): void {
    this.#flooded = true;
    // Its death comes as any other.
    if (this.#host?.end().ok === true) return;
    this.#showEnded();
    this.#leaveHost();
  }

  #showEnded(): void {
    clearTimeout(this.#launchTimer);
    this.#dropView();
    const site = siteOf(this.#address);
    this.#setPane({
      kind: 'ended',
      reason: say('page.flooded', { site: site === null ? null : siteName(site) }),
    });
  }

  #listen(view: WebContentsView): void {
    const { webContents } = view;
    /** A page that was dropped may go on talking for a moment. */
    const heard =
      <A extends unknown[]>(listener: (...args: A) => void) =>
      (...args: A) => {
        if (this.#view === view) listener(...args);
      };
    meterPage(
      webContents,
      heard((bytes: number) => void this.#spend(bytes)),
    );
    webContents.setWindowOpenHandler(({ url }) => {
      heard(() => {
        if (this.#spend(PAGE_COSTS.window(url))) this.#options.onWindowAsked(url);
      })();
      return { action: 'deny' };
    });
    webContents.on(
      'destroyed',
      heard(() => this.#options.onClosed()),
    );
    webContents.on(
      'did-navigate',
      heard((_event: Electron.Event, url: string) => this.#navigated(url)),
    );
    webContents.on(
      'did-navigate-in-page',
      heard((_event: Electron.Event, url: string, isMainFrame: boolean) => {
        // The document, and so its site, is the same: of an address too long to be shown nothing need be known.
        if (!isMainFrame || url.length > MAX_ADDRESS_CHARS) return;
        this.#address = url;
        this.#options.onChanged();
      }),
    );
    webContents.on(
      'page-title-updated',
      heard((_event: Electron.Event, title: string) => {
        this.#title = title.slice(0, MAX_TITLE_CHARS);
        this.#options.onChanged();
      }),
    );
    webContents.on(
      'did-fail-load',
      heard((_event: Electron.Event, code: number, description: string, url: string, isMainFrame: boolean) => {
        // −3 is ERR_ABORTED: another navigation took over, or this one was refused by the filter.
        if (!isMainFrame || code === -3) return;
        this.#leaveHost();
        this.#setPane({
          kind: 'load-failed',
          reason: say('page.not-loaded', { address: url.slice(0, MAX_ADDRESS_CHARS), cause: description, code }),
        });
      }),
    );
    webContents.on(
      'render-process-gone',
      heard((_event: Electron.Event, { reason, exitCode }: Electron.RenderProcessGoneDetails) => {
        const site = siteOf(this.#address);
        if (reason === 'clean-exit' || site === null || this.#pid === null) return;
        this.#joinHostOf(site, this.#pid).processGone(this.#pid, readExitStatus(reason, exitCode, 'renderer'));
      }),
    );
  }

  /** Another document is there. One of the host's site says hello by itself; any other has nothing to do with the host. */
  #navigated(url: string): void {
    this.#address = url.slice(0, MAX_ADDRESS_CHARS);
    this.#title = '';
    this.#pid = this.#contents?.getOSProcessId() ?? null;
    // What was there before is gone from its process, also when what came instead never says hello.
    const host = this.#host;
    if (host !== null && (host.site !== siteOf(this.#address) || (host.pid !== null && host.pid !== this.#pid)))
      this.#leaveHost();
    this.#setPane({ kind: 'page' });
  }

  #joinHostOf(site: string, pid: number): RendererHost {
    const host = this.#options.laboratory.rendererHostFor(site, pid, this.#contentsId);
    if (this.#host === host) return host;
    this.#leaveHost();
    this.#host = host;
    host.tabIds.push(this.id);
    this.#offDied = host.onDied((termination) => {
      if (this.#flooded) this.#showEnded();
      else this.#setPane({ kind: 'sad', termination, again: host.diedAgain });
    });
    return host;
  }

  #leaveHost(): void {
    const host = this.#host;
    if (host === null) return;
    this.#host = null;
    this.#offDied();
    host.pageGone(this.#contentsId);
    host.tabIds.splice(host.tabIds.indexOf(this.id), 1);
    if (host.tabIds.length === 0) host.close();
  }

  #setPane(pane: TabPane): void {
    this.#pane = pane;
    this.#options.onChanged();
  }
}
