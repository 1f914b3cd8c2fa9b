import { MessageChannelMain } from 'electron';
import { Emitter, type Unsubscribe } from '../shared/emitter';
import type { Outcome, ProcessAction } from '../shared/ipc-contract';
import { DEFAULT_PROBE_SETTINGS, type ProbeSettings } from '../shared/probe-settings';
import { ENABLED_FROM_THE_START, RENDERER_TRANSPORTS, type TransportId } from '../shared/transport-catalog';
import type { PortLike } from '../transports/message-port/port-like';
import { MeasuredChannel } from './channels/measured-channel';
import { Pacer } from './channels/pacer';
import { nowNs } from './clock';
import { EventLog } from './event-log';
import { PluginHost } from './hosts/plugin-host';
import { launchUtilityProcess } from './hosts/plugin-process';
import type { ProcessHost } from './hosts/process-host';
import { RendererHost } from './hosts/renderer-host';
import { IncidentLog } from './incidents';
import type { PluginCatalog } from './plugins';
import type { RunDirectory } from './run-directory';

const DIRECTORY_EVERY_MS = 1000;
/** Spreads the probes over the interval: multiples of the golden ratio never bunch. */
const GOLDEN = 0.618_033_988_749_895;

/** Everything that is supervised and measured: hosts, channels, events, incidents. Knows nothing of windows. */
export class Laboratory {
  readonly events = new EventLog();
  readonly incidents: IncidentLog;
  readonly pluginHosts: PluginHost[] = [];
  readonly channels: MeasuredChannel[] = [];
  readonly rendererHosts: RendererHost[] = [];
  #shell: ProcessHost | null = null;
  /** Asks a renderer's visibility of whoever owns the windows. */
  isHidden: (host: RendererHost) => boolean = () => false;
  readonly #changed = new Emitter<void>();
  readonly #channelAdded = new Emitter<MeasuredChannel>();
  readonly #directory: RunDirectory;
  readonly #pacer: Pacer;
  readonly #switches: Map<string, boolean>;
  #settings: ProbeSettings;
  /** Why all measuring rests, or null. */
  #held: string | null = null;
  #directoryTimer: NodeJS.Timeout;
  /** Why the run directory can't be made anew, or null. */
  #directoryFault: string | null = null;

  /** `switches`: the channels that the person has switched on or off, by id. */
  constructor(
    directory: RunDirectory,
    settings: Partial<ProbeSettings>,
    switches: Readonly<Record<string, boolean>> = {},
  ) {
    this.#directory = directory;
    this.#switches = new Map(Object.entries(switches));
    this.#settings = { ...DEFAULT_PROBE_SETTINGS, ...settings };
    this.incidents = new IncidentLog({
      events: this.events,
      process: (processId) => this.host(processId),
      clock: nowNs,
    });
    this.#pacer = new Pacer(nowNs, (durationMs) =>
      this.events.add(
        'stall',
        null,
        `browser stalled ${Math.round(durationMs)} ms`,
        'The browser process itself was held up: its own lateness is in the figures from intended time, on every channel.',
      ),
    );
    this.events.onAdded(() => this.#changed.emit());
    this.#pacer.start();
    this.#directoryTimer = setInterval(() => void this.#checkDirectory(), DIRECTORY_EVERY_MS);
  }

  get settings(): ProbeSettings {
    return this.#settings;
  }

