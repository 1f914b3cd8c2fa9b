import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../routes/server/find-program';
import { givenServer } from '../../routes/server/given-server';
import type { ServerPlan, ServerRecipe } from '../../routes/server/recipe';
import type { RouteChoice } from '../../shared/load/form';
import {
  receiverStatsSchema,
  type ReceiverStats,
  type SubscriberStats,
  subscriberStatsSchema,
} from '../../shared/load/reports';
import type { LoadRouteStatus } from '../../shared/load/view';
import { type Message, saidBy, say } from '../../shared/messages/message';
import { ROUTE_CATALOG } from '../../shared/routes/route-catalog';
import type { PluginHost } from '../hosts/plugin-host';
import type { GroupMember, ProcessGroup } from '../hosts/process-group';
import type { LoadHouse } from './house';

/** Whoever has no connection to its system after so long has the wrong address. */
const CONNECT_LIMIT_MS = 15_000;
const LOOK_EVERY_MS = 50;
/** Reports come twice a second: who has said nothing for so long doesn't know any more. */
const SILENT_AFTER_MS = 3_000;
/** RabbitMQ takes back what a silent subscriber has in hand after two heartbeats. */
const HELD_FOR_MS = 10_000;

/** One route as it runs: its processes as a group, and what they report. */
export class RouteRunner {
  readonly choice: RouteChoice;
  readonly #house: LoadHouse;
  readonly #collector: string;
  readonly #ports: { receiver: number };
  #group: ProcessGroup | null = null;
  #folder: string | null = null;
  #failed: { reason: Message; install: string | null } | null = null;
  #started = false;
  #closed = false;
  #server: 'own' | 'elsewhere' | null = null;
  #receiver: ReceiverStats | null = null;
  #receiverAtMs = 0;
  #subscriber: SubscriberStats | null = null;
  #subscriberAtMs = 0;

  constructor(choice: RouteChoice, collector: string, receiverPort: number, house: LoadHouse) {
    this.choice = choice;
    this.#collector = collector;
    this.#ports = { receiver: receiverPort };
    this.#house = house;
  }

  /** Where its receiver listens, or will. */
  get url(): string {
    return `http://127.0.0.1:${this.#ports.receiver}/`;
  }

  get server(): 'own' | 'elsewhere' | null {
    return this.#server;
  }

  get hosts(): readonly PluginHost[] {
    return this.#group?.hosts ?? [];
  }

  get receiver(): ReceiverStats | null {
    return this.#receiver;
  }

  get subscriber(): SubscriberStats | null {
    return this.#subscriber;
  }

