import { MessageChannelMain } from 'electron';
import { Emitter, type Unsubscribe } from '../shared/emitter';
import { type Message, saidBy, say } from '../shared/messages/message';
import type { Outcome } from '../shared/ipc-contract';
import { isFor, offeredActions, PROCESS_ACTIONS, type ProcessAction } from '../shared/process-actions';
import { DEFAULT_PROBE_SETTINGS, type ProbeSettings } from '../shared/probe-settings';
import { ENABLED_FROM_THE_START, RENDERER_TRANSPORTS, type TransportId, TRANSPORTS } from '../shared/transport-catalog';
import type { PortLike } from '../transports/message-port/port-like';
import { MainThreadEnd } from './channels/main-thread-end';
import { MeasuredChannel } from './channels/measured-channel';
import type { NearEnd } from './channels/near-end';
import { Pacer } from './channels/pacer';
import { nowNs } from './clock';
import { EventLog } from './event-log';
import { PluginHost } from './hosts/plugin-host';
import { pluginGroup } from './hosts/plugin-group';
import { ProcessGroup } from './hosts/process-group';
import type { ProcessHost } from './hosts/process-host';
import { RendererHost } from './hosts/renderer-host';
import { IncidentLog } from './incidents';
import { MeasuringThread } from './measuring-thread/measuring-thread';
import type { PluginCatalog } from './plugins';
import type { ProcessRegistry } from './processes/process-registry';
import type { RunDirectory } from './run-directory';

const DIRECTORY_EVERY_MS = 1000;
/** Spreads the probes over the interval: multiples of the golden ratio never bunch. */
const GOLDEN = 0.618_033_988_749_895;

export interface LaboratoryOptions {
  directory: RunDirectory;
  registry: ProcessRegistry;
  settings: Partial<ProbeSettings>;
  /** The channels that the person has switched on or off, by id. */
  switches: Readonly<Record<string, boolean>> | undefined;
  /** The script of the measuring thread. */
  threadEntry: string;
  /** Hears of an error in the measuring thread, and of its end. */
  onBug: (error: unknown) => void;
}

/** Everything that is supervised and measured: hosts, channels, events, incidents. Knows nothing of windows. */
export class Laboratory {
  readonly events = new EventLog();
  readonly incidents: IncidentLog;
  readonly channels: MeasuredChannel[] = [];
  readonly rendererHosts: RendererHost[] = [];
  #groups: ProcessGroup[] = [];
  #shell: ProcessHost | null = null;
  /** Asks a renderer's visibility of whoever owns the windows. */
  isHidden: (host: RendererHost) => boolean = () => false;
  readonly #changed = new Emitter<void>();
  readonly #channelAdded = new Emitter<MeasuredChannel>();
  readonly #directory: RunDirectory;
  readonly #registry: ProcessRegistry;
  readonly #pacer: Pacer;
  readonly #thread: MeasuringThread;
  readonly #switches: Map<string, boolean>;
  #settings: ProbeSettings;
  /** While somebody looks at stages pings have them, whatever is set. */
  #stagesWatched = false;
  /** Why all measuring rests, or null. */
  #held: Message | null = null;
  #directoryTimer: NodeJS.Timeout;
  /** Why the run directory can't be made anew, or null. */
  #directoryFault: string | null = null;

