import { type Session, WebContentsView } from 'electron';
import type { Unsubscribe } from '../../shared/emitter';
import { siteOf, type AddressVerdict } from '../../shared/site';
import type { TabPane, TabView } from '../../shared/snapshot';
import type { InvokeAnswer } from '../../transports/ipc-invoke/invokes';
import { readExitStatus } from '../hosts/exit-status';
import type { RendererHost } from '../hosts/renderer-host';
import type { Laboratory } from '../laboratory';
import { lockedDown } from '../security/harden';

const LAUNCH_LIMIT_MS = 10_000;

export interface TabOptions {
  id: number;
  session: Session;
  preload: string;
  laboratory: Laboratory;
  onChanged: () => void;
}

/** One tab: an address, the page at it, and what stands there instead when there is no page. */
export class Tab {
  readonly id: number;
  readonly view: WebContentsView;
  readonly #laboratory: Laboratory;
  readonly #onChanged: () => void;
  #address = '';
  #title = '';
  #pane: TabPane = { kind: 'loading' };
  #host: RendererHost | null = null;
  #offDied: Unsubscribe = () => undefined;
  /** The process of the document that is there: it may die before its preload says hello. */
  #pid: number | null = null;
  #launchTimer: NodeJS.Timeout | undefined;

  constructor({ id, session, preload, laboratory, onChanged }: TabOptions) {
    this.id = id;
    this.#laboratory = laboratory;
    this.#onChanged = onChanged;
    this.view = new WebContentsView({
      webPreferences: lockedDown({ session, preload }),
    });
    this.#listen();
  }

  get pane(): TabPane {
    return this.#pane;
  }

  get processId(): string | null {
    return this.#host?.id ?? null;
  }

  toView(): TabView {
    const { webContents } = this.view;
    const { navigationHistory } = webContents;
    return {
      id: this.id,
      url: this.#address,
      title: this.#title === '' ? this.#address : this.#title,
      site: this.#host?.site ?? null,
      processId: this.processId,
      pid: this.#pane.kind === 'page' ? (this.#host?.pid ?? null) : null,
      pane: this.#pane,
      unresponsive: this.#pane.kind === 'page' && this.#host?.state.kind === 'unresponsive' && !this.#host.waiting,
      canGoBack: navigationHistory.canGoBack(),
      canGoForward: navigationHistory.canGoForward(),
    };
  }

  /** Goes where the address bar says, or shows why not. */
  navigate(verdict: AddressVerdict, typed: string): void {
    if (verdict.kind === 'refused') {
      this.#address = typed;
      this.#title = '';
      this.#leaveHost();
      this.#setPane({ kind: 'refused', reason: verdict.reason });
      void this.view.webContents.loadURL('about:blank').catch(() => undefined);
      return;
    }
    this.#address = verdict.url;
    this.#load();
  }

  reload(): void {
    this.#load();
  }

  goBack(): void {
    this.view.webContents.navigationHistory.goBack();
  }

  goForward(): void {
    this.view.webContents.navigationHistory.goForward();
  }

  /** A page has begun in this tab and its preload says hello: now it is certain which site and process it is. */
  pageStarted(frame: Electron.WebFrameMain): void {
    const site = siteOf(frame.url);
    if (site === null) return;
    this.#pid = frame.osProcessId;
    const host = this.#joinHostOf(site, this.#pid);
    host.pageStarted(this.view.webContents, frame, this.#pid);
  }

  /** The page invokes what its preload alone can: the answer is its host's. */
  answerInvoke(to: unknown, said: unknown): InvokeAnswer | Promise<InvokeAnswer> {
    return this.#host?.answerInvoke(this.view.webContents.id, to, said) ?? null;
  }

  close(): void {
    clearTimeout(this.#launchTimer);
    this.#leaveHost();
    this.view.webContents.close();
  }

  #load(): void {
    this.#setPane({ kind: 'loading' });
    clearTimeout(this.#launchTimer);
    // A built-in page comes from memory: if it isn't there by now, its process did not start.
    if (this.#address.startsWith('bulkhead:'))
      this.#launchTimer = setTimeout(() => this.#launchFailed(), LAUNCH_LIMIT_MS);
    // Failures are told by did-fail-load; the promise only repeats them.
    this.view.webContents.loadURL(this.#address).catch(() => undefined);
  }

  #launchFailed(): void {
    if (this.#pane.kind !== 'loading') return;
    this.view.webContents.stop();
    this.#setPane({
      kind: 'load-failed',
      reason: `The process of ${this.#address} did not start within ${LAUNCH_LIMIT_MS / 1000} s. Reload to try again.`,
    });
  }

  #listen(): void {
    const { webContents } = this.view;
    webContents.on('did-navigate', (_event, url) => {
      if (url === 'about:blank') return;
      this.#address = url;
      this.#pid = webContents.getOSProcessId();
      // What was there before is gone from its process, also when what came instead never says hello.
      const host = this.#host;
      if (host !== null && (host.site !== siteOf(url) || (host.pid !== null && host.pid !== this.#pid)))
        this.#leaveHost();
      this.#setPane({ kind: 'page' });
    });
    webContents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
      if (isMainFrame) this.#address = url;
      this.#onChanged();
    });
    webContents.on('page-title-updated', (_event, title) => {
      this.#title = title;
      this.#onChanged();
    });
    webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
      // −3 is ERR_ABORTED: another navigation took over, or this one was refused by the filter.
      if (!isMainFrame || code === -3 || url === 'about:blank') return;
      this.#leaveHost();
      this.#setPane({
        kind: 'load-failed',
        reason: `${url} did not load: ${description} (${code}). Check the address and the network, then reload.`,
      });
    });
    webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      const site = siteOf(this.#address);
      if (reason === 'clean-exit' || site === null || this.#pid === null) return;
      this.#joinHostOf(site, this.#pid).processGone(this.#pid, readExitStatus(reason, exitCode, 'renderer'));
    });
  }

  #joinHostOf(site: string, pid: number): RendererHost {
    const host = this.#laboratory.rendererHostFor(site, pid, this.view.webContents.id);
    if (this.#host === host) return host;
    this.#leaveHost();
    this.#host = host;
    host.tabIds.push(this.id);
    this.#offDied = host.onDied((termination) => this.#setPane({ kind: 'sad', termination, again: host.diedAgain }));
    return host;
  }

  #leaveHost(): void {
    const host = this.#host;
    if (host === null) return;
    this.#host = null;
    this.#offDied();
    host.pageGone(this.view.webContents.id);
    host.tabIds.splice(host.tabIds.indexOf(this.id), 1);
    if (host.tabIds.length === 0) host.close();
  }

  #setPane(pane: TabPane): void {
    this.#pane = pane;
    this.#onChanged();
  }
}