  get hosts(): ProcessHost[] {
    return [...(this.#shell === null ? [] : [this.#shell]), ...this.rendererHosts, ...this.pluginHosts];
  }

  host(id: string): ProcessHost | undefined {
    return this.hosts.find((host) => host.id === id);
  }

  onChanged(listener: () => void): Unsubscribe {
    return this.#changed.on(listener);
  }

  onChannelAdded(listener: (channel: MeasuredChannel) => void): Unsubscribe {
    return this.#channelAdded.on(listener);
  }

  /** The window's own renderer: supervised as the others, and nothing is measured to it. */
  superviseShell(host: ProcessHost): void {
    this.#shell = host;
    host.onChanged(() => this.#changed.emit());
  }

  startPlugins(catalog: PluginCatalog): void {
    for (const plugin of catalog.plugins) {
      const host = new PluginHost(plugin, this.events, launchUtilityProcess);
      this.pluginHosts.push(host);
      host.onChanged(() => this.#changed.emit());
      for (const transport of plugin.manifest.transports) this.#addChannel(host, transport, () => false);
      host.start();
    }
  }

  /** The host of a site: the one that there is, or a new one. */
  rendererHost(site: string): RendererHost {
    return this.rendererHosts.find((host) => host.site === site) ?? this.#addRendererHost(site);
  }

  /**
   * The host for the page that this tab has in process `pid`. Mostly the site's only one; but a page may insist on a
   * process of its own (COOP, origin-keyed agent clusters), and each process has a host.
   */
  rendererHostFor(site: string, pid: number, contentsId: number): RendererHost {
    const hosts = this.rendererHosts.filter((host) => host.site === site);
    return (
      hosts.find((host) => host.pid === pid) ??
      hosts.find((host) => host.lastTermination?.pid === pid) ??
      hosts.find((host) => host.hasRoomFor(contentsId, pid)) ??
      this.#addRendererHost(site)
    );
  }

  configure(settings: ProbeSettings): void {
    this.#settings = settings;
    for (const channel of this.channels) channel.probe.configure(settings);
    this.events.add(
      'settings',
      null,
      'settings changed',
      `${settings.ratePerSecond} pings/s, ${settings.payloadBytes} B, time limit ${settings.timeoutMs} ms`,
    );
  }

  /**
   * Measuring rests on every channel, also on those still to come; processes go on being supervised. Pings under way
   * are withdrawn, not lost.
   */
  hold(reason: string): void {
    this.#held = reason;
    this.#pacer.stop();
    for (const channel of this.channels) channel.hold(reason);
  }

  /** Every channel goes on as its switch says. */
  release(): void {
    if (this.#held === null) return;
    this.#held = null;
    for (const channel of this.channels) channel.release();
    this.#pacer.start();
  }

  enableChannel(channelId: string, enabled: boolean): Outcome {
    const channel = this.channels.find(({ id }) => id === channelId);
    if (channel === undefined)
      return { ok: false, message: `There is no channel ${channelId}. It may have gone with its process.` };
    channel.setEnabled(enabled);
    this.#switches.set(channelId, enabled);
    return { ok: true };
  }

  /** Rate, payload, time limit and switches as at first. */
  forgetSettings(): void {
    this.#switches.clear();
    for (const channel of this.channels) channel.setEnabled(ENABLED_FROM_THE_START.has(channel.transport));
    this.configure(DEFAULT_PROBE_SETTINGS);
  }

  /** Crash, kill, hang, restart, wait, end. Reload is a matter of tabs. */
  act(processId: string, action: Exclude<ProcessAction, 'reload'>): Outcome {
    const host = this.host(processId);
    if (host === undefined)
      return { ok: false, message: `There is no process ${processId}. Only renderers and plugins can be ended.` };
    const askedNs = nowNs();
    const outcome = this.#act(host, action);
    if (outcome.ok && action !== 'wait') this.incidents.asked(processId, askedNs);
    return outcome;
  }

  #act(host: ProcessHost, action: Exclude<ProcessAction, 'reload'>): Outcome {
    switch (action) {
      case 'crash':
        return host.crash();
      case 'kill':
        return host.kill();
      case 'hang':
        return host.hang();
      case 'wait':
        return host.wait();
      case 'end':
        return host.end();
      case 'restart':
        if (host instanceof PluginHost) return host.restart();
        return { ok: false, message: `${host.name} is a renderer: reload it instead.` };
    }
  }

  /** Ends measuring and every plugin, in good order. */
  async shutDown(): Promise<void> {
    this.#pacer.stop();
    clearInterval(this.#directoryTimer);
    for (const host of [...this.rendererHosts, this.#shell]) host?.dispose();
    await Promise.all(this.pluginHosts.map((host) => host.stop()));
  }

  /** Somebody, or something that tidies up, may remove the run directory: reported, and made again. */
  async #checkDirectory(): Promise<void> {
    try {
      if (!(await this.#directory.renewIfGone())) return;
      this.#directoryFault = null;
      this.events.add(
        'directory',
        null,
        'run directory made anew',
        `Somebody removed it with the sockets and pipes of this run. The new one is ${this.#directory.path}; what has a name there was opened again.`,
      );
      for (const channel of this.channels) channel.directoryRenewed();
    } catch (error) {
      const reason = (error as Error).message;
      if (reason === this.#directoryFault) return;
      this.#directoryFault = reason;
      this.events.add('directory', null, 'run directory removed', reason);
    }
  }

  #addRendererHost(site: string): RendererHost {
    const number = this.rendererHosts.filter((host) => host.site === site).length + 1;
    const host = new RendererHost(site, number, this.events);
    this.rendererHosts.push(host);
    host.onChanged(() => this.#changed.emit());
    for (const transport of RENDERER_TRANSPORTS) this.#addChannel(host, transport, () => this.isHidden(host));
    return host;
  }

  #addChannel(host: ProcessHost, transport: TransportId, isHidden: () => boolean): void {
    const channel = new MeasuredChannel({
      processId: host.id,
      processName: host.name,
      transport,
      directory: () => this.#directory.path,
      settings: this.#settings,
      phase: ((this.channels.length + 1) * GOLDEN) % 1,
      isHidden,
      createPortPair,
      onChanged: () => this.#changed.emit(),
      enabled: this.#switches.get(`${host.id}/${transport}`) ?? ENABLED_FROM_THE_START.has(transport),
    });
    if (this.#held !== null) channel.hold(this.#held);
    host.channels.push(channel);
    this.channels.push(channel);
    this.#pacer.add(channel.probe);
    this.incidents.watch(channel);
    this.#channelAdded.emit(channel);
  }
}

function createPortPair(): { near: PortLike; far: PortLike } {
  const { port1, port2 } = new MessageChannelMain();
  return { near: port1 as PortLike, far: port2 as PortLike };
}
