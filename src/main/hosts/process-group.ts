import type { Outcome } from '../../shared/ipc-contract';
import { say } from '../../shared/messages/message';
import { MAIN_ROLE } from '../../shared/snapshot';
import type { EventLog } from '../event-log';
import type { ProcessRegistry } from '../processes/process-registry';
import type { Launch } from './launched-process';
import { PluginHost } from './plugin-host';

/** From here on the members that are left are ended side by side: the way out has a limit. */
const IN_ORDER_LIMIT_MS = 2500;

export interface GroupMember {
  /** What it does: unique in its group, and the end of its id, unless it is `MAIN_ROLE`: that one has the group's own. */
  role: string;
  kind: 'plugin' | 'server';
  title: string;
  launch: Launch;
  launchLimitMs?: number;
  onReport?: (report: unknown) => void;
}

export interface GroupSpec {
  /** `plugin:echo` */
  id: string;
  name: string;
  /** In the order in which they are launched. */
  members: readonly GroupMember[];
}

/**
 * Processes that do one thing together, each under a host of its own: launched in order, each once the one before is
 * running, and ended in the reverse order. It is started once; for another time there is another group.
 */
export class ProcessGroup {
  readonly id: string;
  readonly name: string;
  /** In the order in which they are launched. */
  readonly hosts: readonly PluginHost[];
  readonly #stopping = new AbortController();
  #started: Promise<Outcome> | null = null;
  #stopped: Promise<void> | null = null;

  constructor({ id, name, members }: GroupSpec, events: EventLog, registry: ProcessRegistry) {
    this.id = id;
    this.name = name;
    const alone = members.length === 1;
    this.hosts = members.map(
      ({ role, kind, title, launch, launchLimitMs, onReport }) =>
        new PluginHost(
          {
            id: role === MAIN_ROLE ? id : `${id}/${role}`,
            name: role === MAIN_ROLE ? name : `${name} ${role}`,
            title,
            kind,
            launch,
            launchLimitMs,
            onReport,
            group: alone ? null : id,
            role: alone ? null : role,
          },
          events,
          registry,
        ),
    );
    this.hosts.forEach((host, index) => (host.waitsFor = this.hosts[index - 1]?.name ?? null));
  }

  /** Whether one of its processes is gone, or silent, and is about to be back; one that was given up is not. */
  get isComingBack(): boolean {
    return this.hosts.some(({ state }) => ['launching', 'exited', 'backing-off', 'unresponsive'].includes(state.kind));
  }

  /**
   * Launches the members in order. Resolves once all are running, or one was given up, or the group was stopped; never
   * rejects. When one that was given up runs after all, the launch goes on with those behind it.
   */
  start(): Promise<Outcome> {
    this.#started ??= new Promise((resolve) => void this.#startInOrder(resolve));
    return this.#started;
  }

  /** Starts those once more that were given up. Resolves once all are running, or one was given up again. */
  async revive(): Promise<Outcome> {
    const givenUp = this.hosts.filter(({ state }) => state.kind === 'given-up');
    if (givenUp.length === 0) return { ok: true };
    for (const host of givenUp) host.restart();
    return new Promise((resolve) => {
      const running = this.hosts.map((host) => this.#running(host, () => resolve(givenUpAtStart(host))));
      void Promise.all(running).then(() => resolve({ ok: true }));
    });
  }

  /** Asks each to end, the last one first. Resolves when every process is gone. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopInOrder();
    return this.#stopped;
  }

  async #startInOrder(told: (outcome: Outcome) => void): Promise<void> {
    for (const host of this.hosts) {
      if (!this.#stopping.signal.aborted) host.start();
      await this.#running(host, () => told(givenUpAtStart(host)));
    }
    told(
      this.#stopping.signal.aborted
        ? { ok: false, message: say('process.group-stopped', { name: this.name }) }
        : { ok: true },
    );
  }

  /** Resolves when it is running, or the group was stopped. */
  #running(host: PluginHost, givenUp: () => void): Promise<void> {
    const { signal } = this.#stopping;
    return new Promise((resolve) => {
      const done = () => {
        forget();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const look = () => {
        if (host.state.kind === 'running' || signal.aborted) done();
        else if (host.state.kind === 'given-up') givenUp();
      };
      const forget = host.onChanged(look);
      signal.addEventListener('abort', done);
      look();
    });
  }

  async #stopInOrder(): Promise<void> {
    this.#stopping.abort();
    const hurry = setTimeout(() => void this.hosts.map((host) => host.stop()), IN_ORDER_LIMIT_MS);
    for (const host of this.hosts.toReversed()) await host.stop();
    clearTimeout(hurry);
  }
}

function givenUpAtStart({ name }: PluginHost): Outcome {
  return { ok: false, message: say('process.given-up-at-start', { name }) };
}
