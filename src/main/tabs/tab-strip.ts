import type { BrowserWindow, Session, WebContents } from 'electron';
import type { Outcome, PaneBounds } from '../../shared/ipc-contract';
import { say } from '../../shared/messages/message';
import { readAddress } from '../../shared/address';
import { siteOf } from '../../shared/site';
import type { TabView } from '../../shared/snapshot';
import { Emitter, type Unsubscribe } from '../../shared/emitter';
import type { Laboratory } from '../laboratory';
import { Budget } from './budget';
import { Tab } from './tab';

/** Many tabs of built-in sites cost a process each; this is where a person surely slipped. */
const MAX_TABS = 64;

export interface TabStripOptions {
  window: BrowserWindow;
  session: Session;
  preload: string;
  laboratory: Laboratory;
  /** Whether https pages may be opened on this runtime. */
  remoteAllowed: boolean;
}

/** The tabs of the window: which there are, which is in front, and where its page is drawn. */
export class TabStrip {
  readonly #options: TabStripOptions;
  readonly #tabs: Tab[] = [];
  readonly #changed = new Emitter<void>();
  readonly #openedByPages = new Budget({ burst: 10, perSecond: 0.5 });
  #nextId = 1;
  #active: Tab | null = null;
  #bounds: PaneBounds | null = null;

  constructor(options: TabStripOptions) {
    this.#options = options;
    options.laboratory.isHidden = ({ id }) =>
      this.#windowHidden() || this.#bounds === null || this.#active?.processId !== id;
  }

  get activeTabId(): number | null {
    return this.#active?.id ?? null;
  }

  onChanged(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  views(): TabView[] {
    return this.#tabs.map((tab) => tab.toView());
  }

  open(address: string): Outcome {
    if (this.#tabs.length >= MAX_TABS) return { ok: false, message: say('tab.too-many', { most: MAX_TABS }) };
    const { window, session, preload, laboratory } = this.#options;
    if (window.isDestroyed()) return { ok: false, message: say('tab.closing') };
    const id = this.#nextId;
    this.#nextId += 1;
    const tab = new Tab({
      id,
      window,
      session,
      preload,
      laboratory,
      onChanged: () => this.#update(),
      onWindowAsked: (url) => this.#openForPage(url),
      onClosed: () => this.close(id),
    });
    this.#tabs.push(tab);
    this.#active = tab;
    const verdict = readAddress(address, this.#options.remoteAllowed);
    // The map keeps the order of the tabs, whichever process is up first.
    const site = verdict.kind === 'built-in' ? siteOf(verdict.url) : null;
    if (site !== null) laboratory.rendererHost(site);
    tab.navigate(verdict, address);
    this.#update();
    return { ok: true };
  }

  navigate(id: number, address: string): Outcome {
    return this.#with(id, (tab) => tab.navigate(readAddress(address, this.#options.remoteAllowed), address));
  }

  activate(id: number): Outcome {
    return this.#with(id, (tab) => {
      this.#active = tab;
      this.#update();
    });
  }

  reload(id: number): Outcome {
    return this.#with(id, (tab) => tab.reload());
  }

  goBack(id: number): Outcome {
    return this.#with(id, (tab) => tab.goBack());
  }

  goForward(id: number): Outcome {
    return this.#with(id, (tab) => tab.goForward());
  }

  close(id: number): Outcome {
    return this.#with(id, (tab) => {
      const at = this.#tabs.indexOf(tab);
      this.#tabs.splice(at, 1);
      if (this.#active === tab) this.#active = this.#tabs[at] ?? this.#tabs[at - 1] ?? null;
      tab.close();
      this.#update();
    });
  }

  /** Reloads every tab of a process. */
  reloadProcess(processId: string): Outcome {
    const tabs = this.#tabs.filter((tab) => tab.processId === processId);
    if (tabs.length === 0) return { ok: false, message: say('process.no-tab') };
    for (const tab of tabs) tab.reload();
    return { ok: true };
  }

  /** Says where the page in front goes, in the shell's own pixels, or null to hide it. */
  place(bounds: PaneBounds | null): void {
    this.#bounds = bounds === null ? null : zoomed(bounds, this.#options.window.webContents.getZoomFactor());
    this.#update();
  }

  /** Gives the page in front the keyboard. False when no page is drawn. */
  focusPage(): boolean {
    return this.#bounds !== null && this.#active?.focusPage() === true;
  }

  tabOf(contents: WebContents): Tab | undefined {
    return this.#tabs.find((tab) => tab.shows(contents));
  }

  /** What a page may ask for without end is given slowly: tabs that open and close themselves cost everybody time. */
  #openForPage(url: string): void {
    if (readAddress(url, this.#options.remoteAllowed).kind === 'refused' || !this.#openedByPages.spend(1)) return;
    setImmediate(() => this.open(url));
  }

  #windowHidden(): boolean {
    const { window } = this.#options;
    return window.isDestroyed() || !window.isVisible() || window.isMinimized();
  }

  #with(id: number, action: (tab: Tab) => void): Outcome {
    const tab = this.#tabs.find((candidate) => candidate.id === id);
    if (tab === undefined) return { ok: false, message: say('tab.closed') };
    action(tab);
    return { ok: true };
  }

  #update(): void {
    for (const tab of this.#tabs) tab.place(tab === this.#active ? this.#bounds : null);
    this.#changed.emit();
  }
}

/** The window is laid out in pixels that the zoom does not change; the shell's page measures in those that it does. */
function zoomed({ x, y, width, height }: PaneBounds, factor: number): PaneBounds {
  const [left, top] = [Math.ceil(x * factor), Math.ceil(y * factor)];
  return {
    x: left,
    y: top,
    width: Math.max(0, Math.floor((x + width) * factor) - left),
    height: Math.max(0, Math.floor((y + height) * factor) - top),
  };
}