  /** How many messages its system holds, those in its subscriber's hands included; null where it doesn't tell. */
  get queueDepth(): number | null {
    const now = performance.now();
    const waiting = now - this.#receiverAtMs > SILENT_AFTER_MS ? null : (this.#receiver?.queue ?? null);
    if (waiting === null) return null;
    const hasSubscriber = this.hosts.some(({ role, pid }) => role === 'subscriber' && pid !== null);
    const holds = hasSubscriber && now - this.#subscriberAtMs <= HELD_FOR_MS;
    return waiting + (holds ? (this.#subscriber?.held ?? 0) : 0);
  }

  get status(): LoadRouteStatus {
    if (this.#failed !== null) return { kind: 'unavailable', ...this.#failed };
    if (!this.#started) return { kind: 'starting' };
    const gone = this.hosts.find(({ state }) => state.kind !== 'running');
    if (gone !== undefined) return { kind: 'away', reason: say('load.not-running', { name: gone.name }) };
    const away = this.#receiver?.away ?? null;
    return away === null ? { kind: 'running' } : { kind: 'away', reason: say('verbatim', { text: away }) };
  }

  /** Whether one of its processes is gone, or silent, and is about to be back; not where the route can't be had. */
  get isComingBack(): boolean {
    return this.#failed === null && (this.#group?.isComingBack ?? false);
  }

  /** Resolves once it takes messages, or can't be had; `status` says which. */
  async start(): Promise<void> {
    try {
      const members = await this.#members();
      if (members === null || this.#closed) return;
      const { route } = this.choice;
      this.#group = this.#house.newGroup({ id: `route:${route}`, name: ROUTE_CATALOG[route].title, members });
      const outcome = await this.#group.start();
      if (!outcome.ok) {
        this.#fail(this.#whyNot() ?? outcome.message);
        return;
      }
      this.#started = true;
      this.#house.changed();
      await this.#untilConnected();
    } catch (error) {
      this.#fail(saidBy(error));
    }
  }

  /** Resolves once those of its processes that were given up have been started once more. */
  async revive(): Promise<void> {
    await this.#group?.revive();
  }

  /** Ends its processes, and removes their files. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#group !== null) await this.#house.removeGroup(this.#group);
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }

  async #members(): Promise<GroupMember[] | null> {
    const { route, mode } = this.choice;
    const place = await this.#placeOfServer();
    if (place === null) return null;
    const { programs } = this.#house;
    const settings = { route, mode, url: place.url };
    const ofServer = (place.plan?.processes ?? []).map((process, index, all) =>
      programs.server(process, index === all.length - 1 ? 'server' : process.name, this.#folder ?? ''),
    );
    const subscriber = programs.program(
      'subscriber',
      'subscriber',
      { ...settings, collector: this.#collector },
      (report) => {
        const parsed = subscriberStatsSchema.safeParse(report);
        if (!parsed.success) return;
        this.#subscriber = parsed.data;
        this.#subscriberAtMs = performance.now();
      },
    );
    const receiver = programs.program('receiver', 'receiver', { ...settings, port: this.#ports.receiver }, (report) => {
      const parsed = receiverStatsSchema.safeParse(report);
      if (!parsed.success) return;
      const before = this.#receiver?.away;
      this.#receiver = parsed.data;
      this.#receiverAtMs = performance.now();
      if (before !== parsed.data.away) this.#house.changed();
    });
    return [...ofServer, ...(place.hasSubscriber ? [subscriber] : []), receiver];
  }

  /** Where the messages go; null when the route can't be had. */
  async #placeOfServer(): Promise<{ url: string; plan: ServerPlan | null; hasSubscriber: boolean } | null> {
    const { route, mode } = this.choice;
    const elsewhere = givenServer(route, this.#house.env);
    if (elsewhere !== null && (elsewhere.mode === undefined || elsewhere.mode === mode)) {
      this.#server = 'elsewhere';
      return { url: elsewhere.url, plan: null, hasSubscriber: true };
    }
    const recipe = await this.#house.serverRecipe(route);
    if (recipe === null)
      return route === 'http'
        ? { url: this.#collector, plan: null, hasSubscriber: false }
        : { url: `127.0.0.1:${await freePort()}`, plan: null, hasSubscriber: true };
    this.#server = 'own';
    const plan = await this.#planServer(recipe, mode);
    return plan === null ? null : { url: plan.url, plan, hasSubscriber: true };
  }

  async #planServer(recipe: ServerRecipe, mode: string): Promise<ServerPlan | null> {
    const found = recipe.find(mode);
    if ('missing' in found) {
      this.#fail(say('verbatim', { text: found.missing }), found.install);
      return null;
    }
    // RabbitMQ names its node after the folder, and no two of a machine may have one name.
    this.#folder = join(this.#house.directory(), `${this.choice.route}-${process.pid}-${this.#ports.receiver}`);
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    return recipe.plan(found.file, this.#folder, mode);
  }

  /** Until the receiver has its system: a post before would be refused. */
  async #untilConnected(): Promise<void> {
    const until = performance.now() + CONNECT_LIMIT_MS;
    while (!this.#closed && this.#receiver?.away !== null) {
      if (performance.now() > until) {
        const away = this.#receiver?.away;
        this.#fail(away === undefined || away === null ? say('load.silent-receiver') : say('verbatim', { text: away }));
        return;
      }
      await delay(LOOK_EVERY_MS);
    }
  }

  /** The last words of the process that would not start. */
  #whyNot(): Message | null {
    const host = this.hosts.find(({ state }) => state.kind === 'given-up');
    const said = host?.lastTermination?.lastWords?.at(-1);
    return host === undefined || said === undefined ? null : say('load.would-not-start', { name: host.name, said });
  }

  #fail(reason: Message, install: string | null = null): void {
    this.#failed = { reason, install };
    this.#house.changed();
  }
}
