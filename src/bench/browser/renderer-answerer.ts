import { app, BrowserWindow, MessageChannelMain, type MessagePortMain } from 'electron';
import { setTimeout as delay } from 'node:timers/promises';
import type { FromChild, Ticket, ToChild } from '../../shared/control';
import { SITE_CONTROL_CHANNEL, SITE_HELLO_CHANNEL, SITE_INVOKE_CHANNEL } from '../../shared/ipc-channels';
import { Invokes } from '../../transports/ipc-invoke/invokes';
import { pinProcess } from '../children/pin';
import type { Answerer } from './answerer';
import { ChildTalk } from './child-talk';

/** A page without a script: what answers is the preload, in its isolated world. */
const PAGE = `data:text/html,${encodeURIComponent('<!doctype html><html lang="en"><meta charset="utf-8"><title>Bulkhead benchmark</title>')}`;
const CHANNEL_ID = 'bench';
const END_LIMIT_MS = 1500;

/**
 * A sandboxed renderer of its own, in a window that is never shown. It runs the preload that the application's sites
 * have, so what is measured is what answers there.
 */
export class RendererAnswerer implements Answerer {
  readonly invokes = new Invokes();
  readonly #window: BrowserWindow;
  readonly #talk = new ChildTalk<FromChild>('renderer');
  readonly #ready: Promise<unknown>;
  #control: MessagePortMain | null = null;

  constructor(preload: string) {
    this.#window = new BrowserWindow({
      show: false,
      // A framed window ends the browser process on a headless display.
      frame: false,
      webPreferences: {
        preload,
        // In memory: nothing of it is written anywhere.
        partition: 'bench',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        backgroundThrottling: false,
      },
    });
    const { webContents } = this.#window;
    webContents.on('render-process-gone', (_event, { reason, exitCode }) =>
      this.#talk.gone(`ended unexpectedly (${reason}, code ${exitCode})`),
    );
    // The page has one frame and goes nowhere, so what comes from these contents comes from its preload.
    webContents.ipc.handle(SITE_INVOKE_CHANNEL, (_event, to: unknown, said: unknown) => this.invokes.take(to, said));
    webContents.ipc.once(SITE_HELLO_CHANNEL, () => this.#openControl());
    this.#ready = this.#talk.expect('ready');
    // Whoever awaits it hears of it; nobody may, when the pinger fails first.
    this.#ready.catch(() => undefined);
    webContents
      .loadURL(PAGE)
      .catch((error: unknown) => this.#talk.gone(`did not load its page (${(error as Error).message})`));
  }

  get pid(): number | null {
    return this.#window.webContents.getOSProcessId() || null;
  }

  async ready(): Promise<void> {
    await this.#ready;
  }

  async open(ticket: Ticket, ports: MessagePortMain[], cpus: number[] | null): Promise<void> {
    if (cpus !== null) await pinProcess(this.#window.webContents.getOSProcessId(), cpus);
    const message: ToChild = { kind: 'open', channelId: CHANNEL_ID, opening: 1, ticket };
    const opened = this.#talk.expect('opened');
    this.#control?.postMessage(message, ports);
    await opened;
  }

  died(): Promise<never> {
    // `ready` is said once to each page: this waits for the end.
    return this.#talk.expect('ready', null) as Promise<never>;
  }

  async end(): Promise<void> {
    const pid = this.#window.webContents.getOSProcessId();
    this.#control?.close();
    this.#window.destroy();
    // Its end is not to fall into the next step.
    const isThere = () => app.getAppMetrics().some((process) => process.pid === pid);
    for (const limit = performance.now() + END_LIMIT_MS; isThere(); await delay(5)) {
      if (performance.now() < limit) continue;
      process.kill(pid, 'SIGKILL');
      return;
    }
  }

  #openControl(): void {
    const { port1, port2 } = new MessageChannelMain();
    this.#control = port1;
    port1.on('message', ({ data }) => this.#talk.receive(data as FromChild));
    port1.start();
    this.#window.webContents.mainFrame.postMessage(SITE_CONTROL_CHANNEL, null, [port2]);
  }
}