  constructor({ directory, registry, settings, switches, threadEntry, onBug }: LaboratoryOptions) {
    this.#registry = registry;
    this.#directory = directory;
    this.#switches = new Map(Object.entries(switches ?? {}));
    this.#settings = { ...DEFAULT_PROBE_SETTINGS, ...settings };
    this.#thread = new MeasuringThread({
      entry: threadEntry,
      onStall: (durationMs) =>
        this.events.add('stall', null, say('event.thread-stalled', { durationMs }), say('event.thread-stall')),
      onBug,
    });
    this.incidents = new IncidentLog({
      bringUpToDate: this.bringUpToDate,
      events: this.events,
      process: (processId) => this.host(processId),
      clock: nowNs,
    });
    this.#pacer = new Pacer(nowNs, (durationMs) =>
      this.events.add('stall', null, say('event.stalled', { durationMs }), say('event.stall')),
    );
    this.events.onAdded(() => this.#changed.emit());
    this.#pacer.start();
    this.#directoryTimer = setInterval(() => void this.#checkDirectory(), DIRECTORY_EVERY_MS);
  }

  get settings(): ProbeSettings {
    return this.#settings;
  }

  get hosts(): ProcessHost[] {
    return [...(this.#shell === null ? [] : [this.#shell]), ...this.rendererHosts, ...this.#groups.flatMap(shownHosts)];
  }

  host(id: string): ProcessHost | undefined {
    return this.hosts.find((host) => host.id === id);
  }

  /** Takes over what the measuring thread has measured so far. To be called before samples or figures are read. */
  readonly bringUpToDate = (): void => this.#thread.drain();

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

  /** The first one at once, as the first line of the chart; the others, which would only hold it up, after `others`. */
  startPlugins(catalog: PluginCatalog, others: Promise<void> = Promise.resolve()): void {
    for (const [i, plugin] of catalog.plugins.entries()) {
      const group = new ProcessGroup(pluginGroup(plugin, this.#registry), this.events, this.#registry);
      this.addGroup(group);
      const main = group.hosts.find(({ id }) => id === group.id);
      if (main !== undefined)
        for (const transport of plugin.manifest.transports) this.#addChannel(main, transport, () => false);
      if (i === 0) void group.start();
      else void others.then(() => group.start());
    }
  }

  /** From now on its processes are in the map and their deaths incidents. Whoever has made it starts it. */
  addGroup(group: ProcessGroup): void {
    this.#groups.push(group);
    for (const host of group.hosts) host.onChanged(() => this.#changed.emit());
    this.#changed.emit();
  }

  /** Ends its processes in order; then they are in the map no longer. */
  async removeGroup(group: ProcessGroup): Promise<void> {
    await group.stop();
    this.#groups = this.#groups.filter((each) => each !== group);
    this.#changed.emit();
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
    this.#apply();
    this.events.add('settings', null, say('event.settings-changed'), say('event.settings', { ...settings }));
  }

  /** While it is open, the anatomy view has every ping ask for stages. That changes no figure, so it is no change of settings. */
  watchStages(watched: boolean): void {
    this.#stagesWatched = watched;
    this.#apply();
  }

  /**
   * Measuring rests on every channel, also on those still to come; processes go on being supervised. Pings under way
   * are withdrawn, not lost.
   */
  hold(reason: Message): void {
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
    if (channel === undefined) return { ok: false, message: say('channel.unknown', { id: channelId }) };
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

  /** What the table has of it. Reload is a matter of tabs. */
  act(processId: string, action: Exclude<ProcessAction, 'reload'>): Outcome {
    const host = this.host(processId);
    if (host === undefined) return { ok: false, message: say('process.unknown', { id: processId }) };
    const askedNs = nowNs();
    const outcome = this.#act(host, action);
    if (outcome.ok && PROCESS_ACTIONS[action].disturbs) this.incidents.asked(processId, askedNs);
    return outcome;
  }

  #act(host: ProcessHost, action: Exclude<ProcessAction, 'reload'>): Outcome {
    if (isFor(action, host.kind)) {
      // A new row of the table needs a method of the hosts.
      if (action !== 'restart') return host[action]();
      if (host instanceof PluginHost) return host.restart();
    }
    const offered = offeredActions(host).map(({ label }) => label);
    return {
      ok: false,
      message: say('process.action-not-for', {
        action: PROCESS_ACTIONS[action].label,
        name: host.name,
        kind: host.kind,
        offered,
      }),
    };
  }

  /** Ends measuring and every plugin, in good order. */
  async shutDown(): Promise<void> {
    this.#pacer.stop();
    clearInterval(this.#directoryTimer);
    for (const host of [...this.rendererHosts, this.#shell]) host?.dispose();
    await Promise.all(this.#groups.map((group) => group.stop()));
    await this.#thread.end();
  }

  #apply(): void {
    for (const channel of this.channels) channel.configure(this.#applied);
  }

  get #applied(): ProbeSettings {
    return this.#stagesWatched ? { ...this.#settings, stages: true } : this.#settings;
  }

  /** Somebody, or something that tidies up, may remove the run directory: reported, and made again. */
  async #checkDirectory(): Promise<void> {
    try {
      if (!(await this.#directory.renewIfGone())) return;
      this.#directoryFault = null;
      this.events.add(
        'directory',
        null,
        say('event.directory-renewed'),
        say('event.directory-new', { path: this.#directory.path }),
      );
      for (const channel of this.channels) channel.directoryRenewed();
    } catch (error) {
      const reason = (error as Error).message;
      if (reason === this.#directoryFault) return;
      this.#directoryFault = reason;
      this.events.add('directory', null, say('event.directory-removed'), saidBy(error));
    }
  }

  #addRendererHost(site: string): RendererHost {
    const number = this.rendererHosts.filter((host) => host.site === site).length + 1;
    const host = new RendererHost(site, number, this.events, this.#registry);
    this.rendererHosts.push(host);
    host.onChanged(() => this.#changed.emit());
    for (const transport of RENDERER_TRANSPORTS) this.#addChannel(host, transport, () => this.isHidden(host));
    return host;
  }

  /** In the measuring thread, if it can be there. */
  #nearEnd(transport: TransportId, isHidden: () => boolean): NearEnd {
    const phase = ((this.channels.length + 1) * GOLDEN) % 1;
    const common = { transport, settings: this.#applied, phase };
    return TRANSPORTS[transport].mainThreadOnly === true
      ? new MainThreadEnd({ ...common, isHidden, createPortPair, pacer: this.#pacer })
      : this.#thread.nearEnd(common);
  }

  #addChannel(host: ProcessHost, transport: TransportId, isHidden: () => boolean): void {
    const channel = new MeasuredChannel({
      processId: host.id,
      processName: host.name,
      transport,
      directory: () => this.#directory.path,
      nearEnd: this.#nearEnd(transport, isHidden),
      onChanged: () => this.#changed.emit(),
      enabled: this.#switches.get(`${host.id}/${transport}`) ?? ENABLED_FROM_THE_START.has(transport),
    });
    if (this.#held !== null) channel.hold(this.#held);
    host.channels.push(channel);
    this.channels.push(channel);
    this.incidents.watch(channel);
    this.#channelAdded.emit(channel);
  }
}

/** The one that the group is named after stands first, though it is launched last. */
function shownHosts({ id, hosts }: ProcessGroup): PluginHost[] {
  return [...hosts.filter((host) => host.id === id), ...hosts.filter((host) => host.id !== id)];
}

function createPortPair(): { near: PortLike; far: PortLike } {
  const { port1, port2 } = new MessageChannelMain();
  return { near: port1 as PortLike, far: port2 as PortLike };
}
